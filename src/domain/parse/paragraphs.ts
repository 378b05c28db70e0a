import type { LineRange } from '../outline.ts';
import { isDateLine } from './front.ts';
import { isHeadingShape, type Label, rankOf, readLabel } from './labels.ts';
import { columnsOf, endsSentence, type Line } from './lines.ts';
import { isReference } from './references.ts';

/** Source lines that belong together: one line, or the lines of a hard-wrapped paragraph. */
export interface Paragraph {
  readonly text: string;
  readonly lines: readonly Line[];
  /** Where in `text` each line begins. */
  readonly starts: readonly number[];
}

/** How a text is hard-wrapped: the width of a full line, and whether paragraphs begin with an indent. */
interface Wrapping {
  readonly measure: (line: Line) => number;
  readonly width: number;
  readonly indented: boolean;
}

/** Furniture that was taken out leaves a gap of at most so many lines inside a paragraph. */
const farthestLine = 6;
const startsMidSentence = /^[，、。；：）”》]/;

const measures = [
  (line: Line) => line.indent + line.text.length,
  (line: Line) => line.indent * 2 + columnsOf(line.text),
];

/** Where the line of a paragraph of one line begins. */
const single: readonly number[] = [0];

/** Joins the lines of hard-wrapped paragraphs; in a text that is not hard-wrapped every line is a paragraph. */
export function paragraphsOf(lines: readonly Line[]): Paragraph[] {
  const wrapping = wrappingOf(lines);
  if (!wrapping) return lines.map((line) => ({ text: line.text, lines: [line], starts: single }));
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
  return groups.map(joined);
}

/** A paragraph with part of the text, and the lines that part came from. */
export function partOf(paragraph: Paragraph, start: number, end: number): Paragraph {
  const text = paragraph.text.slice(start, end).trim();
  const from = Math.max(
    0,
    paragraph.starts.findLastIndex((offset) => offset <= start),
  );
  const to = paragraph.starts.findLastIndex((offset) => offset < end) + 1;
  const starts = paragraph.starts.slice(from, to).map((offset) => Math.max(0, offset - start));
  return { text, lines: paragraph.lines.slice(from, to), starts };
}

/** First and last source line of some paragraphs. */
export function rangeOf(paragraphs: readonly Paragraph[]): LineRange {
  const first = paragraphs[0]?.lines[0]?.number ?? 1;
  return [first, paragraphs.at(-1)?.lines.at(-1)?.number ?? first];
}

function wrappingOf(lines: readonly Line[]): Wrapping | null {
  const found = measures.map((measure) => widthBy(measure, lines)).filter((width) => width !== null);
  const best = found.sort((one, other) => other.share - one.share)[0];
  if (!best) return null;
  return { ...best, indented: hasIndents(lines, best) };
}

function widthBy(measure: (line: Line) => number, lines: readonly Line[]) {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(measure(line), (counts.get(measure(line)) ?? 0) + 1);
  let width = 0;
  for (const [length, count] of counts) if (length >= 20 && count > (counts.get(width) ?? 0)) width = length;
  const full = lines.filter((line) => measure(line) === width);
  const open = full.filter((line) => !endsSentence(line.text)).length;
  const longer = lines.filter((line) => measure(line) > width + 4).length;
  const share = full.length / lines.length;
  const wrapped = open >= 4 && open > full.length / 2 && share >= 0.15 && longer <= lines.length / 8;
  return wrapped ? { measure, width, share } : null;
}

/** Paragraphs begin with an indent when most lines behind a short one do, and most lines behind a full one do not. */
function hasIndents(lines: readonly Line[], { measure, width }: Omit<Wrapping, 'indented'>): boolean {
  const behind = (isFull: boolean) =>
    lines.filter((_, index) => {
      const before = lines[index - 1];
      return (
        before &&
        (isFull ? measure(before) === width && !endsSentence(before.text) : measure(before) < width - 4)
      );
    });
  const share = (some: readonly Line[]) =>
    some.filter((line) => line.indent > 0).length / Math.max(1, some.length);
  return share(behind(false)) > 0.6 && share(behind(true)) < 0.25;
}

function continues(before: Line, line: Line, wrapping: Wrapping): boolean {
  const short = wrapping.width - wrapping.measure(before);
  if (line.number - before.number > farthestLine || Math.abs(short) > 4) return false;
  if (wrapping.indented && line.indent > 0) return false;
  if (startsMidSentence.test(line.text)) return true;
  if (isDateLine(line.text)) return false;
  const label = readLabel(line.text);
  if (!endsSentence(before.text)) return Math.abs(short) <= 2;
  if (wrapping.indented) return short <= 0 && !(label && isHeadingShape(label.shape));
  return short <= 0 && !label && /[；;﹔]$/.test(before.text);
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

function joined(lines: readonly Line[]): Paragraph {
  if (lines.length === 1) return { text: lines[0]?.text ?? '', lines, starts: single };
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
  return { text: parts.join(''), lines, starts };
}
