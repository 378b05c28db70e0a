import { shinglesOf } from '../versions/shingles.ts';
import { type Comparable, type DistinctTexts, textCollector } from './distinct-texts.ts';
import { type CompareNotes, leadersOf, type Reading, type Room } from './leaders.ts';

/** Comments of the same or nearly the same words. */
export interface FoundGroup {
  /** Ascending. */
  readonly ids: readonly number[];
  /** A comment whose words are the commonest in the group. */
  readonly sample: number;
}

/** Groups, and how much was only held to be the same as another or not. */
export interface Found {
  readonly groups: readonly FoundGroup[];
  /** Distinct texts beyond what a search compares with each other. */
  readonly passedOver: number;
}

/** As groupsOf, of comments that are all there. */
export function findGroups(
  comments: Iterable<Comparable>,
  clauses: ReadonlyMap<number, string>,
): readonly FoundGroup[] {
  const collector = textCollector();
  const words = new Map<number, string>();
  for (const comment of comments) {
    collector.add(comment);
    words.set(comment.id, comment.words);
  }
  return readFrom(words, groupsOf(collector.collected(), clauses)).groups;
}

/** Does work that reads words which are all there, by the ids of their comments. */
export function readFrom<T>(words: ReadonlyMap<number, string>, reading: Reading<T>): T {
  let step = reading.next([]);
  while (!step.done) step = reading.next(step.value.map((id) => words.get(id) ?? ''));
  return step.value;
}

/**
 * Groups of two or more comments of the same or nearly the same words, the largest first. No comment is in two. The
 * same comments give the same groups, in whatever order they come. `clauses` are the folded words of the clauses, which
 * comments quote.
 */
export function* groupsOf(
  distinct: DistinctTexts,
  clauses: ReadonlyMap<number, string>,
  notes?: CompareNotes,
  most?: Room,
): Reading<Found> {
  const quoted = new Map([...clauses].map(([clause, words]) => [clause, new Set(shinglesOf(words))]));
  const { leaders, passedOver } = yield* leadersOf(distinct, quoted, notes, most);
  const sizes = new Int32Array(leaders.length);
  for (const [at, leader] of leaders.entries())
    sizes[leader] = (sizes[leader] as number) + distinct.at(at).count;
  const members = new Map<number, number[]>();
  for (const { id, text } of distinct.comments()) {
    const leader = leaders[text] as number;
    if ((sizes[leader] as number) < 2) continue;
    const ids = members.get(leader);
    if (ids) ids.push(id);
    else members.set(leader, [id]);
  }
  const groups = [...members].map(([leader, ids]) => ({
    ids: ids.sort((one, other) => one - other),
    sample: distinct.at(leader).first,
  }));
  groups.sort((one, other) => other.ids.length - one.ids.length || one.sample - other.sample);
  return { groups, passedOver };
}
