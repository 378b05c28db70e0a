/** One line of a text that was broken; `isLast` where its paragraph ends. */
export interface BrokenLine {
  readonly text: string;
  readonly width: number;
  readonly isLast: boolean;
}

/** The width of a character in points, as it is set. */
export type WidthOf = (character: string) => number;

const closing = /^[、。，．：；！？）》」』】〉〕”’…—·,.:;!?)\]}%％‰℃°]$/u;
const opening = /^[（《「『【〈〔“‘([{]$/u;
const wordy = /^[0-9A-Za-z@._\-+/#&=?~]$/;

/**
 * Breaks a paragraph into lines no wider than `width`, the first one narrower by `indent`. No line begins with a closing
 * mark or ends with an opening one; numbers, words and addresses stay whole unless they are longer than a line.
 */
export function breakLines(text: string, width: number, widthOf: WidthOf, indent = 0): BrokenLine[] {
  const lines: BrokenLine[] = [];
  let line = '';
  let filled = indent;
  for (const piece of piecesOf(text, width, widthOf)) {
    const wide = widthIn(piece, widthOf);
    if (line !== '' && filled + wide > width + 0.01) {
      lines.push({ text: line.trimEnd(), width: filled, isLast: false });
      [line, filled] = ['', 0];
    }
    if (line === '' && lines.length > 0 && piece === ' ') continue;
    line += piece;
    filled += wide;
  }
  return [...lines, { text: line.trimEnd(), width: filled, isLast: true }];
}

/** Breaks a text of several paragraphs. */
export function breakParagraphs(text: string, width: number, widthOf: WidthOf): BrokenLine[] {
  return text.split('\n').flatMap((paragraph) => breakLines(paragraph, width, widthOf));
}

export function widthIn(text: string, widthOf: WidthOf): number {
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum;
}

// What holds together; a piece that is longer than a line is cut where it must.
function piecesOf(text: string, width: number, widthOf: WidthOf): string[] {
  const pieces: string[] = [];
  let before = '';
  for (const character of text) {
    const last = pieces.at(-1);
    const fits = last !== undefined && widthIn(last, widthOf) + widthOf(character) <= width;
    if (fits && holds(before, character)) pieces[pieces.length - 1] = last + character;
    else if (last && last.length > 1 && closing.test(character)) {
      // A closing mark takes the last character of what fills a whole line along.
      const kept = [...last].slice(0, -1).join('');
      pieces.splice(-1, 1, kept, last.slice(kept.length) + character);
    } else pieces.push(character);
    before = character;
  }
  return pieces;
}

function holds(before: string, character: string): boolean {
  return opening.test(before) || closing.test(character) || (wordy.test(before) && wordy.test(character));
}
