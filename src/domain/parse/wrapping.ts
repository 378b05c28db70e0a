import { isDateLine } from './front.ts';
import { isHeadingShape, readLabel } from './labels.ts';
import { columnsOf, endsSentence, type Line } from './lines.ts';

/** How a text is hard-wrapped: the width of a full line, and whether paragraphs begin with an indent. */
export interface Wrapping {
  readonly measure: Measure;
  readonly width: number;
  readonly indented: boolean;
}

type Measure = (line: Line) => number;

/** Furniture that was taken out leaves a gap of at most so many lines inside a paragraph. */
const farthestLine = 6;
const startsMidSentence = /^[，、。；：）”》]/;

/** Shorter lines are full lines of no text. */
const leastWidth = 20;

const measures: readonly Measure[] = [
  (line) => line.indent + line.text.length,
  (line) => line.indent * 2 + columnsOf(line.text),
];

/** How some lines are wrapped; null when they are not. `forced`: they are, in lines as wide as most long ones. */
export function wrappingOf(lines: readonly Line[], forced: boolean): Wrapping | null {
  if (lines.every(isShort)) return null;
  const found = measures.map((measure) => widthBy(measure, lines, forced)).filter((width) => width !== null);
  const best = found.sort((one, other) => other.share - one.share)[0];
  return best ? { ...best, indented: hasIndents(lines, best) } : null;
}

/** True when a line goes on with the paragraph of the line before. */
export function continues(before: Line, line: Line, wrapping: Wrapping): boolean {
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

/** Also in columns, of which a character has at most two. */
function isShort({ indent, text }: Line): boolean {
  return indent + text.length < leastWidth / 2;
}

function widthBy(measure: Measure, lines: readonly Line[], forced: boolean) {
  const width = commonWidth(measure, lines);
  if (width === 0) return null;
  let [full, open, longer] = [0, 0, 0];
  for (const line of lines) {
    const length = measure(line);
    if (length > width + 4) longer += 1;
    if (length !== width) continue;
    full += 1;
    if (!endsSentence(line.text)) open += 1;
  }
  const share = full / lines.length;
  const wrapped = open >= 4 && open > full / 2 && share >= 0.15 && longer <= lines.length / 8;
  return wrapped || forced ? { measure, width, share } : null;
}

/** The width that most lines have; 0 when all lines are short. */
function commonWidth(measure: Measure, lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const length = measure(line);
    if (length >= leastWidth) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  let [width, most] = [0, 0];
  for (const [length, count] of counts) if (count > most) [width, most] = [length, count];
  return width;
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
