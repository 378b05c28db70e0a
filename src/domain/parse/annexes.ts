import { isDateLine } from './front.ts';
import { type LabelShape, readLabel } from './labels.ts';
import type { Line } from './lines.ts';

const alone = /^附\s{0,4}(?:件|录|錄|表|图|圖)?\s{0,3}[一二三四五六七八九十\d０-９]{0,3}\s{0,2}[：:]?$/;
const titled =
  /^附\s{0,4}(?:件|录|錄|表)?\s{0,3}[一二三四五六七八九十\d０-９]{0,3}(?:\s{0,2}[：:]\s{0,3}|\s{1,4})(?=\S)/;
const listed = /^(?:附件)?\s{0,3}[：:]?\s{0,3}\d{1,2}[.．、]/;

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
  const first = lines.findIndex((_, index) => isStart(lines, index) && !goesOn(lines, index));
  if (first < 0) return [];
  const starts: AnnexStart[] = [];
  for (let index = first; index < lines.length; index += 1)
    if (isStart(lines, index)) starts.push({ index, labelLength: labelLength(lines[index]?.text ?? '') });
  return starts;
}

function isStart(lines: readonly Line[], index: number): boolean {
  const text = lines[index]?.text ?? '';
  if (!text.startsWith('附') || text.length > 80) return false;
  return alone.test(text) || (titled.test(text) && !/[。；;，]$/.test(text) && !isList(lines, index));
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

/** True when the number that is due next in the body stands behind the line, before a 1. */
function goesOn(lines: readonly Line[], index: number): boolean {
  return (['article', 'comma'] as const).some((shape) => {
    const due = dueAfter(lines.slice(0, index), shape);
    const next = lines.slice(index + 1).map((line) => numberAt(line, shape));
    const place = next.findIndex((number) => number === due || number === 1);
    return due > 1 && place >= 0 && next[place] === due;
  });
}

function dueAfter(lines: readonly Line[], shape: LabelShape): number {
  let due = 1;
  for (const line of lines) {
    const number = numberAt(line, shape);
    if (number === due || number === 1) due = number + 1;
  }
  return due;
}

function numberAt(line: Line, shape: LabelShape): number | null {
  const label = readLabel(line.text);
  return label?.shape === shape ? label.number : null;
}
