import { type RawBuilder, sql } from 'kysely';
import {
  allConditionsOf,
  conditionsOf,
  deedsAsked,
  tablesOf,
  talliesAsked,
  type WrittenFilter,
} from './comment-filter.ts';
import type { Db } from './session.ts';
import { columnsWithin, within } from './tallies.ts';

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

/**
 * Ids of the comments of a list from a comment on (0, or one that is not the consultation's: from its beginning), at most
 * `limit`: whole-draft ones first, then by clause in the order of the drafts, oldest first. Any place costs the same.
 */
export function idsFrom(db: Db, list: CommentList, id: number, limit: number): Promise<number[]> {
  return idsInOrder(db, list, { id, way: forwards, limit });
}

/** Ids of the comments of a list before a comment, nearest first, at most `limit`. */
export function idsBefore(db: Db, list: CommentList, id: number, limit: number): Promise<number[]> {
  return idsInOrder(db, list, { id, way: backwards, limit });
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
  readonly forwards: boolean;
  /** From the place on it is reached at once, before it not. */
  readonly reached: RawBuilder<unknown>;
  readonly beyond: RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
}

const forwards: Way = { forwards: true, reached: sql`>=`, beyond: sql`>=`, order: sql`asc` };
const backwards: Way = { forwards: false, reached: sql`<=`, beyond: sql`<`, order: sql`desc` };

async function idsInOrder(
  db: Db,
  list: CommentList,
  { id, way, limit }: { readonly id: number; readonly way: Way; readonly limit: number },
): Promise<number[]> {
  if (list.count === 0 && list.keep === 0) return [];
  const { rows } = await sql<{ id: number }>`
    with place as materialized (
      select coalesce(l.position, -1) as position, coalesce(l.id, 0) as clause_id, k.id
      from comments k left join clauses l on l.id = k.clause_id
      where k.id = ${id} and k.consultation_id = ${list.consultationId}
      union all select -1, 0, 0 order by id desc limit 1
    ) ${(list.among ? sorted : walked)(list, way, limit)}`.execute(db);
  return rows.map((row) => row.id);
}

function sorted(
  { consultationId, filter, keep, among }: CommentList,
  { beyond, order }: Way,
  limit: number,
): RawBuilder<unknown> {
  const key = sql`(coalesce(l.position, -1), coalesce(l.id, 0), k.id)`;
  return sql`
    select k.id from ${tablesOf(filter)} left join clauses l on l.id = k.clause_id
    where k.consultation_id = ${consultationId}
      and (${isAmong(among)} and ${allConditionsOf(filter)} or k.id = ${keep})
      and ${key} ${beyond} (select position, clause_id, id from place)
    order by coalesce(l.position, -1) ${order}, coalesce(l.id, 0) ${order}, k.id ${order} limit ${limit}`;
}

function isAmong(ids: readonly number[] | undefined): RawBuilder<boolean> {
  return ids ? sql<boolean>`k.id = any(${[...ids]}::bigint[])` : sql<boolean>`true`;
}

// From segment to segment, past those that hold none by their tallies, until there are enough.
function walked({ consultationId, filter, keep }: CommentList, way: Way, limit: number): RawBuilder<unknown> {
  const { reached, beyond, order } = way;
  const start = sql`(select position, clause_id from place)`;
  const isElsewhere = sql`(t.position, t.clause_id) <> ${start}`;
  const isBeyond = (id: RawBuilder<unknown>) => sql`${id} ${beyond} (select id from place)`;
  return sql`
    , t as materialized (
      select t.*, coalesce(l.position, -1) as position
      from (${portionsOf(consultationId, filter.clause)}) t left join clauses l on l.id = t.clause_id
    )
    select found.id from (
      select * from t
      where (t.position, t.clause_id) ${reached} ${start}
        and (${isElsewhere} or ${isBeyond(way.forwards ? sql`t.high` : sql`t.low`)})
      order by position ${order}, clause_id ${order}, low ${order}
    ) t cross join lateral (
      select k.id from ${tablesOf(filter, lookedThrough(filter, keep))}
      where (not t.counted or ${keep} between t.low and t.high or ${holdsSome(filter)})
        and (${conditionsOf(filter)} or k.id = ${keep}) and (${isElsewhere} or ${isBeyond(sql`k.id`)})
      order by k.id ${order} limit ${limit}
    ) found
    order by t.position ${order}, t.clause_id ${order}, t.low ${order}, found.id ${order} limit ${limit}`;
}

// Of a segment `t` the comments that may answer. Where deeds are asked for, no others are read: ids stand in an index.
function lookedThrough(filter: WrittenFilter, keep: number): RawBuilder<unknown> {
  const deeds = deedsAsked(filter);
  if (deeds.length === 0) return within;
  return sql`(
    select * from comments where id = any(array(
      select k.id from ${columnsWithin(sql`id`)} k
      where (${sql.join(deeds, sql` and `)}) or k.id = ${keep})) offset 0)`;
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
  const asked = talliesAsked(filter);
  if (asked.length === 0) return sql<boolean>`true`;
  return sql<boolean>`exists (
    select from segment_tallies n where n.segment_id = t.id and n.comments > 0 and ${sql.join(asked, sql` and `)})`;
}
