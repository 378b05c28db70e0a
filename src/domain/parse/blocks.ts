import type { Block, BlockKind, Level, LineRange, OutlineWarning } from '../outline.ts';
import type { Line } from './lines.ts';
import type { Paragraph } from './paragraphs.ts';

/** A block before its parent is known. */
export type LooseBlock = Omit<Block, 'parent'>;

/** A block while lines are still being added to it. */
export interface Draftling {
  readonly kind: BlockKind;
  readonly level: Level | null;
  readonly label: string;
  readonly heading: string;
  readonly texts: string[];
  readonly lines: Line[];
}

/** A block of a kind with the text of some paragraphs. */
export function blockOf(kind: BlockKind, paragraphs: readonly Paragraph[]): Draftling {
  return {
    kind,
    level: null,
    label: '',
    heading: '',
    texts: paragraphs.map(({ text }) => text),
    lines: paragraphs.flatMap(({ lines }) => lines),
  };
}

/** The finished block. */
export function finished(block: Draftling): LooseBlock {
  const { kind, level, label, heading } = block;
  const text = block.texts.filter((part) => part !== '').join('\n');
  return { kind, level, label, heading, text, rows: null, lines: spanOf(block.lines) };
}

/** A warning about a line, its words cut to 40 characters. */
export function warningAt(key: OutlineWarning['key'], line: number, words: string): OutlineWarning {
  return { key, line, words: [...words.slice(0, 80)].slice(0, 40).join('') };
}

function spanOf(lines: readonly Line[]): LineRange {
  const first = lines[0]?.number ?? 1;
  return [first, Math.max(first, lines.at(-1)?.number ?? first)];
}
