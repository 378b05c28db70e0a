import { sql } from 'kysely';
import type { Outcome } from '../domain/disposition.ts';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';

/** How many standing comments of a group have which disposition. */
export interface GroupOutcome {
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly comments: number;
}

/** How the standing comments of a group are disposed of, the commonest first, and a mark of what it says. */
export async function groupOutcomes(
  db: Db,
  groupId: number,
): Promise<{ readonly outcomes: readonly GroupOutcome[]; readonly mark: string }> {
  const members = await standingMembers(db, groupId);
  const counts = new Map<string, GroupOutcome>();
  for (const { outcome, reason } of members) {
    const key = `${outcome} ${reason}`;
    counts.set(key, { outcome, reason, comments: (counts.get(key)?.comments ?? 0) + 1 });
  }
  const latest = members.reduce((most, { seen }) => Math.max(most, seen), 0);
  const joined = members.reduce((most, { member }) => Math.max(most, member), 0);
  return {
    outcomes: [...counts.values()].sort((one, other) => other.comments - one.comments),
    mark: `${members.length}.${joined}.${latest}`,
  };
}

/** A comment in a group, in time and not withdrawn. */
export interface StandingMember {
  readonly id: number;
  /** Id of its latest disposition, 0 for none. */
  readonly seen: number;
  /** Id of the row that put it into the group. */
  readonly member: number;
  readonly outcome: Outcome | null;
  readonly reason: string;
}

/** The standing comments of a group with their latest dispositions. */
export async function standingMembers(db: Db, groupId: number): Promise<StandingMember[]> {
  const { rows } = await sql<StandingMember>`
    select k.id, m.id as member, coalesce(d.id, 0)::int as seen, d.outcome, coalesce(d.reason, '') as reason
    from comment_group_members m join comments k on k.id = m.comment_id
    join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join lateral (
      select id, outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d on true
    where m.group_id = ${groupId} and m.joined and ${isLatest}
      and s.withdrawn_at is null and s.dated_at < c.closes_at
    order by k.id`.execute(db);
  return rows;
}
