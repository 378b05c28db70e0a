/** One line of the source that has something to see. */
export interface Line {
  /** Counted from 1, blank lines included. */
  readonly number: number;
  /** Without space at both ends and without zero-width characters. */
  readonly text: string;
  /** Characters of space before the text. */
  readonly indent: number;
}

const zeroWidth = /[\u200b\u2060\ufeff\u00ad\u180e]/;
const zeroWidths = new RegExp(zeroWidth, 'g');
const unseen = /[\s\p{Cc}\p{Cf}]/u;

/** The lines of a text that have a visible character; `\r\n`, `\n` and `\r` end a line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = lineOf(zeroWidth.test(raw) ? raw.replaceAll(zeroWidths, '') : raw, index + 1);
    if (line) lines.push(line);
  }
  return lines;
}

/** The text without any space, for comparing two wordings. */
export function packed(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, '');
}

/** True when the text ends as a sentence or clause ends: 。；：！？ or their half-width forms, also before a closing quote or bracket. */
export function endsSentence(text: string): boolean {
  return /[。；;：:！!？?﹔︰][”"’」』）)\]】〉》]{0,3}$/.test(text.slice(-4));
}

/** How wide a text prints, in half-width columns. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (let index = 0; index < text.length; index += 1) columns += text.charCodeAt(index) < 0x300 ? 1 : 2;
  return columns;
}

function lineOf(raw: string, number: number): Line | null {
  let start = 0;
  while (start < raw.length && isUnseen(raw, start)) start += 1;
  if (start === raw.length) return null;
  let end = raw.length;
  while (isUnseen(raw, end - 1)) end -= 1;
  return { number, text: start === 0 && end === raw.length ? raw : raw.slice(start, end), indent: start };
}

/** Han characters, the bulk of every text, are told without a regular expression. */
function isUnseen(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (code < 0x3001 || code > 0x9fff) && unseen.test(text.charAt(index));
}
