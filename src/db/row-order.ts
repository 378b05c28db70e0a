import { sql } from 'kysely';
import { alikeOf, looseOf } from './alike-tallies.ts';
import { spanToCount } from './changed-share.ts';
import { isLate } from './late.ts';
import { ofAll, type Span } from './latest-rows.ts';
import type { Db } from './session.ts';
import { within } from './tallies.ts';

/** A comment whose row grouped ones share: of all in groups, those alone have one. */
export interface RowPlace {
  readonly head: number;
  readonly headClause: number;
}

/**
 * Ids of the comments that have rows in the notice of a consultation, in its order, after the first `passed`:
 * whole-draft ones first, then by clause, oldest first. Only the segments they stand in are read, and of those with
 * grouped comments none but the others, so that any place costs the same.
 */
export async function rowIds(
  db: Db,
  consultationId: number,
  shared: readonly RowPlace[],
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<number[]> {
  const span = await spanToCount(db, consultationId);
  if (span)
    return everyRowId(db, { consultationId, span, heads: shared.map(({ head }) => head) }, { passed, limit });
  const [heads, clauses] = [shared.map(({ head }) => head), shared.map(({ headClause }) => headClause)];
  const { rows } = await sql<{ id: number }>`
    with heads as materialized (
      select id, clause_id from unnest(${heads}::bigint[], ${clauses}::bigint[]) as h(id, clause_id)
    ), loose as materialized (
      select n.* from (${alikeOf(sql`(${looseOf(consultationId)})`, sql`k.segment_low, k.segment_high,`)}) n
      where n.group_id is null or n.id in (select id from heads)
    ), portions as (
      select t.clause_id, t.low, t.high, t.lone_ids, true as is_counted, t.standing - t.grouped
        + case when t.grouped > 0 then (
          select count(*) from heads h where h.clause_id = t.clause_id and h.id between t.low and t.high) else 0 end as size
      from tally_segments t where t.consultation_id = ${consultationId} and t.counted and t.standing > 0
      union all
      select clause_id, segment_low, segment_high, null, false, count(*) from loose group by 1, 2, 3
    ), placed as (
      select p.*, sum(p.size) over (order by coalesce(l.position, -1), p.clause_id, p.low) - p.size as before
      from portions p left join clauses l on l.id = p.clause_id where p.size > 0
    ), wanted as materialized (
      select ${consultationId}::bigint as consultation_id, p.* from placed p
      where before + size > ${passed} and before < ${passed}::numeric + ${limit}
    ), found as (
      select t.before, k.id from wanted t cross join lateral ${within} k
        join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
      where t.is_counted and t.lone_ids is null and s.withdrawn_at is null and s.dated_at < c.closes_at
      union all
      select t.before, unnest(t.lone_ids) from wanted t where t.lone_ids is not null
      union all
      select t.before, h.id from wanted t join heads h on h.clause_id = t.clause_id and h.id between t.low and t.high
      where t.lone_ids is not null
      union all
      select t.before, n.id from wanted t
        join loose n on n.clause_id = t.clause_id and n.segment_low = t.low and n.segment_high = t.high
      where not t.is_counted
    )
    select id from found
    order by before, id offset coalesce((select ${passed} - min(before) from wanted), 0) limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

// The same where all are looked at: those in groups are told by their latest membership, whatever became of them.
async function everyRowId(
  db: Db,
  {
    consultationId,
    span,
    heads,
  }: { readonly consultationId: number; readonly span: Span; readonly heads: readonly number[] },
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<number[]> {
  const standing = ofAll(
    consultationId,
    span,
    (relation, { latest, end, own }) => sql`
    select k.id, k.clause_id, m.group_id from ${relation} k
    cross join lateral (select s.id from submissions s, consultations c
      where s.id = k.submission_id and c.id = k.consultation_id and s.withdrawn_at is null and not ${isLate} ${end}) s
    ${latest('comment_group_members', sql`case when joined then group_id end as group_id`, 'm')}
    ${own}`,
  );
  const { rows } = await sql<{ id: number }>`
    select n.id from (${standing}) n left join clauses l on l.id = n.clause_id
    where n.group_id is null or n.id = any(${[...heads]}::bigint[])
    order by coalesce(l.position, -1), coalesce(n.clause_id, 0), n.id offset ${passed} limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
