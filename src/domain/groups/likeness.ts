import { alike, shinglesOf } from '../versions/shingles.ts';
import { areTurnsWithin, numbersOf, turnsOf } from './turns.ts';

/** Of their own, beside the words of the clause, two texts share so much of the shorter. */
const neededOwn = 0.7;
const fewestOwn = 6;

/** A folded text with its shingles. */
export interface Compared {
  readonly words: string;
  readonly shingles: Uint32Array;
}

// Measured on made-up letters and comments: test/domain/groups.test.ts.
const shortText = 30;
const longText = 100;
const neededOfShort = 0.93;
const neededOfLong = 0.8;
/** From this length on a text may be part of a longer one, and may fill in its own numbers. */
const formLength = 60;
const neededWithin = 0.94;
const mostLonger = 2;
/** Texts that differ in length by more have a clause or a sentence added, which may hold words that turn. */
const wordLength = 8;

/** A folded text as it is compared. */
export function compared(words: string): Compared {
  return { words, shingles: shinglesOf(words) };
}

/**
 * How alike two texts are, from 0 to 1, and 0 where they are not nearly the same: where too little is shared, where only
 * the clause is that both quote (`quoted`: its shingles), where a word turns the sense, or where short texts name
 * different numbers. The same both ways round.
 */
export function nearlySame(one: Compared, other: Compared, quoted?: ReadonlySet<number>): number {
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  const likeness = alike(short.shingles, long.shingles);
  const isAlike = likeness >= neededOf(short.words.length) || isWithin(short, long, likeness);
  if (!isAlike || !saySameThing(short.words, long.words)) return 0;
  return !quoted || shareOwnWords(short, long, quoted) ? likeness : 0;
}

// What is left of both without the words of the clause: as much must be shared of the shorter rest.
function shareOwnWords(one: Compared, other: Compared, quoted: ReadonlySet<number>): boolean {
  const isOwn = (shingle: number) => !quoted.has(shingle);
  const [own, others] = [one.shingles.filter(isOwn), other.shingles.filter(isOwn)];
  const fewer = Math.min(own.length, others.length);
  if (Math.max(own.length, others.length) < fewestOwn) return true;
  const shared = (alike(own, others) * (own.length + others.length)) / 2;
  return shared >= neededOwn * fewer && fewer >= fewestOwn;
}

function saySameThing(short: string, long: string): boolean {
  if (short.length < formLength && numbersOf(short) !== numbersOf(long)) return false;
  const [turns, others] = [turnsOf(short), turnsOf(long)];
  if (!areTurnsWithin(turns, others)) return false;
  return long.length - short.length > wordLength || areTurnsWithin(others, turns);
}

function neededOf(length: number): number {
  const share = Math.min(1, Math.max(0, (length - shortText) / (longText - shortText)));
  return neededOfShort - share * (neededOfShort - neededOfLong);
}

// A form that was sent with sentences of one's own.
function isWithin(short: Compared, long: Compared, likeness: number): boolean {
  if (short.words.length < formLength || long.words.length > short.words.length * mostLonger) return false;
  const shared = (likeness * (short.shingles.length + long.shingles.length)) / 2;
  return shared >= neededWithin * short.shingles.length;
}
