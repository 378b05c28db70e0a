import { type RawBuilder, sql } from 'kysely';
import type { Db } from './session.ts';

/** A search for alike comments, the latest of its consultation. */
export interface GroupSearch {
  readonly id: number;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly percent: number;
  /** How many comments were compared; 0 until it is done. */
  readonly comments: number;
  /** Distinct texts that were only held to be the same as another or not, since there were too many. */
  readonly passedOver: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The latest search of a consultation, in whatever state, and the latest that is done. */
export async function groupSearches(
  db: Db,
  consultationId: number,
): Promise<{ readonly latest: GroupSearch | undefined; readonly done: GroupSearch | undefined }> {
  const newest = (state: 'done' | null) =>
    db
      .selectFrom('group_searches')
      .select(['id', 'state', 'percent', 'comments', 'passed_over as passedOver'])
      .select(['created_at as createdAt', 'finished_at as finishedAt'])
      .where('consultation_id', '=', consultationId)
      .$if(state !== null, (query) => query.where('state', '=', 'done'))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  return { latest: await newest(null), done: await newest('done') };
}

/** A suggestion that nobody decided on yet. */
export interface Suggestion {
  readonly searchId: number;
  readonly position: number;
  readonly size: number;
  readonly sampleId: number;
  /** 0 stands for the whole draft. */
  readonly clauseIds: readonly number[];
  /** The confirmed group that it would join. */
  readonly joins: { readonly id: number; readonly number: number; readonly label: string } | null;
}

/** Open suggestions of a search from a position on, the largest first, at most `limit`. */
export function suggestionsFrom(
  db: Db,
  searchId: number,
  from: number,
  limit: number,
): Promise<Suggestion[]> {
  return suggestions(db, sql`p.search_id = ${searchId} and p.position >= ${from}`, limit);
}

/** A suggestion of the consultation's latest search that is done, or undefined when it was decided or searched anew. */
export async function openSuggestion(
  db: Db,
  consultationId: number,
  { searchId, position }: Pick<Suggestion, 'searchId' | 'position'>,
): Promise<Suggestion | undefined> {
  const isLatest = sql`p.search_id = (
    select max(id) from group_searches where consultation_id = ${consultationId} and state = 'done')`;
  const which = sql`p.search_id = ${searchId} and p.position = ${position} and ${isLatest}`;
  return (await suggestions(db, which, 1))[0];
}

async function suggestions(db: Db, which: RawBuilder<unknown>, limit: number): Promise<Suggestion[]> {
  const { rows } = await sql<SuggestionRow>`
    select p.search_id as "searchId", p.position, p.size, p.sample_id as "sampleId", p.clause_ids as "clauseIds",
      g.id as "joinsId", g.number, g.label
    from suggested_groups p left join comment_groups g on g.id = p.joins_id
    where ${which} and p.decided_at is null
    order by p.position limit ${limit}`.execute(db);
  return rows.map(({ joinsId, number, label, ...suggestion }) => ({
    ...suggestion,
    joins: joinsId === null ? null : { id: joinsId, number, label },
  }));
}

interface SuggestionRow extends Omit<Suggestion, 'joins'> {
  readonly joinsId: number | null;
  readonly number: number;
  readonly label: string;
}

/** Ids of the comments of a suggestion after an id, at most `limit`, but those that were put somewhere meanwhile. */
export async function suggestedIds(
  db: Db,
  { searchId, position }: Pick<Suggestion, 'searchId' | 'position'>,
  after: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select m.comment_id as id from suggested_members m
    where m.search_id = ${searchId} and m.position = ${position} and m.comment_id > ${after}
      and not exists (
        select 1 from comment_group_members p where p.comment_id = m.comment_id and p.comment_id > ${after})
    order by m.comment_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** A confirmed group; one without members was dissolved. */
export interface CommentGroup {
  readonly id: number;
  readonly number: number;
  readonly label: string;
  readonly members: number;
  /** 0 stands for the whole draft. */
  readonly clauseIds: readonly number[];
  readonly officerName: string;
  readonly createdAt: Date;
}

/** A confirmed group of a consultation, or undefined. */
export async function commentGroup(
  db: Db,
  consultationId: number,
  id: number,
): Promise<CommentGroup | undefined> {
  return groupQuery(db, consultationId).where('g.id', '=', id).executeTakeFirst();
}

/** The confirmed group with a number that has members, or undefined. */
export async function groupNumbered(
  db: Db,
  consultationId: number,
  number: number,
): Promise<CommentGroup | undefined> {
  return groupQuery(db, consultationId)
    .where('g.number', '=', number)
    .where('g.members', '>', 0)
    .executeTakeFirst();
}

/** Confirmed groups with members whose numbers are at most `from`, the newest first, at most `limit`. */
export async function groupsFrom(
  db: Db,
  consultationId: number,
  from: number,
  limit: number,
): Promise<CommentGroup[]> {
  return groupQuery(db, consultationId)
    .where('g.members', '>', 0)
    .where('g.number', '<=', from)
    .orderBy('g.number', 'desc')
    .limit(limit)
    .execute();
}

function groupQuery(db: Db, consultationId: number) {
  return db
    .selectFrom('comment_groups as g')
    .innerJoin('officers as o', 'o.id', 'g.officer_id')
    .select(['g.id', 'g.number', 'g.label', 'g.members', 'g.clause_ids as clauseIds'])
    .select(['o.name as officerName', 'g.created_at as createdAt'])
    .where('g.consultation_id', '=', consultationId);
}
