import { endsWithOneOf } from './starters.ts';

/** One line of the source that has something to see. */
export interface Line {
  /** Counted from 1, blank lines included. */
  readonly number: number;
  /** Without space at both ends and without zero-width characters. */
  readonly text: string;
  /** Characters of space before the text. */
  readonly indent: number;
}

const mayEndSentence = endsWithOneOf('。；;：:！!？?﹔︰”"’」』）)]】〉》');
const zeroWidth = /[\u200b\u2060\ufeff\u00ad\u180e]/;
const zeroWidths = new RegExp(zeroWidth, 'g');
const unseen = /[\s\p{Cc}\p{Cf}]/u;

/** The lines of a text that have a visible character; `\r\n`, `\n` and `\r` end a line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const seen = zeroWidth.test(text) ? text.replaceAll(zeroWidths, '') : text;
  let [number, start] = [1, 0];
  for (let index = 0; index <= seen.length; index += 1) {
    const code = index === seen.length ? newline : seen.charCodeAt(index);
    if (code !== newline && code !== carriageReturn) continue;
    const line = lineOf(seen, start, index, number);
    if (line) lines.push(line);
    if (code === carriageReturn && seen.charCodeAt(index + 1) === newline) index += 1;
    start = index + 1;
    number += 1;
  }
  return lines;
}

const newline = 10;
const carriageReturn = 13;

/** The text without any space, for comparing two wordings. */
export function packed(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, '');
}

/** True when the text ends as a sentence or clause ends: 。；：！？ or their half-width forms, also before a closing quote or bracket. */
export function endsSentence(text: string): boolean {
  return mayEndSentence(text) && /[。；;：:！!？?﹔︰][”"’」』）)\]】〉》]{0,3}$/.test(text.slice(-4));
}

/** How wide a text prints, in half-width columns. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (let index = 0; index < text.length; index += 1) columns += text.charCodeAt(index) < 0x300 ? 1 : 2;
  return columns;
}

function lineOf(text: string, first: number, last: number, number: number): Line | null {
  let [start, end] = [first, last];
  while (start < end && isUnseen(text, start)) start += 1;
  if (start === end) return null;
  while (isUnseen(text, end - 1)) end -= 1;
  return { number, text: text.slice(start, end), indent: start - first };
}

/** Han characters, the bulk of every text, and ASCII are told without a regular expression. */
function isUnseen(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code <= 0x7f) return code <= 0x20 || code === 0x7f;
  return (code < 0x3001 || code > 0x9fff) && unseen.test(text.charAt(index));
}
