import { type RawBuilder, sql } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import type { ChannelCounts } from '../domain/notice-row.ts';
import { isLate } from './late.ts';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';

/**
 * Standing comments `id` of confirmed groups, with the comment whose row in the notice's table they share (`head`) and
 * how many share it (`alike`): those of one group with one disposition. The head is the first whose words may be
 * printed, if there is any. With `among`, only those of the groups that these comments are or were in.
 */
export function alikeRows(consultationId: number, among?: readonly number[]): RawBuilder<unknown> {
  const sharing = sql`m.group_id, d.outcome, d.reason`;
  const order = sql`s.consent = 'no' or coalesce(g.verdict = 'hidden', false), coalesce(l.position, -1), l.id, k.id`;
  const groups = among
    ? sql`q.id in (select group_id from comment_group_members where comment_id = any(${[...among]}::bigint[]))`
    : sql`true`;
  return sql`(
    select k.id, count(*) over (partition by ${sharing})::int as alike,
      first_value(k.id) over (partition by ${sharing} order by ${order}) as head
    from comment_groups q join comment_group_members m on m.group_id = q.id and m.joined and ${isLatest}
    join comments k on k.id = m.comment_id join submissions s on s.id = k.submission_id
    join consultations c on c.id = k.consultation_id left join clauses l on l.id = k.clause_id
    left join lateral (select outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d on true
    left join lateral (select verdict from screenings where comment_id = k.id order by id desc limit 1) g on true
    where q.consultation_id = ${consultationId} and ${groups} and s.withdrawn_at is null and not ${isLate})`;
}

/** True when comments of a consultation may share a row. */
export async function hasGroups(db: Db, consultationId: number): Promise<boolean> {
  const row = await db
    .selectFrom('comment_groups')
    .select('id')
    .where('consultation_id', '=', consultationId)
    .where('members', '>', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many comments stand in the row of another. */
export async function countMergedRows(db: Db, consultationId: number): Promise<number> {
  if (!(await hasGroups(db, consultationId))) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${alikeRows(consultationId)} a where id <> head`.execute(db);
  return rows[0]?.count ?? 0;
}

/** A clause that comments of a row are on, empty for the whole draft, with the version it is of. */
export interface RowClause {
  readonly clause: string;
  readonly draftId: number;
}

/** The clauses of rows that stand for several comments, by the id of their head, in the order of the drafts. */
export async function clausesOfRows(
  db: Db,
  consultationId: number,
  heads: readonly number[],
): Promise<Map<number, RowClause[]>> {
  if (heads.length === 0) return new Map();
  const { rows } = await sql<RowClause & { head: number }>`
    select distinct a.head, coalesce(l.position, -1) as position, coalesce(l.id, 0) as id,
      coalesce(l.citation, '') as clause, k.draft_id as "draftId"
    from ${alikeRows(consultationId, heads)} a join comments k on k.id = a.id left join clauses l on l.id = k.clause_id
    where a.head = any(${[...heads]}::bigint[]) order by a.head, position, id`.execute(db);
  const found = new Map<number, RowClause[]>();
  for (const { head, clause, draftId } of rows)
    found.set(head, [...(found.get(head) ?? []), { clause, draftId }]);
  return found;
}

/** Through which channels the comments of such rows came, by the id of their head. */
export async function channelsOfRows(
  db: Db,
  consultationId: number,
  heads: readonly number[],
): Promise<Map<number, ChannelCounts>> {
  if (heads.length === 0) return new Map();
  const { rows } = await sql<{ head: number; channel: Channel; count: number }>`
    select a.head, s.channel, count(*)::int as count
    from ${alikeRows(consultationId, heads)} a join comments k on k.id = a.id join submissions s on s.id = k.submission_id
    where a.head = any(${[...heads]}::bigint[]) group by a.head, s.channel`.execute(db);
  const found = new Map<number, ChannelCounts>();
  for (const { head, channel, count } of rows) found.set(head, { ...found.get(head), [channel]: count });
  return found;
}
