import type { Quotation } from './comment.ts';

const contextLength = 32;

/**
 * The first place of `words` in `text`, both read without regard to white space, with up to 32 characters on both
 * sides; null when they do not stand there. What it gives is spelled as in the text, white space folded.
 */
export function quotationIn(text: string, words: string): Quotation | null {
  const folded = text.replace(/\s+/gu, ' ').trim();
  const sought = words.replace(/\s+/gu, '');
  if (sought === '') return null;
  const at = folded.replaceAll(' ', '').indexOf(sought);
  if (at < 0) return null;
  const start = placeOf(folded, at);
  const end = placeOf(folded, at + sought.length - 1) + 1;
  return {
    exact: folded.slice(start, end),
    prefix: [...folded.slice(Math.max(0, start - 2 * contextLength), start)].slice(-contextLength).join(''),
    suffix: [...folded.slice(end, end + 2 * contextLength)].slice(0, contextLength).join(''),
  };
}

/** Where the unit that is the `count`th but for spaces stands in the text, counted from 0. */
function placeOf(text: string, count: number): number {
  let left = count;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === ' ') continue;
    if (left === 0) return place;
    left -= 1;
  }
  return text.length;
}
