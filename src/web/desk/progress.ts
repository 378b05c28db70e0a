import { fill } from '../../domain/fill.ts';
import { hrefIn, isLarge } from '../frame.ts';
import { type Call, queryOf } from './page.ts';

/** How far work in the background has come. */
export interface ProgressLine {
  /** In words, with the percent; empty where nobody knows yet. */
  readonly sentence: string;
  /** Below 100 until the work is done. */
  readonly percent: number;
}

/** The same on a page that is looked at again. */
export interface Progress extends ProgressLine {
  /** Where the page stands. */
  readonly here: string;
  /** Where it looks again by itself. */
  readonly watched: string;
  readonly watching: boolean;
}

/** What is done of what is to be done, and the sentence that says so: `{done}`, `{total}`, `{percent}`. */
export interface Share {
  readonly done: number;
  readonly total: number;
  readonly words: string;
}

const secondsBetween = 5;

/**
 * Tells how far work has come that is still under way. The page looks again by itself only for readers who asked for it:
 * whoever has it read aloud, or reads it by keyboard, would lose their place.
 */
export function progressOf(call: Call, here: string, share: Share | null): Progress {
  const watching = queryOf(call.request, 'watch') === '1';
  const watched = asking(here, 'watch=1');
  const again = hrefIn(isLarge(call.request), watched);
  if (watching) call.reply.header('refresh', `${secondsBetween}; url=${again}`);
  return { here, watched, watching, ...(share ? progressLine(share) : { percent: 0, sentence: '' }) };
}

/** An address that asks for one more thing. */
export function asking(address: string, what: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${what}`;
}

/** The line alone, for a page on which people write: it must not look again by itself. */
export function progressLine(share: Share): ProgressLine {
  const percent = percentOf(share);
  return { percent, sentence: sentenceOf(share, percent) };
}

function percentOf({ done, total }: Share): number {
  return total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0;
}

function sentenceOf({ done, total, words }: Share, percent: number): string {
  return fill(words, { done: grouped.format(done), total: grouped.format(total), percent });
}

const grouped = new Intl.NumberFormat('en');
