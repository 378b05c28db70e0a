import type { PdfLine } from './pdf-lines.ts';

/** The column that the text of a document fills. */
export interface Column {
  readonly left: number;
  readonly right: number;
  /** Usual distance between the baselines of neighbouring lines. */
  readonly leading: number;
}

/** A line with the page it stands on. */
export interface PlacedLine extends PdfLine {
  readonly page: number;
}

// Points that programs round away.
const close = 3;

/** Finds the column in lines of pages of one shape; it fills most of their width. */
export function columnOf(lines: readonly PlacedLine[], width: number): Column {
  const steps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next && next.page === line.page && next.y > line.y) steps.push(next.y - line.y);
  }
  return {
    left: outermost(lines.map((line) => line.left)),
    right: Math.max(-outermost(lines.map((line) => -line.right)), 0.65 * width),
    leading: mostCommon(steps),
  };
}

/** True when `next` goes on in the paragraph of which `line` is the last so far and `first` the first line. */
export function goesOn(first: PlacedLine, line: PlacedLine, next: PlacedLine, column: Column): boolean {
  if (line.columns || next.columns || endsWithLeader(line.text)) return false;
  if (Math.abs(line.size - next.size) > 0.12 * line.size || !isNear(line, next, column)) return false;
  if (line.right + firstUnit(next) <= column.right - 0.25 * line.size) return false;
  if (endsSentence(line.text) && beginsWithLabel(next.text)) return false;
  return isAligned(first, line, next, column);
}

/** The paragraph's text from its lines: a space only between two words of letters. */
export function joined(lines: readonly PlacedLine[]): string {
  return lines.reduce((text, line) => {
    const space = /[0-9A-Za-z,.;:)]$/.test(text.slice(-1)) && /^[0-9A-Za-z(]/.test(line.text);
    return text + (space ? ' ' : '') + line.text;
  }, '');
}

function isNear(line: PlacedLine, next: PlacedLine, { leading }: Column): boolean {
  if (line.page !== next.page) return next.page === line.page + 1;
  return next.y - line.y < Math.max(1.25 * leading, 1.4 * line.size) && next.y > line.y;
}

/** At the column's edge, below the text behind a number that hangs out, below the line before, or both in the middle. */
function isAligned(first: PlacedLine, line: PlacedLine, next: PlacedLine, column: Column): boolean {
  const near = 0.5 * line.size;
  if (next.left < column.left + near) return true;
  if (line !== first) return Math.abs(next.left - line.left) < near;
  if (line.indent !== null && Math.abs(next.left - line.indent) < near) return true;
  return isCentred(line, column) && isCentred(next, column) && next.left > line.left + near;
}

function isCentred({ left, right, size }: PlacedLine, column: Column): boolean {
  return Math.abs(left - column.left - (column.right - right)) < 1.2 * size;
}

/** How wide what cannot be parted at the beginning of a line is: a Han character with what clings to it, or a word. */
function firstUnit({ text, size }: PlacedLine): number {
  const word = /^[0-9A-Za-z.,%-]+/.exec(text.slice(0, 80));
  if (word) return word[0].length * 0.45 * size;
  const clinging = /^[“‘（《〈【「『(]{0,3}.[，。；：、！？）》〉】」』”’]{0,3}/u.exec(text);
  return (clinging?.[0].length ?? 1) * 0.9 * size;
}

function endsWithLeader(text: string): boolean {
  return /[.…·]{3}[.…·\s]{0,200}\d{0,4}$/.test(text.slice(-204));
}

function endsSentence(text: string): boolean {
  return /[。；：！？;:!?][”’」』）)]?$/.test(text.slice(-2));
}

function beginsWithLabel(text: string): boolean {
  return /^(第[一二三四五六七八九十百千零〇\d]{1,9}[编編章节節条條]|[（(][一二三四五六七八九十\d]{1,4}[）)]|[一二三四五六七八九十]{1,4}、|\d{1,3}[.．、)）]|[①-⑳])/.test(
    text.slice(0, 14),
  );
}

/** The smallest value that is no stray: others lie close to it, or there are few in all. */
function outermost(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const company = Math.max(1, Math.floor(values.length * 0.06));
  return (
    sorted.find((value, index) => (sorted[index + company - 1] ?? Infinity) - value <= close) ??
    sorted[0] ??
    0
  );
}

/** The value most others lie close to. */
function mostCommon(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  let [best, most, end] = [0, 0, 0];
  for (const [index, value] of sorted.entries()) {
    while (end < sorted.length && (sorted[end] ?? 0) - value <= close) end += 1;
    if (end - index > most) [best, most] = [sorted[Math.floor((index + end) / 2)] ?? value, end - index];
  }
  return best;
}
