import { sql } from 'kysely';
import type { Db } from './session.ts';

type Ids = readonly number[];

/**
 * How many comments of each consultation stand on a clause that the newest version has no more, where an officer put
 * them or they were made. It follows clauses, and looks at the comments of those that are lost alone.
 */
export async function orphanCounts(db: Db, ids: Ids): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Counted>`
    with recursive newest as (
      select consultation_id, max(version) as last from drafts
      where consultation_id = any(${ids}::bigint[]) group by 1 having max(version) > 1
    ), put as materialized (
      select distinct on (p.comment_id) p.comment_id, p.clause_id, p.undone
      from newest n join comment_placements p on p.draft_id in (select id from drafts where consultation_id = n.consultation_id)
      order by p.comment_id, p.id desc
    ), walk as (
      select n.consultation_id, c.id as origin, c.id as clause_id, d.version, n.last
      from newest n join drafts d on d.consultation_id = n.consultation_id and d.version < n.last
      join clauses c on c.draft_id = d.id
      where exists (select from comments where clause_id = c.id) or c.id in (select clause_id from put)
      union all
      select w.consultation_id, w.origin, s.to_clause_id, w.version + 1, w.last
      from walk w join drafts d on d.consultation_id = w.consultation_id and d.version = w.version + 1
      cross join lateral (select to_clause_id from clause_links
        where draft_id = d.id and from_clause_id = w.clause_id order by position, id limit 1) s
      where w.version < w.last and s.to_clause_id is not null
    ), lost as (
      select consultation_id, origin from walk group by 1, 2 having max(version) < max(last)
    )
    select lost.consultation_id as id, count(*)::int as count from lost cross join lateral (
      select k.id from comments k left join put on put.comment_id = k.id
      where k.clause_id = lost.origin and put.undone is not false
      union all select comment_id from put where clause_id = lost.origin and not undone
    ) orphan group by 1`.execute(db);
  return byId(rows);
}

/** How many suggested groups of each consultation's latest search nobody decided on yet. */
export async function suggestionCounts(db: Db, ids: Ids): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Counted>`
    select s.consultation_id as id, count(*)::int as count
    from (select consultation_id, max(id) as id from group_searches
      where consultation_id = any(${ids}::bigint[]) and state = 'done' group by 1) s
    join suggested_groups p on p.search_id = s.id and p.decided_at is null group by 1`.execute(db);
  return byId(rows);
}

/** Ids of the officers of an agency who left. */
export async function officersWhoLeft(db: Db, agencyId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('officers')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('disabled_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

interface Counted {
  readonly id: number;
  readonly count: number;
}

function byId(rows: readonly Counted[]): Map<number, number> {
  return new Map(rows.map(({ id, count }) => [id, count]));
}
