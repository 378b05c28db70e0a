import { sql } from 'kysely';
import type { SuggestedMembers } from '../domain/groups/suggest.ts';
import type { Db, Trx } from './session.ts';

/** A comment as it is compared with others. */
export interface ComparedRow {
  readonly id: number;
  /** 0 for the whole draft. */
  readonly clause: number;
  readonly stance: string;
  readonly text: string;
}

/**
 * Comments of a consultation that may be alike, in time and not withdrawn, after an id, at most `limit`. A few words
 * beside a file (见附件) say nothing: they are left out.
 */
export async function comparedRows(
  db: Db,
  consultationId: number,
  after: number,
  limit: number,
): Promise<ComparedRow[]> {
  const { rows } = await sql<ComparedRow>`
    select k.id, coalesce(k.clause_id, 0)::int as clause, k.stance, k.text || k.proposed_wording as text
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    where k.consultation_id = ${consultationId} and k.id > ${after}
      and s.withdrawn_at is null and (c.closes_at is null or s.dated_at < c.closes_at)
      and not (length(k.text) < 20 and exists (select 1 from attachments a where a.submission_id = s.id))
    order by k.id limit ${limit}`.execute(db);
  return rows;
}

/** The texts of comments as they are compared, in the order of their ids; empty where there is none. */
export async function textsOfCompared(db: Db, ids: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select coalesce(k.text || k.proposed_wording, '') as text
    from unnest(${[...ids]}::bigint[]) with ordinality as given(id, place) left join comments k using (id)
    order by place`.execute(db);
  return rows.map(({ text }) => text);
}

/** How many comments a consultation received, late and withdrawn ones too. */
export async function countReceived(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from comments where consultation_id = ${consultationId}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Forgets what a search found so far. */
export async function forgetSuggestions(trx: Trx, searchId: number): Promise<void> {
  await trx.deleteFrom('suggested_groups').where('search_id', '=', searchId).execute();
}

/** Forgets what earlier searches of the consultation found. */
export async function forgetEarlier(trx: Trx, searchId: number, consultationId: number): Promise<void> {
  await sql`
    delete from suggested_groups where search_id in (
      select id from group_searches where consultation_id = ${consultationId} and id < ${searchId})`.execute(
    trx,
  );
}

/** Stores suggestions of a search, or further members of one that is stored. */
export async function insertSuggestions(
  trx: Trx,
  searchId: number,
  groups: readonly SuggestedMembers[],
): Promise<void> {
  const pairs = groups.flatMap(({ position, ids }) => ids.map((id) => [position, id] as const));
  const given = JSON.stringify(groups.map(({ position, sample, joins }) => ({ position, sample, joins })));
  await sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g(position int, sample bigint, joins bigint)),
    members as (
      select * from unnest(
        ${pairs.map(([position]) => position)}::int[], ${pairs.map(([, id]) => id)}::bigint[]) as m(position, id)),
    stored as (
      insert into suggested_groups (search_id, position, size, sample_id, clause_ids, joins_id)
      select ${searchId}, g.position, count(*)::int, g.sample, array_agg(distinct coalesce(k.clause_id, 0)::int), g.joins
      from given g join members m on m.position = g.position join comments k on k.id = m.id
      group by g.position, g.sample, g.joins
      on conflict (search_id, position) do update set size = suggested_groups.size + excluded.size,
        clause_ids = (select array_agg(distinct clause order by clause)
          from unnest(suggested_groups.clause_ids || excluded.clause_ids) as clause))
    insert into suggested_members (search_id, position, comment_id)
    select ${searchId}, position, id from members`.execute(trx);
}
