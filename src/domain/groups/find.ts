import { shinglesOf } from '../versions/shingles.ts';
import { type Comparable, type DistinctTexts, textCollector } from './distinct-texts.ts';
import { type CompareNotes, leadersOf } from './leaders.ts';

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
): FoundGroup[] {
  const collector = textCollector();
  for (const comment of comments) collector.add(comment);
  return [...groupsOf(collector.collected(), clauses).groups];
}

/**
 * Groups of two or more comments of the same or nearly the same words, the largest first. No comment is in two. The
 * same comments give the same groups, in whatever order they come. `clauses` are the folded words of the clauses, which
 * comments quote.
 */
export function groupsOf(
  distinct: DistinctTexts,
  clauses: ReadonlyMap<number, string>,
  notes?: CompareNotes,
): Found {
  const quoted = new Map([...clauses].map(([clause, words]) => [clause, new Set(shinglesOf(words))]));
  const { leaders, passedOver } = leadersOf(distinct.texts, quoted, notes);
  const sizes = new Int32Array(leaders.length);
  for (const [at, leader] of leaders.entries())
    sizes[leader] = (sizes[leader] as number) + (distinct.texts[at]?.count ?? 0);
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
    sample: distinct.texts[leader]?.first ?? 0,
  }));
  groups.sort((one, other) => other.ids.length - one.ids.length || one.sample - other.sample);
  return { groups, passedOver };
}
