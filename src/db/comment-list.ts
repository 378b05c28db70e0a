import { type RawBuilder, sql } from 'kysely';
import { allConditionsOf, conditionsOf, tablesOf, type WrittenFilter } from './comment-filter.ts';
import type { Db } from './session.ts';

/** Which comments a list holds, and how many they are. */
export interface CommentList {
  readonly consultationId: number;
  readonly filter: WrittenFilter;
  readonly count: number;
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

/** How many comments a filter finds. */
export async function countComments(db: Db, consultationId: number, filter: WrittenFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${tablesOf(filter)}
    where k.consultation_id = ${consultationId} and ${allConditionsOf(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

interface Way {
  readonly from: ListKey;
  readonly forwards: boolean;
}

// A list of few among many is sorted whole; of many, the way from clause to clause soon finds enough.
const few = 500;

async function idsInOrder(db: Db, list: CommentList, way: Way, limit: number): Promise<number[]> {
  if (list.count === 0 && list.keep === 0) return [];
  if (list.count <= few) return idsOf(db, sorted(list, way, limit));
  const { clause } = list.filter;
  const onWhole =
    clause === '' || clause === 'whole' ? [(left: number) => onWholeDraft(list, way, left)] : [];
  const onClauses = clause === 'whole' ? [] : [(left: number) => onEachClause(list, way, left)];
  const ids: number[] = [];
  for (const query of way.forwards ? [...onWhole, ...onClauses] : [...onClauses, ...onWhole])
    if (ids.length < limit) ids.push(...(await idsOf(db, query(limit - ids.length))));
  return ids;
}

async function idsOf(db: Db, query: RawBuilder<{ id: number }>): Promise<number[]> {
  const { rows } = await query.execute(db);
  return rows.map(({ id }) => id);
}

function sorted({ consultationId, filter, keep }: CommentList, { from, forwards }: Way, limit: number) {
  const [beyond, order] = forwards ? [sql`>=`, sql`asc`] : [sql`<`, sql`desc`];
  const key = sql`(coalesce(l.position, -1), coalesce(l.id, 0), k.id)`;
  return sql<{ id: number }>`
    select k.id from ${tablesOf(filter)} left join clauses l on l.id = k.clause_id
    where k.consultation_id = ${consultationId} and (${allConditionsOf(filter)} or k.id = ${keep})
      and ${key} ${beyond} (${from.position}, ${from.clauseId}, ${from.id})
    order by coalesce(l.position, -1) ${order}, coalesce(l.id, 0) ${order}, k.id ${order} limit ${limit}`;
}

function onWholeDraft({ consultationId, filter, keep }: CommentList, { from, forwards }: Way, limit: number) {
  const [beyond, order] = forwards ? [sql`>=`, sql`asc`] : [sql`<`, sql`desc`];
  const isOver = from.position >= 0;
  const reached = isOver ? sql`${!forwards}` : sql`k.id ${beyond} ${from.id}`;
  return sql<{ id: number }>`
    select k.id from ${tablesOf(filter)}
    where k.consultation_id = ${consultationId} and k.clause_id is null and ${reached}
      and (${conditionsOf(filter)} or k.id = ${keep})
    order by k.id ${order} limit ${limit}`;
}

function onEachClause({ consultationId, filter, keep }: CommentList, { from, forwards }: Way, limit: number) {
  const [reached, order] = forwards ? [sql`>=`, sql`asc`] : [sql`<=`, sql`desc`];
  const here = sql`l.id = ${from.clauseId}`;
  const beyond = forwards
    ? sql`>= case when ${here} then ${from.id}::bigint else 0 end`
    : sql`< case when ${here} then ${from.id}::bigint else ${Number.MAX_SAFE_INTEGER}::bigint end`;
  const only = filter.clause === '' ? sql`true` : sql`l.id = ${filter.clause}`;
  return sql<{ id: number }>`
    select found.id from (
      select l.id, l.position from clauses l join drafts d on d.id = l.draft_id
      where d.consultation_id = ${consultationId} and ${only}
        and (l.position, l.id) ${reached} (${from.position}, ${from.clauseId})
      order by l.position ${order}, l.id ${order}
    ) l cross join lateral (
      select k.id from ${tablesOf(filter)}
      where k.clause_id = l.id and k.id ${beyond} and (${conditionsOf(filter)} or k.id = ${keep})
      order by k.id ${order} limit ${limit}
    ) found
    order by l.position ${order}, l.id ${order}, found.id ${order} limit ${limit}`;
}
