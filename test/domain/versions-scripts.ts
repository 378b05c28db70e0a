import { chineseNumeral } from '../../src/domain/numerals.ts';
import type { Block, Level } from '../../src/domain/outline.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import type { VersionClause } from '../../src/domain/versions/map.ts';
import { type Chance, sentence, words } from './versions-words.ts';

/** A clause of a made-up draft that remembers which clauses of the first version it comes from. */
export interface Leaf {
  readonly level: Level;
  readonly heading: string;
  readonly text: string;
  readonly origins: readonly number[];
  readonly children: readonly Leaf[];
}

/** A made-up draft: chapters of articles, some with lists and second paragraphs. Every clause is its own origin. */
export function madeDraft(chance: Chance, articles: number): Leaf[] {
  let id = 0;
  const leaf = (level: Level, heading: string, text: string, children: readonly Leaf[]): Leaf => ({
    level,
    heading,
    text,
    origins: [id++],
    children,
  });
  const item = (level: Level): Leaf => leaf(level, '', sentence(chance, 'item'), []);
  const article = (): Leaf => {
    const listed = chance.below(4) === 0;
    const items = listed ? Array.from({ length: 2 + chance.below(5) }, () => item('subparagraph')) : [];
    const second = chance.below(5) === 0 ? [leaf('paragraph', '', sentence(chance, 'text'), [])] : [];
    const text = listed ? sentence(chance, 'lead') : texts(chance, 1 + chance.below(3));
    return leaf('article', '', text, [...items, ...second]);
  };
  const all = Array.from({ length: articles }, article);
  if (chance.below(3) === 0) return all;
  const chapters: Leaf[] = [];
  while (all.length > 0)
    chapters.push(leaf('chapter', words(chance, 'heading'), '', all.splice(0, 3 + chance.below(12))));
  return chapters;
}

/** A text of some sentences. */
export function texts(chance: Chance, sentences: number): string {
  return Array.from({ length: sentences }, () => sentence(chance, 'text')).join('');
}

/** The draft as a version: labels by place, articles numbered through, addresses as the portal gives them. */
export function written(draft: readonly Leaf[]): { clauses: VersionClause[]; leaves: Leaf[] } {
  const blocks: Block[] = [];
  const leaves: Leaf[] = [];
  let article = 0;
  const write = (leaf: Leaf, parent: number | null, place: number): void => {
    if (leaf.level === 'article') article += 1;
    const label = labelOf(leaf.level, leaf.level === 'article' ? article : place);
    const { level, heading, text } = leaf;
    blocks.push({ kind: 'clause', level, parent, label, heading, text, rows: null, lines: [1, 1] });
    leaves.push(leaf);
    const own = blocks.length - 1;
    for (const [below, child] of leaf.children.entries()) write(child, own, below + 1);
  };
  for (const [place, leaf] of draft.entries()) write(leaf, null, place + 1);
  const addresses = addressesOf(blocks);
  return {
    clauses: blocks.map((block, index) => ({ ...block, address: addresses[index] ?? '' })),
    leaves,
  };
}

function labelOf(level: Level, number: number): string {
  if (level === 'chapter') return `第${chineseNumeral(number)}章`;
  if (level === 'article') return `第${chineseNumeral(number)}条`;
  return level === 'subparagraph' ? `（${chineseNumeral(number)}）` : '';
}
