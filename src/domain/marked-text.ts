import { stretchesOf } from './hidden-characters.ts';
import { personalNumbers } from './personal-numbers.ts';

/** A piece of a text as staff read it: plain, part of a personal number, or a character that would deceive the eye. */
export interface MarkedPiece {
  readonly kind: 'plain' | 'number' | 'hidden';
  /** Of a hidden character its code in brackets, after the letter where there is one to see: `⟨U+200B⟩`. */
  readonly text: string;
}

/** A text in pieces, so that personal numbers and hidden characters can be told apart on a page. */
export function markedText(text: string): MarkedPiece[] {
  const numbers = personalNumbers(text);
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const stretch of stretchesOf(text)) {
    const end = at + stretch.text.length;
    if (stretch.code === '') pieces.push(...split(text, at, end, numbers));
    else pieces.push({ kind: 'hidden', text: signOf(stretch) });
    at = end;
  }
  return pieces;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function split(text: string, from: number, to: number, numbers: readonly Range[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = from;
  const push = (kind: MarkedPiece['kind'], end: number) => {
    if (end > at) pieces.push({ kind, text: text.slice(at, end) });
    at = Math.max(at, end);
  };
  for (const { start, end } of numbers.filter((number) => number.start < to && number.end > from)) {
    push('plain', Math.max(start, from));
    push('number', Math.min(end, to));
  }
  push('plain', to);
  return pieces;
}

function signOf({ text, code }: { readonly text: string; readonly code: string }): string {
  return /^\p{Letter}$/u.test(text) ? `${text}⟨${code}⟩` : `⟨${code}⟩`;
}
