import { type Label, rankOf, readLabel } from './labels.ts';
import type { Line } from './lines.ts';
import { isReference } from './references.ts';
import type { ParseSettings } from './settings.ts';
import { cellsOf, isTableLine } from './table-lines.ts';
import { continues, type Wrapping, wrappingOf } from './wrapping.ts';

/** Source lines that belong together. A single line is one as it is. */
export interface Paragraph {
  /** Of its first line. */
  readonly number: number;
  readonly text: string;
  /** The lines of a paragraph of several. */
  readonly joined?: Joined;
  /** Cells, when the lines are a table; `text` is empty then. */
  readonly rows?: Rows;
}

interface Joined {
  readonly lines: readonly Line[];
  /** Where in the paragraph's text each line begins. */
  readonly starts: readonly number[];
}

/** The cells of a table, row by row. */
export type Rows = readonly (readonly string[])[];

/**
 * Neighbouring rows as tables; joins the lines of hard-wrapped paragraphs; in a text that is not hard-wrapped every
 * line is a paragraph. `setting` other than auto says which it is.
 */
export function paragraphsOf(lines: readonly Line[], setting: ParseSettings['lines']): readonly Paragraph[] {
  const plain = lines.every(isText);
  const text = plain ? lines : lines.filter(isText);
  const wrapping = setting === 'single' ? null : wrappingOf(text, setting === 'wrapped');
  if (plain) return textParagraphs(lines, wrapping);
  return runsOf(lines).flatMap((run) => (isTable(run) ? [tableOf(run)] : textParagraphs(run, wrapping)));
}

/** The paragraph of neighbouring rows. */
export function tableOf(lines: readonly Line[]): Paragraph {
  const rows = lines.map(({ text }) => cellsOf(text) ?? []);
  return { number: lines[0]?.number ?? 1, text: '', joined: { lines, starts: [0] }, rows };
}

/** Divides lines where text and table meet, and where a table ends. */
export function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && before && goesTogether(before, line)) run.push(line);
    else runs.push([line]);
    before = line;
  }
  return runs;
}

/** True for a run of rows. */
export function isTable([first]: readonly Line[]): boolean {
  return first !== undefined && !isText(first);
}

/** True for a line that is no row of a table. */
export function isText(line: Line): boolean {
  return !isTableLine(line.text);
}

/** The number of a paragraph's last line. */
export function lastLineOf(paragraph: Paragraph): number {
  return paragraph.joined?.lines.at(-1)?.number ?? paragraph.number;
}

/** A paragraph with part of the text, and the lines that part came from. */
export function partOf({ number, text, joined }: Paragraph, start: number, end: number): Paragraph {
  const part = text.slice(start, end).trim();
  if (!joined) return { number, text: part };
  const from = Math.max(
    0,
    joined.starts.findLastIndex((offset) => offset <= start),
  );
  const to = joined.starts.findLastIndex((offset) => offset < end) + 1;
  const lines = joined.lines.slice(from, to);
  const starts = joined.starts.slice(from, to).map((offset) => Math.max(0, offset - start));
  return { number: lines[0]?.number ?? number, text: part, joined: { lines, starts } };
}

function goesTogether(before: Line, line: Line): boolean {
  if (isText(line)) return isText(before);
  return !isText(before) && line.number === before.number + 1;
}

function textParagraphs(lines: readonly Line[], wrapping: Wrapping | null): readonly Paragraph[] {
  if (!wrapping) return lines;
  const groups: Line[][] = [];
  let begun = false;
  for (const line of lines) {
    const group = groups.at(-1);
    const label = readLabel(line.text);
    const first = label !== null && isFirst(label, group ?? [], begun);
    if (group && !first && continues(group.at(-1) as Line, line, wrapping)) group.push(line);
    else groups.push([line]);
    begun ||= label?.number === 1 && groups.at(-1)?.length === 1;
  }
  return groups.map(paragraphOf);
}

/**
 * The first label of a text, or of a list under a heading: what stands above it is a title or a heading, though it
 * may fill its line and not end like a sentence.
 */
function isFirst(label: Label, group: readonly Line[], begun: boolean): boolean {
  if (label.number !== 1 || isReference(label, group.at(-1)?.text ?? '')) return false;
  const above = group.length === 1 ? readLabel(group[0]?.text ?? '') : null;
  const underHeading =
    above !== null && !/[，。；：,;:]/.test(above.rest) && rankOf(above.shape) < rankOf(label.shape);
  return !begun || underHeading;
}

function paragraphOf(lines: readonly Line[]): Paragraph {
  const [first] = lines;
  if (first && lines.length === 1) return first;
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const [index, { text }] of lines.entries()) {
    const space =
      /[A-Za-z0-9]$/.test(lines[index - 1]?.text.slice(-1) ?? '') && /^[A-Za-z]/.test(text) ? ' ' : '';
    starts.push(length + space.length);
    parts.push(space, text);
    length += space.length + text.length;
  }
  return { number: first?.number ?? 1, text: parts.join(''), joined: { lines, starts } };
}
