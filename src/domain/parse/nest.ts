import { type Block, type Level, levels } from '../outline.ts';

const ranks: ReadonlyMap<Level, number> = new Map(levels.map((level, rank) => [level, rank]));
const deepestHeading = rankOf('division');
const shallowestDocumentLevel = rankOf('h1');

type Unplaced = Pick<Block, 'kind' | 'level'>;

/**
 * Gives every block its parent by kind and level alone, as after an officer changed them. Headings hold everything
 * below them; an article and what is under it never holds 一、 and the like, nor the other way round. An annex
 * begins a tree of its own, a title a new document; behind signature or date no clause is open.
 */
export function nest(blocks: readonly Omit<Block, 'parent'>[]): Block[] {
  const parents = parentsOf(blocks);
  return blocks.map((block, index) => ({ ...block, parent: parents[index] ?? null }));
}

/** The parent of each block, as `nest` gives it. */
export function parentsOf(blocks: readonly Unplaced[]): (number | null)[] {
  let annex: number | null = null;
  let open: { index: number; rank: number }[] = [];
  return blocks.map((block, index) => {
    if (closing.has(block.kind)) open = [];
    if (block.kind === 'title') annex = null;
    if (block.kind === 'annex') annex = index;
    if (block.kind === 'title' || block.kind === 'annex') return null;
    if (block.kind !== 'clause') return isInside(block) ? (open.at(-1)?.index ?? annex) : annex;
    const rank = rankOf(block.level ?? 'h5');
    while (open.length > 0 && !holds(open.at(-1)?.rank ?? 0, rank)) open.pop();
    const parent = open.at(-1)?.index ?? annex;
    open.push({ index, rank });
    return parent;
  });
}

const closing: ReadonlySet<Block['kind']> = new Set(['title', 'annex', 'signature', 'date']);

/** Paragraphs and tables belong to the clause they follow; everything else that is no clause to the document. */
function isInside(block: Unplaced): boolean {
  return block.kind === 'paragraph' || block.kind === 'table';
}

/** What an open level does not hold, those inside it do not hold either. */
function holds(outer: number, inner: number): boolean {
  if (outer >= inner) return false;
  return outer <= deepestHeading || isDocumentLevel(outer) === isDocumentLevel(inner);
}

function rankOf(level: Level): number {
  return ranks.get(level) ?? levels.length;
}

function isDocumentLevel(rank: number): boolean {
  return rank >= shallowestDocumentLevel;
}
