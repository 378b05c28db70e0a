import type { DistinctText } from './distinct-texts.ts';
import { type Compared, compared, nearlySame } from './likeness.ts';
import { neighbours } from './neighbours.ts';
import { estimate, hashes, sign } from './signature.ts';

/** Leaders that are compared letter by letter with one text, the likeliest first. */
const mostCompared = 6;
const worthComparing = 0.4;
/** Texts that others can join, the commonest: 150 MB. Later ones are compared with them and not with each other. */
const mostLeaders = 250_000;
const textsInPart = 2_000;

/** Texts that were compared, from one place on: for each the place of the text that leads its group. */
export interface ComparedPart {
  readonly from: number;
  readonly leaders: Int32Array;
  /** How much of all texts is compared, from 0 to 1. */
  readonly share: number;
}

/** What is known of texts that were compared before, and who is told of each part that is. */
export interface CompareNotes {
  /** Leaders of the first texts, as parts said before. */
  readonly kept: ArrayLike<number>;
  readonly onPart: (part: ComparedPart) => void;
}

/** Shingles of each clause. */
export type Quoted = ReadonlyMap<number, ReadonlySet<number>>;

/** For each text the one that leads its group: itself, or an earlier one that is nearly the same. */
export function leadersOf(
  texts: readonly DistinctText[],
  quoted: Quoted,
  { kept, onPart }: CompareNotes = { kept: [], onPart: () => {} },
  most = mostLeaders,
): { readonly leaders: Int32Array; readonly passedOver: number } {
  const room = Math.min(most, texts.length);
  // One place more, for the text that is looked at.
  const signatures = new Int32Array((room + 1) * hashes);
  const index = neighbours(signatures, room);
  const places: number[] = [];
  const leaders = new Int32Array(texts.length);
  let passedOver = 0;
  const leaderOf = (at: number, words: string): number => {
    const here = places.length;
    const own = compared(words);
    sign(own.shingles, signatures.subarray(here * hashes, (here + 1) * hashes));
    const likely = () => likeliest(signatures, here, index.of(here)).map((place) => places[place] as number);
    const leader = kept[at] ?? leaderFor(texts, quoted, at, own, likely());
    if (leader === at && here < room) {
      index.add(here);
      places.push(at);
    } else if (leader === at) passedOver += 1;
    return leader;
  };
  for (const [at, { words }] of texts.entries()) {
    const joined = kept[at] !== undefined && kept[at] !== at;
    if (words === null) passedOver += 1;
    leaders[at] = joined ? (kept[at] as number) : words === null ? at : leaderOf(at, words);
    const from = at + 1 - textsInPart;
    if (from % textsInPart === 0 && from >= kept.length)
      onPart({ from, leaders: leaders.slice(from, at + 1), share: (at + 1) / texts.length });
  }
  return { leaders, passedOver };
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
    if (other.words === null || !mayJoin(text, other, clause)) continue;
    const likeness = nearlySame(own, compared(other.words), quoted.get(clause ?? 0));
    const worth = likeness > 0 && clause !== undefined ? likeness + 1 : likeness;
    if (worth > best.worth) best = { leader, worth };
  }
  return best.leader;
}

function mayJoin(one: DistinctText, other: DistinctText, shared: number | undefined): boolean {
  if (one.place > 0 && other.place > 0) return one.place === other.place;
  return shared !== undefined || (one.place === 0 && other.place === 0);
}

function sharedClause(one: DistinctText, other: DistinctText): number | undefined {
  const [few, more] = [clausesOf(one), clausesOf(other)];
  for (const clause of few) if (more.has(clause)) return clause;
  return undefined;
}

function clausesOf({ clauses }: DistinctText): ReadonlySet<number> {
  return typeof clauses === 'number' ? new Set([clauses]) : clauses;
}
