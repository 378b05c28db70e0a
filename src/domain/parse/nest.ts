import { type Block, type Level, levels } from '../outline.ts';

const deepestHeading = levels.indexOf('division');
const shallowestDocumentLevel = levels.indexOf('h1');

/**
 * Gives every block its parent by kind and level alone, as after an officer changed them. Headings hold everything
 * below them; an article and what is under it never holds 一、 and the like, nor the other way round. An annex
 * begins a tree of its own, a title a new document.
 */
export function nest(blocks: readonly Omit<Block, 'parent'>[]): Block[] {
  let annex: number | null = null;
  let open: { index: number; level: Level }[] = [];
  return blocks.map((block, index) => {
    if (block.kind === 'title' || block.kind === 'annex') open = [];
    if (block.kind === 'title') annex = null;
    if (block.kind === 'annex') annex = index;
    if (block.kind === 'title' || block.kind === 'annex') return { ...block, parent: null };
    if (block.kind !== 'clause')
      return { ...block, parent: isInside(block) ? (open.at(-1)?.index ?? annex) : annex };
    const level = block.level ?? 'h5';
    open = open.filter((one) => holds(one.level, level));
    const parent = open.at(-1)?.index ?? annex;
    open.push({ index, level });
    return { ...block, parent };
  });
}

/** Paragraphs and tables belong to the clause they follow; everything else that is no clause to the document. */
function isInside(block: Omit<Block, 'parent'>): boolean {
  return block.kind === 'paragraph' || block.kind === 'table';
}

function holds(outer: Level, inner: Level): boolean {
  const [outerRank, innerRank] = [levels.indexOf(outer), levels.indexOf(inner)];
  const sameFamily = isDocumentLevel(outerRank) === isDocumentLevel(innerRank);
  return outerRank < innerRank && (sameFamily || outerRank <= deepestHeading);
}

function isDocumentLevel(rank: number): boolean {
  return rank >= shallowestDocumentLevel;
}
