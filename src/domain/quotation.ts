import type { Quotation } from './comment.ts';

/** A text that words can be quoted from. */
export interface Quotable {
  /** The text, each run of white space folded to one space. */
  readonly folded: string;
  /** The same without any. */
  readonly bare: string;
}

const contextLength = 32;

/** Makes a text ready to be quoted from. */
export function quotable(text: string): Quotable {
  const folded = text.replace(/\s+/gu, ' ').trim();
  return { folded, bare: folded.replaceAll(' ', '') };
}

/**
 * The first place of `words` in a text, both read without regard to white space, with up to 32 characters on both
 * sides; null when they do not stand there. What it gives is spelled as in the text.
 */
export function quotationIn({ folded, bare }: Quotable, words: string): Quotation | null {
  const sought = words.replace(/\s+/gu, '');
  const at = sought === '' ? -1 : bare.indexOf(sought);
  if (at < 0) return null;
  const start = placeOf(folded, at);
  const end = placeOf(folded, at + sought.length - 1) + 1;
  return {
    exact: folded.slice(start, end),
    prefix: [...folded.slice(Math.max(0, start - 2 * contextLength), start)].slice(-contextLength).join(''),
    suffix: [...folded.slice(end, end + 2 * contextLength)].slice(0, contextLength).join(''),
  };
}

/** Where the unit stands in a folded text that has `count` units other than spaces before it. */
function placeOf(folded: string, count: number): number {
  let left = count;
  for (let place = 0; place < folded.length; place++) {
    if (folded[place] === ' ') continue;
    if (left === 0) return place;
    left -= 1;
  }
  return folded.length;
}
