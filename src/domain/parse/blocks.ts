import type { Block, BlockKind, Level, OutlineWarning } from '../outline.ts';
import { lastLineOf, type Paragraph, type Rows } from './paragraphs.ts';

/** A block while paragraphs are still being added to it. */
export interface Draftling {
  readonly kind: BlockKind;
  readonly level: Level | null;
  readonly label: string;
  readonly heading: string;
  readonly texts: string[];
  readonly rows: Rows | null;
  readonly first: number;
  last: number;
}

/** A block of a kind with the text of a paragraph. */
export function blockOf(kind: BlockKind, paragraph: Paragraph): Draftling {
  const [first, last] = [paragraph.number, lastLineOf(paragraph)];
  return { kind, level: null, label: '', heading: '', texts: [paragraph.text], rows: null, first, last };
}

/** A block of a kind with the text of some paragraphs, at least one. */
export function blockOfAll(kind: BlockKind, [first, ...more]: readonly Paragraph[]): Draftling[] {
  if (!first) return [];
  const block = blockOf(kind, first);
  for (const paragraph of more) extend(block, paragraph);
  return [block];
}

/** A paragraph as a block of its own: a table when it has rows. */
export function paragraphBlock(paragraph: Paragraph): Draftling {
  const { rows } = paragraph;
  return rows ? { ...blockOf('table', paragraph), rows } : blockOf('paragraph', paragraph);
}

/** Adds a paragraph's text to a block. */
export function extend(block: Draftling, paragraph: Paragraph): void {
  block.texts.push(paragraph.text);
  const last = lastLineOf(paragraph);
  if (last > block.last) block.last = last;
}

/** The finished block under its parent. */
export function finished(block: Draftling, parent: number | null): Block {
  const { kind, level, label, heading, texts, rows, first, last } = block;
  const written = texts.includes('') ? texts.filter((part) => part !== '') : texts;
  const text = written.length === 1 ? (written[0] ?? '') : written.join('\n');
  return { kind, level, parent, label, heading, text, rows, lines: [first, last] };
}

/** A warning about a line, its words cut to 40 characters. */
export function warningAt(key: OutlineWarning['key'], line: number, words: string): OutlineWarning {
  return { key, line, words: [...words.slice(0, 80)].slice(0, 40).join('') };
}
