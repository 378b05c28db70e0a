import { sql } from 'kysely';
import type { Db } from './session.ts';
import { eachOf, within } from './tallies.ts';

/**
 * Ids of the standing comments of a consultation in the order of its notice, after the first `passed`: whole-draft ones
 * first, then by clause, oldest first. Only the segments they stand in are read, so that any place costs the same.
 */
export async function standingIds(
  db: Db,
  consultationId: number,
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with loose as (
      select k.*, t.low as segment_low, t.high as segment_high from tally_segments t cross join lateral ${within} k
      where t.consultation_id = ${consultationId} and not t.counted
      union all
      select k.*, h.counted_to + 1, 9007199254740991 from tally_heads h cross join lateral (
        select * from comments where consultation_id = h.consultation_id and id > h.counted_to offset 0) k
      where h.consultation_id = ${consultationId}
    ), portions as (
      select clause_id, low, high, standing as size from tally_segments
      where consultation_id = ${consultationId} and counted and standing > 0
      union all
      select n.clause_id, n.segment_low, n.segment_high, count(*)
      from (${eachOf(sql`loose`, sql`coalesce(k.clause_id, 0) as clause_id, k.segment_low, k.segment_high,`)}) n
      where n.part = 'standing' group by 1, 2, 3
    ), placed as (
      select p.*, sum(p.size) over (order by coalesce(l.position, -1), p.clause_id, p.low) - p.size as before
      from portions p left join clauses l on l.id = p.clause_id
    ), wanted as materialized (
      select ${consultationId}::bigint as consultation_id, clause_id, low, high, before from placed
      where before + size > ${passed} and before < ${passed}::numeric + ${limit}
    )
    select k.id from wanted t cross join lateral ${within} k
      join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    where s.withdrawn_at is null and s.dated_at < c.closes_at
    order by t.before, k.id offset coalesce((select ${passed} - min(before) from wanted), 0) limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
