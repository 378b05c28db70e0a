import type { Block, Level } from './outline.ts';
import { isHeadingShape, type Label, type LabelShape, readLabel } from './parse/labels.ts';
import { endsSentence, packed } from './parse/lines.ts';
import { isReference } from './parse/references.ts';

/** Levels that a list's label means behind a split, in the text of an article. */
const listLevels: Partial<Record<LabelShape, Level>> = {
  comma: 'subparagraph',
  bracket: 'subparagraph',
  point: 'item',
  digitBracket: 'subitem',
  halfBracket: 'point',
  circle: 'point',
};
const documentLevels: Partial<Record<LabelShape, Level>> = {
  comma: 'h1',
  bracket: 'h2',
  point: 'h3',
  digitBracket: 'h4',
  halfBracket: 'h5',
  circle: 'h5',
};
const headings: ReadonlySet<Level | null> = new Set([
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
]);
const longestHeading = 60;

/** Both halves of a block, or null where there is nothing on one side. The second half reads its label from its text. */
export function splitBlock<B extends Block>(block: B, offset: number): B[] | null {
  if (block.rows) return splitTable(block, block.rows, offset);
  const cut = /[\udc00-\udfff]/.test(block.text.charAt(offset)) ? offset - 1 : offset;
  const [before, behind] = [block.text.slice(0, cut), block.text.slice(Math.max(0, cut))];
  if (packed(block.label + block.heading + before) === '' || packed(behind) === '') return null;
  const rest = { ...block, label: '', heading: '', text: behind.trimStart() };
  return [{ ...block, text: before.trimEnd() }, labelled(rest, before) ?? unlabelled(rest)];
}

/** The block with the label that its text begins with, and the level the label means; null when there is none. */
export function labelled<B extends Block>(block: B, before: string): B | null {
  const label = block.kind === 'clause' ? readLabel(block.text) : null;
  if (!label || isReference(label, before)) return null;
  const level = levelOf(label, block.level);
  if (!isHeadingShape(label.shape)) return { ...block, level, label: label.words, text: label.rest };
  const [heading = '', ...text] = label.rest.split('\n');
  return { ...block, level, label: label.words, heading, text: text.join('\n') };
}

/** One block of two neighbours; null when only one of them is a table with cells. */
export function joined<B extends Block>(block: B, next: Block): B | null {
  if (block.rows && next.rows && packed(block.text + next.text + next.label + next.heading) === '')
    return { ...block, rows: [...block.rows, ...next.rows] };
  if (block.rows || next.rows) return null;
  const words = wordsOf(next);
  if (goesOn(block, words)) return { ...block, heading: glued(block.heading, words) };
  return { ...block, text: glued(block.text, words) };
}

/** A block's own words as a reader sees them. */
export function wordsOf({ kind, level, label, heading, text }: Block): string {
  if (heading === '') return label + (text !== '' && level === 'article' ? '　' : '') + text;
  if (level === 'article') return `${label}【${heading}】${text}`;
  if (headings.has(level) || kind === 'annex') return `${label}　${heading}${text === '' ? '' : `\n${text}`}`;
  return label + heading + (text === '' ? '' : `。${text}`);
}

function splitTable<B extends Block>(block: B, rows: NonNullable<Block['rows']>, offset: number): B[] | null {
  if (!Number.isInteger(offset) || offset <= 0 || offset >= rows.length) return null;
  const rest = { ...block, label: '', heading: '', text: '', rows: rows.slice(offset) };
  return [{ ...block, rows: rows.slice(0, offset) }, rest];
}

/** As the parser has it: a paragraph of the article it stands in, or a paragraph without a number. */
function unlabelled<B extends Block>(block: B): B {
  if (block.kind !== 'clause') return block;
  const inArticle = !headings.has(block.level) && !block.level?.startsWith('h');
  return inArticle ? { ...block, level: 'paragraph' } : { ...block, kind: 'paragraph', level: null };
}

function levelOf({ shape }: Label, beside: Level | null): Level {
  const lists = beside?.startsWith('h') ? documentLevels : listLevels;
  const found = lists[shape] ?? beside ?? 'paragraph';
  return isHeadingShape(shape) || shape === 'article' ? (shape as Level) : found;
}

/** True when words behind a heading that stands alone are the rest of the heading. */
function goesOn({ level, heading, text }: Block, words: string): boolean {
  if (heading === '' || text !== '' || words.includes('\n')) return false;
  return !endsSentence(words) && heading.length + words.length <= longestHeading && level !== 'article';
}

function glued(before: string, words: string): string {
  if (before === '' || words === '') return before + words;
  if (endsSentence(before)) return `${before}\n${words}`;
  const latin = /[A-Za-z0-9]/;
  return before + (latin.test(before.slice(-1)) && latin.test(words.charAt(0)) ? ' ' : '') + words;
}
