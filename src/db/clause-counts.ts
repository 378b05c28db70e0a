import { type RawBuilder, sql } from 'kysely';
import type { Db } from './session.ts';
import { within } from './tallies.ts';

/**
 * How many comments of a consultation stand on each clause, by id, null for the whole draft: the one they were made
 * on, or the one an officer put them on, whichever version it is of. Each comment is counted once; what is kept of the
 * tallies is not read again.
 */
export async function commentsByClause(db: Db, consultationId: number): Promise<Map<number | null, number>> {
  const { rows } = await sql<{ clause_id: number; count: number }>`
    select clause_id, sum(count)::int as count from (
      select clause_id, size as count from tally_segments
      where consultation_id = ${consultationId} and counted
      union all
      select t.clause_id, count(*) from tally_segments t cross join lateral ${within} k
      where t.consultation_id = ${consultationId} and not t.counted group by 1
      union all
      select coalesce(k.clause_id, 0), count(*) from tally_heads h
        join comments k on k.consultation_id = h.consultation_id and k.id > h.counted_to
      where h.consultation_id = ${consultationId} group by 1
      union all
      select coalesce(case when each.is_here then h.clause_id else h.made_on end, 0), sum(each.count)
      from ${putByHand(consultationId)} h cross join (values (true, 1), (false, -1)) as each(is_here, count) group by 1
    ) n group by 1 having sum(count) > 0`.execute(db);
  return new Map(rows.map((row) => [row.clause_id === 0 ? null : row.clause_id, row.count]));
}

/** A clause, and the newest version: comments made on that one are not placed anywhere else. */
export interface OldClause {
  readonly consultationId: number;
  readonly clauseId: number;
  readonly newestDraftId: number;
}

/** How many comments of older versions stand on a clause. */
export async function countOlderOn(
  db: Db,
  { consultationId, clauseId, newestDraftId }: OldClause,
): Promise<number> {
  const { rows } = await sql<{ isNewest: boolean; count: number }>`
    select l.draft_id = ${newestDraftId} as "isNewest", (select count(*)::int from ${putByHand(consultationId)} h
      where clause_id = l.id and draft_id <> ${newestDraftId}) as count
    from clauses l where l.id = ${clauseId}`.execute(db);
  if (rows[0]?.isNewest) return rows[0].count;
  return (await commentsByClause(db, consultationId)).get(clauseId) ?? 0;
}

/** Comments `id` that officers put on a clause by hand (`hand`), with the clause they were `made_on`, and its draft. */
export function putByHand(consultationId: number): RawBuilder<unknown> {
  return sql`(
    select k.id, k.draft_id, k.clause_id as made_on, p.clause_id, p.id as hand
    from comment_placements p join comments k on k.id = p.comment_id
    where p.draft_id in (select id from drafts where consultation_id = ${consultationId}) and not p.undone
      and not exists (select from comment_placements later where later.comment_id = p.comment_id and later.id > p.id))`;
}
