/** Puts the pieces of text of a page together to lines, as a browser would. */
export interface Composer {
  /** Adds text; white space in it is one space, unless its line ends are to be kept. */
  add(text: string, keepsLines: boolean): void;
  /** Ends the line, if anything stands in it; `always` leaves an empty line otherwise. */
  endLine(always?: boolean): void;
  /** Sets a list's number before the next text, unless `isTyped` finds that the text brings it along. */
  number(label: string, isTyped: (text: string) => boolean): void;
  /** Forgets a number that found no text. */
  dropNumber(): void;
  /** How many numbers were set so far. */
  numbers(): number;
  /** All lines so far; the one under way is ended. */
  lines(): string[];
}

type Gap = 'none' | 'space' | 'lineEnd';

/** An empty composer. */
export function composer(): Composer {
  const done: string[] = [];
  let pieces: string[] = [];
  let gap: Gap = 'none';
  let numbers = 0;
  let waiting: { label: string; isTyped: (text: string) => boolean } | null = null;

  const endLine = (always = false) => {
    if (pieces.length > 0 || always) done.push(withNumber(pieces.join('')));
    pieces = [];
    gap = 'none';
  };
  const withNumber = (line: string): string => {
    if (waiting === null || line.trim() === '') return line;
    const { label, isTyped } = waiting;
    waiting = null;
    if (isTyped(line.trimStart())) return line;
    numbers += 1;
    return label + line.trimStart();
  };
  const addWord = (word: string) => {
    if (gap !== 'none' && pieces.length > 0 && !(gap === 'lineEnd' && isWrap(pieces, word))) pieces.push(' ');
    gap = 'none';
    pieces.push(word);
  };
  const addFlowing = (text: string) => {
    for (const piece of text.match(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g) ?? []) {
      if (!/^[ \t\n\r\f]/.test(piece)) addWord(piece);
      else if (gap !== 'lineEnd') gap = piece.includes('\n') ? 'lineEnd' : 'space';
    }
  };
  const addAsIs = (text: string) => {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) endLine(true);
      if (line !== '') pieces.push(line);
    }
  };
  return {
    add: (text, keepsLines) => (keepsLines ? addAsIs(text) : addFlowing(text)),
    endLine,
    number: (label, isTyped) => {
      waiting = { label: (waiting?.label ?? '') + label, isTyped };
    },
    dropNumber: () => {
      waiting = null;
    },
    numbers: () => numbers,
    lines: () => {
      endLine();
      return done;
    },
  };
}

/** A line end in the file between two Han characters is no space; behind 第三条 alone it is one that was wrapped. */
function isWrap(pieces: readonly string[], next: string): boolean {
  const before = pieces.length < 4 ? pieces.join('') : (pieces.at(-1) ?? '');
  if (!isWide(before.charCodeAt(before.length - 1)) || !isWide(next.charCodeAt(0))) return false;
  return before.length > 10 || !/^\s*第.+[编編章节節条條]$/.test(before);
}

function isWide(code: number): boolean {
  if (code >= 0xac00 && code <= 0xd7a3) return false;
  return (code >= 0x2e80 && code <= 0xffef) || (code >= 0x2014 && code <= 0x2026);
}
