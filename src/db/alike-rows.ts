import { type RawBuilder, sql } from 'kysely';
import { isLate } from './late.ts';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';

/**
 * Comments `id` of confirmed groups with their `place` among those that share a row of the notice's table, from 1, and
 * how many these are (`alike`): in one group, on one clause, with one disposition. The first is one whose words may be
 * printed, if there is any.
 */
export function alikeRows(consultationId: number): RawBuilder<unknown> {
  const sharing = sql`m.group_id, k.clause_id, d.outcome, d.reason`;
  return sql`(
    select k.id, count(*) over (partition by ${sharing})::int as alike,
      row_number() over (
        partition by ${sharing} order by s.consent = 'no' or coalesce(g.verdict = 'hidden', false), k.id) as place
    from comment_groups q join comment_group_members m on m.group_id = q.id and m.joined and ${isLatest}
    join comments k on k.id = m.comment_id join submissions s on s.id = k.submission_id
    join consultations c on c.id = k.consultation_id
    left join lateral (select outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d on true
    left join lateral (select verdict from screenings where comment_id = k.id order by id desc limit 1) g on true
    where q.consultation_id = ${consultationId} and s.withdrawn_at is null and not ${isLate})`;
}

/** How many comments stand in the row of another. */
export async function countMergedRows(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${alikeRows(consultationId)} a where place > 1`.execute(db);
  return rows[0]?.count ?? 0;
}
