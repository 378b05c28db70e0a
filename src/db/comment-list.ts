import { type RawBuilder, sql } from 'kysely';
import { partOf } from '../domain/comment-filter.ts';
import { allConditionsOf, conditionsOf, tablesOf, type WrittenFilter } from './comment-filter.ts';
import type { Db } from './session.ts';
import { within } from './tallies.ts';

/** Which comments a list holds, and how many they are. */
export interface CommentList {
  readonly consultationId: number;
  readonly filter: WrittenFilter;
  readonly count: number;
  /** Where few comments may answer: those. Undefined: any may. */
  readonly among?: readonly number[] | undefined;
  /** A comment that stays in the list though it no longer answers the filter: it was just worked on. */
  readonly keep: number;
}

/** Where a comment stands in a list: whole-draft ones first, then by clause in the order of the drafts, oldest first. */
export interface ListKey {
  /** -1 for the whole draft. */
  readonly position: number;
  /** 0 for the whole draft. */
  readonly clauseId: number;
  readonly id: number;
}

export const listStart: ListKey = { position: -1, clauseId: 0, id: 0 };

/** Where a comment of the consultation stands, or undefined. */
export async function listKeyOf(db: Db, consultationId: number, id: number): Promise<ListKey | undefined> {
  const { rows } = await sql<ListKey>`
    select coalesce(l.position, -1) as position, coalesce(l.id, 0)::int as "clauseId", k.id
    from comments k left join clauses l on l.id = k.clause_id
    where k.id = ${id} and k.consultation_id = ${consultationId}`.execute(db);
  return rows[0];
}

/** Ids of the comments of a list from a place on, in their order, at most `limit`. Any place costs the same. */
export function idsFrom(db: Db, list: CommentList, from: ListKey, limit: number): Promise<number[]> {
  return idsInOrder(db, list, { from, forwards: true }, limit);
}

/** Ids of the comments of a list before a place, nearest first, at most `limit`. */
export function idsBefore(db: Db, list: CommentList, from: ListKey, limit: number): Promise<number[]> {
  return idsInOrder(db, list, { from, forwards: false }, limit);
}

/** How many comments a filter finds, of those it may find (`among`); at most `most` are counted. */
export async function countComments(
  db: Db,
  { consultationId, filter, among }: Pick<CommentList, 'consultationId' | 'filter' | 'among'>,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from ${tablesOf(filter)}
      where k.consultation_id = ${consultationId} and ${allConditionsOf(filter)} and ${isAmong(among)}
      limit ${most}) k`.execute(db);
  return rows[0]?.count ?? 0;
}

interface Way {
  readonly from: ListKey;
  readonly forwards: boolean;
}

async function idsInOrder(db: Db, list: CommentList, way: Way, limit: number): Promise<number[]> {
  if (list.count === 0 && list.keep === 0) return [];
  const { rows } = await (list.among ? sorted : walked)(list, way, limit).execute(db);
  return rows.map(({ id }) => id);
}

function sorted(
  { consultationId, filter, keep, among }: CommentList,
  { from, forwards }: Way,
  limit: number,
) {
  const [beyond, order] = forwards ? [sql`>=`, sql`asc`] : [sql`<`, sql`desc`];
  const key = sql`(coalesce(l.position, -1), coalesce(l.id, 0), k.id)`;
  return sql<{ id: number }>`
    select k.id from ${tablesOf(filter)} left join clauses l on l.id = k.clause_id
    where k.consultation_id = ${consultationId}
      and (${isAmong(among)} and ${allConditionsOf(filter)} or k.id = ${keep})
      and ${key} ${beyond} (${from.position}, ${from.clauseId}, ${from.id})
    order by coalesce(l.position, -1) ${order}, coalesce(l.id, 0) ${order}, k.id ${order} limit ${limit}`;
}

function isAmong(ids: readonly number[] | undefined): RawBuilder<boolean> {
  return ids ? sql<boolean>`k.id = any(${[...ids]}::bigint[])` : sql<boolean>`true`;
}

// From segment to segment, past those that hold none by their tallies, until there are enough.
function walked({ consultationId, filter, keep }: CommentList, { from, forwards }: Way, limit: number) {
  const [reached, beyond, order] = forwards ? [sql`>=`, sql`>=`, sql`asc`] : [sql`<=`, sql`<`, sql`desc`];
  const start = sql`(${from.position}, ${from.clauseId})`;
  return sql<{ id: number }>`
    with t as materialized (
      select t.*, coalesce(l.position, -1) as position from (${portionsOf(consultationId, filter.clause)}) t
      left join clauses l on l.id = t.clause_id
      where (coalesce(l.position, -1), t.clause_id) ${reached} ${start}
        and ((coalesce(l.position, -1), t.clause_id) <> ${start}
          or ${forwards ? sql`t.high` : sql`t.low`} ${beyond} ${from.id})
    )
    select found.id from (
      select * from t order by position ${order}, clause_id ${order}, low ${order}
    ) t cross join lateral (
      select k.id from ${tablesOf(filter, within)}
      where (not t.counted or ${keep} between t.low and t.high or ${holdsSome(filter)})
        and (${conditionsOf(filter)} or k.id = ${keep})
        and ((t.position, t.clause_id) <> ${start} or k.id ${beyond} ${from.id})
      order by k.id ${order} limit ${limit}
    ) found
    order by t.position ${order}, t.clause_id ${order}, t.low ${order}, found.id ${order} limit ${limit}`;
}

// The segments, and by clause what is in none.
function portionsOf(consultationId: number, clause: WrittenFilter['clause']): RawBuilder<unknown> {
  const only = clause === '' ? sql`true` : sql`t.clause_id = ${clause === 'whole' ? 0 : clause}`;
  return sql`
    select consultation_id, id, clause_id, low, high, counted from tally_segments t
    where consultation_id = ${consultationId} and ${only}
    union all
    select consultation_id, null, clause_id, min(id), max(id), false from (
      select k.consultation_id, coalesce(k.clause_id, 0) as clause_id, k.id
      from tally_heads h join comments k on k.consultation_id = h.consultation_id and k.id > h.counted_to
      where h.consultation_id = ${consultationId}) t
    where ${only} group by 1, 3`;
}

function holdsSome(filter: WrittenFilter): RawBuilder<boolean> {
  const { channel, stance, screening, disposition } = filter;
  const asked = Object.entries({ channel, stance, screening, disposition, part: partOf(filter) }).filter(
    ([, value]) => value !== '',
  );
  if (asked.length === 0) return sql<boolean>`true`;
  const equal = asked.map(([column, value]) => sql`n.${sql.ref(column)} = ${value}`);
  if (filter.assignees) equal.push(sql`n.assignee = any(${[...filter.assignees]}::text[])`);
  return sql<boolean>`exists (
    select from segment_tallies n where n.segment_id = t.id and n.comments > 0 and ${sql.join(equal, sql` and `)})`;
}
