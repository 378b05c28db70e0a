import type { FoundGroup } from './find.ts';

/** Where a person put a comment last: into a group, or out of one. */
export interface Membership {
  readonly groupId: number | null;
  readonly joined: boolean;
}

/** Comments that the program suggests to confirm as one group, or to add to the confirmed group `joins`. */
export interface SuggestedGroup extends FoundGroup {
  readonly joins: number | null;
}

/**
 * What is left to suggest of the groups that were found: comments that a person put somewhere, or took out, are not
 * suggested again. What is alike to a confirmed group is suggested to join it. The largest first.
 */
export function suggestionsOf(
  found: readonly FoundGroup[],
  memberships: ReadonlyMap<number, Membership>,
): SuggestedGroup[] {
  const suggested = found.flatMap(({ ids, sample }): SuggestedGroup[] => {
    const free = ids.filter((id) => !memberships.has(id));
    const joins = commonestGroup(ids, memberships);
    if (free.length < (joins === null ? 2 : 1)) return [];
    return [{ ids: free, sample: memberships.has(sample) ? (free[0] as number) : sample, joins }];
  });
  return suggested.sort(
    (one, other) => other.ids.length - one.ids.length || (one.ids[0] as number) - (other.ids[0] as number),
  );
}

/** Members of a suggestion, all or some, with its place among them all. */
export interface SuggestedMembers extends SuggestedGroup {
  readonly position: number;
}

/** Suggestions in portions of at most `most` members, in their order: a large one goes on in the next portions. */
export function* suggestedPortions(
  groups: readonly SuggestedGroup[],
  most: number,
): Generator<readonly SuggestedMembers[]> {
  let [portion, room]: [SuggestedMembers[], number] = [[], most];
  for (const [position, group] of groups.entries())
    for (let from = 0; from < group.ids.length; ) {
      const ids = group.ids.slice(from, from + room);
      portion.push({ ...group, ids, position });
      [from, room] = [from + ids.length, room - ids.length];
      if (room > 0) continue;
      yield portion;
      [portion, room] = [[], most];
    }
  if (portion.length > 0) yield portion;
}

function commonestGroup(ids: readonly number[], memberships: ReadonlyMap<number, Membership>): number | null {
  const counts = new Map<number, number>();
  for (const id of ids) {
    const membership = memberships.get(id);
    if (membership?.joined && membership.groupId !== null)
      counts.set(membership.groupId, (counts.get(membership.groupId) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([group, count], [other, others]) => others - count || group - other);
  return first?.[0] ?? null;
}
