import { shinglesOf } from '../versions/shingles.ts';
import { type Comparable, type DistinctText, distinctTexts } from './distinct-texts.ts';
import { type Compared, compared, nearlySame } from './likeness.ts';
import { neighbours } from './neighbours.ts';
import { estimate, hashes, sign } from './signature.ts';

/** Comments of the same or nearly the same words. */
export interface FoundGroup {
  /** Ascending. */
  readonly ids: readonly number[];
  /** A comment whose words are the commonest in the group. */
  readonly sample: number;
}

/** Leaders that are compared letter by letter with one text, the likeliest first. */
const mostCompared = 6;
const worthComparing = 0.4;

/**
 * Groups of two or more comments of the same or nearly the same words, the largest first. No comment is in two. The
 * same comments give the same groups, in whatever order they come. `clauses` are the folded words
 * of the clauses, which comments quote. `onProgress` is told shares from 0 to 1.
 */
export function findGroups(
  comments: Iterable<Comparable>,
  clauses: ReadonlyMap<number, string>,
  onProgress: (share: number) => void = () => {},
): FoundGroup[] {
  const texts = distinctTexts(comments);
  const quoted = new Map([...clauses].map(([clause, words]) => [clause, new Set(shinglesOf(words))]));
  const leaders = leadersOf(texts, quoted, onProgress);
  const groups = new Map<number, { ids: number[]; sample: number }>();
  for (const [index, leader] of leaders.entries()) {
    const group = groups.get(leader) ?? { ids: [], sample: smallest(texts[leader]?.ids ?? []) };
    for (const id of texts[index]?.ids ?? []) group.ids.push(id);
    groups.set(leader, group);
  }
  const found = [...groups.values()].filter(({ ids }) => ids.length > 1);
  for (const { ids } of found) ids.sort((one, other) => one - other);
  return found.sort((one, other) => other.ids.length - one.ids.length || one.sample - other.sample);
}

function smallest(ids: readonly number[]): number {
  return ids.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY);
}

/** Shingles of each clause. */
type Quoted = ReadonlyMap<number, ReadonlySet<number>>;

/** For each text the one that leads its group: itself, or an earlier one that is nearly the same. */
function leadersOf(
  texts: readonly DistinctText[],
  quoted: Quoted,
  onProgress: (share: number) => void,
): Int32Array {
  const signatures = new Int32Array(texts.length * hashes);
  const index = neighbours(signatures, texts.length);
  const leaders = new Int32Array(texts.length);
  for (const [at, text] of texts.entries()) {
    const own = compared(text.words);
    sign(own.shingles, signatures.subarray(at * hashes, (at + 1) * hashes));
    const leader = leaderFor(texts, quoted, at, own, likeliest(signatures, at, index.of(at)));
    leaders[at] = leader;
    if (leader === at) index.add(at);
    if (at % 500 === 0) onProgress(at / texts.length);
  }
  return leaders;
}

function likeliest(signatures: Int32Array, at: number, candidates: readonly number[]): number[] {
  const estimated = candidates.map((other) => ({ other, share: estimate(signatures, at, other) }));
  return estimated
    .filter(({ share }) => share >= worthComparing)
    .sort((one, other) => other.share - one.share || one.other - other.other)
    .slice(0, mostCompared)
    .map(({ other }) => other);
}

function leaderFor(
  texts: readonly DistinctText[],
  quoted: Quoted,
  at: number,
  own: Compared,
  candidates: readonly number[],
): number {
  const text = texts[at] as DistinctText;
  let best = { leader: at, worth: 0 };
  for (const leader of candidates) {
    const other = texts[leader] as DistinctText;
    const clause = sharedClause(text, other);
    if (!mayJoin(text, other, clause)) continue;
    const likeness = nearlySame(own, compared(other.words), quoted.get(clause ?? 0));
    const worth = likeness > 0 && clause !== undefined ? likeness + 1 : likeness;
    if (worth > best.worth) best = { leader, worth };
  }
  return best.leader;
}

function mayJoin(one: DistinctText, other: DistinctText, shared: number | undefined): boolean {
  if (one.place !== '' && other.place !== '') return one.place === other.place;
  return shared !== undefined || (one.place === '' && other.place === '');
}

function sharedClause(one: DistinctText, other: DistinctText): number | undefined {
  for (const clause of one.clauses) if (other.clauses.has(clause)) return clause;
  return undefined;
}
