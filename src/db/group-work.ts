import { sql } from 'kysely';
import type { Outcome } from '../domain/disposition.ts';
import { type SharedRow, sharedRowsOf } from './alike-rows.ts';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';

/** How many standing comments of a group have which disposition. */
export interface GroupOutcome {
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly comments: number;
}

/**
 * How the standing comments of a group are disposed of, the commonest first, and a mark of what it says: another one
 * when one of them was decided on since, or they are others.
 */
export async function groupOutcomes(
  db: Db,
  { id, consultationId }: { readonly id: number; readonly consultationId: number },
): Promise<{ readonly outcomes: readonly GroupOutcome[]; readonly mark: string }> {
  const shared = await sharedRowsOf(db, { consultationId, groupId: id });
  shared.sort((one, other) => other.alike - one.alike || one.head - other.head);
  const outcomes = await outcomesOf(db, shared);
  const comments = shared.reduce((sum, { alike }) => sum + alike, 0);
  const member = Math.max(0, ...shared.map(({ latestMember }) => latestMember));
  const latest = Math.max(0, ...shared.map(({ latestDisposition }) => latestDisposition));
  return { outcomes, mark: `${comments}.${member}.${latest}` };
}

// What the first of each says stands for all.
async function outcomesOf(db: Db, shared: readonly SharedRow[]): Promise<GroupOutcome[]> {
  const { rows } = await sql<GroupOutcome>`
    select d.outcome, coalesce(d.reason, '') as reason, n.comments
    from unnest(${shared.map(({ head }) => head)}::bigint[], ${shared.map(({ alike }) => alike)}::int[])
      with ordinality as n(head, comments, nth)
    left join lateral (
      select outcome, reason from dispositions where comment_id = n.head order by id desc limit 1) d on true
    order by n.nth`.execute(db);
  return rows;
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
