import { firstAbove } from './ahead.ts';
import { isDateLine } from './front.ts';
import { type LabelShape, readLabel } from './labels.ts';
import type { Line } from './lines.ts';

const alone = /^附\s{0,4}(?:件|录|錄|表|图|圖)?\s{0,3}[一二三四五六七八九十\d０-９]{0,3}\s{0,2}[：:]?$/;
const titled =
  /^附\s{0,4}(?:件|录|錄|表)?\s{0,3}[一二三四五六七八九十\d０-９]{0,3}(?:\s{0,2}[：:]\s{0,3}|\s{1,4})(?=\S)/;
const listed = /^(?:附件)?\s{0,3}[：:]?\s{0,3}\d{1,2}[.．、]/;
const listHead = /^附\s{0,4}(?:件|录|錄|表)?\s{0,3}[一二三四五六七八九十\d０-９]{0,3}\s{0,2}[：:]/;

/** Where an annex begins, and how many characters its label has. */
export interface AnnexStart {
  readonly index: number;
  readonly labelLength: number;
}

/**
 * Where annexes begin: 附件 alone on its line, or 附件 with a title when more follows than a list of annexes,
 * signature and date. Where the next article (or 一、) still comes, the words are part of the draft.
 */
export function annexStarts(lines: readonly Line[]): AnnexStart[] {
  const starts: AnnexStart[] = [];
  const goesOn = nextNumbers(lines);
  for (let index = 0; index < lines.length; index += 1)
    if (isStart(lines, index) && (starts.length > 0 || !goesOn(index)))
      starts.push({ index, labelLength: labelLength(lines[index]?.text ?? '') });
  return starts;
}

/** The list of annexes behind the last clause, 附件：1.…⏎2.…, with its entries; what is behind it is short. */
export function annexListOf(lines: readonly Line[]): readonly Line[] {
  const start = lines.findLastIndex(isListHead);
  if (start < 0 || nextNumbers(lines)(start)) return [];
  let end = start + 1;
  while (isEntry(lines[end])) end += 1;
  const behind = lines.slice(end, end + longestTail);
  const closes =
    behind.length < longestTail && behind.every(({ text }) => text.length <= 40 && !readLabel(text));
  return closes ? lines.slice(start, end) : [];
}

/** Behind the list of annexes come fewer lines than these: signature, date, who to ask. */
const longestTail = 12;

function isListHead({ text }: Line): boolean {
  return text.startsWith('附') && text.length < 80 && listHead.test(text);
}

function isStart(lines: readonly Line[], index: number): boolean {
  const text = lines[index]?.text ?? '';
  if (!text.startsWith('附') || text.length > 80) return false;
  if (alone.test(text)) return !(listHead.test(text) && isEntry(lines[index + 1]) && isList(lines, index));
  return titled.test(text) && !/[。；;，：:]$/.test(text) && !isList(lines, index);
}

function isEntry(line: Line | undefined): boolean {
  return line !== undefined && listed.test(line.text);
}

function labelLength(text: string): number {
  return alone.test(text) ? text.length : (titled.exec(text)?.[0].length ?? 0);
}

/** The list of annexes at the end of a document: behind it only entries, signature and date, or the annex itself. */
function isList(lines: readonly Line[], index: number): boolean {
  const rest = lines.slice(index + 1, index + 13).map((line) => line.text);
  const end = rest.findIndex((text) => alone.test(text) || isDateLine(text));
  const between = rest.slice(0, end < 0 ? rest.length : end);
  const short = between.every((text) => listed.test(text) || text.length <= 40);
  return short && (end >= 0 || rest.length < 12);
}

/** Tells of a line whether the number that is due next in the body stands behind it, before a 1; asked in line order. */
function nextNumbers(lines: readonly Line[]): (index: number) => boolean {
  let tellers: ((index: number) => boolean)[] | null = null;
  return (index) => {
    tellers ??= (['article', 'comma'] as const).map((shape) => nextNumber(lines, shape));
    return tellers.map((tell) => tell(index)).includes(true);
  };
}

function nextNumber(lines: readonly Line[], shape: LabelShape): (index: number) => boolean {
  const numbers = lines.map((line) => numberAt(line, shape));
  const places = placesOf(numbers);
  let [due, read] = [1, 0];
  return (index) => {
    for (; read < index; read += 1)
      if (numbers[read] === due || numbers[read] === 1) due = (numbers[read] ?? 0) + 1;
    const next = firstBehind(places.get(due), index);
    return due > 1 && next < firstBehind(places.get(1), index);
  };
}

function placesOf(numbers: readonly (number | null)[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [index, number] of numbers.entries()) {
    if (number === null) continue;
    const known = places.get(number);
    if (known) known.push(index);
    else places.set(number, [index]);
  }
  return places;
}

function firstBehind(places: readonly number[] = [], index: number): number {
  return places[firstAbove(places, index)] ?? Number.POSITIVE_INFINITY;
}

function numberAt(line: Line, shape: LabelShape): number | null {
  const label = readLabel(line.text);
  return label?.shape === shape ? label.number : null;
}
