import type { DistinctText, DistinctTexts } from './distinct-texts.ts';
import { type Compared, compared, nearlySame } from './likeness.ts';
import { neighbours } from './neighbours.ts';
import { estimate, hashes, sign } from './signature.ts';

/** Leaders that are compared letter by letter with one text, the likeliest first. */
const mostCompared = 6;
const worthComparing = 0.4;
/** What is compared of a comment: more of a long one would take memory and tell no more. */
const longestCompared = 1_000;
const textsInPart = 2_000;
const textsAtOnce = 500;

/** How much is kept of texts that others can join, the commonest. Later ones are compared with them and not with each other. */
export interface Room {
  readonly leaders: number;
  readonly characters: number;
}

// 150 MB of signatures and of what finds them, and at most 100 MB of words.
const usualRoom: Room = { leaders: 250_000, characters: 50_000_000 };

/** Work that asks for the folded words of comments by their ids, and goes on when it is given them in that order. */
export type Reading<T> = Generator<readonly number[], T, readonly string[]>;

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
export function* leadersOf(
  texts: DistinctTexts,
  quoted: Quoted,
  { kept, onPart }: CompareNotes = { kept: [], onPart: () => {} },
  most: Room = usualRoom,
): Reading<{ readonly leaders: Int32Array; readonly passedOver: number }> {
  const kin = kindred(texts, quoted, most);
  const leaders = new Int32Array(texts.length);
  const joined = (at: number) => kept[at] !== undefined && kept[at] !== at;
  for (let from = 0; from < texts.length; from += textsAtOnce) {
    const places = Array.from(leaders.subarray(from, from + textsAtOnce), (_, index) => from + index);
    const asked = places.filter((at) => !joined(at));
    const words = asked.length > 0 ? yield asked.map((at) => texts.at(at).first) : [];
    for (const at of places) if (joined(at)) leaders[at] = kept[at] as number;
    for (const [index, at] of asked.entries()) leaders[at] = kin.join(at, words[index] ?? '', kept[at]);
    tellParts(leaders, from, kept.length, onPart);
  }
  return { leaders, passedOver: kin.passedOver() };
}

// A part is told of when its last text is compared, and was not kept before.
function tellParts(
  leaders: Int32Array,
  from: number,
  kept: number,
  onPart: (part: ComparedPart) => void,
): void {
  const end = from + textsAtOnce;
  const first = end - textsInPart;
  if (end > leaders.length || end % textsInPart !== 0 || first < kept) return;
  onPart({ from: first, leaders: leaders.slice(first, end), share: end / leaders.length });
}

// Those that lead, as far as there is room for them, with what finds them again.
function kindred(texts: DistinctTexts, quoted: Quoted, most: Room) {
  const room = Math.min(most.leaders, texts.length);
  // One place more, for the text that is looked at.
  const signatures = new Int32Array((room + 1) * hashes);
  const index = neighbours(signatures, room);
  const leading: { readonly at: number; readonly words: string }[] = [];
  let [left, passedOver] = [most.characters, 0];
  const keep = (at: number, words: string) => {
    if (leading.length === room || words.length > left) {
      passedOver += 1;
      return;
    }
    index.add(leading.length);
    leading.push({ at, words });
    left -= words.length;
  };
  const likely = (here: number) =>
    likeliest(signatures, here, index.of(here)).flatMap((place) => leading[place] ?? []);
  const join = (at: number, all: string, known: number | undefined): number => {
    const own = compared(shortened(all));
    const here = leading.length;
    sign(own.shingles, signatures.subarray(here * hashes, (here + 1) * hashes));
    const leader = known ?? leaderFor(texts, quoted, at, own, likely(here));
    if (leader === at) keep(at, own.words);
    return leader;
  };
  return { join, passedOver: () => passedOver };
}

// A slice alone would keep the whole text in memory.
function shortened(words: string): string {
  return words.length > longestCompared ? Array.from(words.slice(0, longestCompared)).join('') : words;
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
  texts: DistinctTexts,
  quoted: Quoted,
  at: number,
  own: Compared,
  candidates: readonly { readonly at: number; readonly words: string }[],
): number {
  const text = texts.at(at);
  let best = { leader: at, worth: 0 };
  for (const { at: leader, words } of candidates) {
    const other = texts.at(leader);
    const clause = sharedClause(text, other);
    if (!mayJoin(text, other, clause)) continue;
    const likeness = nearlySame(own, compared(words), quoted.get(clause ?? 0));
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
  const more = new Set(other.clauses());
  for (const clause of one.clauses()) if (more.has(clause)) return clause;
  return undefined;
}
