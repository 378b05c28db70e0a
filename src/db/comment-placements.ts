import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** Where an officer put a comment by hand, and who did so when. */
export interface HandPlacement {
  readonly commentId: number;
  readonly clauseId: number | null;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** The latest placement by hand of each of these comments, by comment id; one that was undone is none. */
export async function handPlacements(
  db: Db,
  commentIds: readonly number[],
): Promise<Map<number, HandPlacement>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment_placements as p')
    .innerJoin('officers as o', 'o.id', 'p.officer_id')
    .distinctOn('p.comment_id')
    .select(['p.comment_id', 'p.clause_id', 'p.undone', 'p.created_at', 'o.name'])
    .where('p.comment_id', 'in', commentIds)
    .orderBy('p.comment_id')
    .orderBy('p.id', 'desc')
    .execute();
  return new Map(rows.filter((row) => !row.undone).map((row) => [row.comment_id, toHandPlacement(row)]));
}

function toHandPlacement(row: {
  comment_id: number;
  clause_id: number | null;
  name: string;
  created_at: Date;
}): HandPlacement {
  const { comment_id: commentId, clause_id: clauseId, name: officerName, created_at: createdAt } = row;
  return { commentId, clauseId, officerName, createdAt };
}

/**
 * How many comments of a consultation stand on each clause, by id, null for the whole draft: the one they were made
 * on, or the one an officer put them on, whichever version it is of. Each comment is counted once.
 */
export async function commentsByClause(db: Db, consultationId: number): Promise<Map<number | null, number>> {
  const { rows } = await sql<{ clause_id: number | null; count: number }>`
    ${standing(consultationId)} select clause_id, count(*)::int as count from standing group by clause_id`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.clause_id, row.count]));
}

/** A clause, and the newest version: comments made on that one are not placed anywhere else. */
export interface OldClause {
  readonly consultationId: number;
  readonly clauseId: number;
  readonly newestDraftId: number;
}

/** Comments of older versions that stand on a clause: how many, and the ids of a portion of them, oldest first. */
export async function olderCommentsOn(
  db: Db,
  { consultationId, clauseId, newestDraftId }: OldClause,
  portion: { readonly limit: number; readonly offset: number },
): Promise<{ readonly count: number; readonly ids: number[] }> {
  const { rows } = await sql<{ count: number; ids: number[] | null }>`
    ${standing(consultationId)}, found as (
      select id from standing where clause_id = ${clauseId} and draft_id <> ${newestDraftId}
    )
    select count(*)::int as count, (select json_agg(id order by id) from (
      select id from found order by id limit ${portion.limit} offset ${portion.offset}) portion) as ids
    from found`.execute(db);
  return { count: rows[0]?.count ?? 0, ids: rows[0]?.ids ?? [] };
}

/** Ids of the comments that an officer put where they stand, latest first, at most `limit`. */
export async function commentsPutByHand(db: Db, consultationId: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    ${standing(consultationId)} select id from standing where hand is not null
    order by hand desc limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** What to place: some comments, or all that stand on a clause now. */
export type Placed = { readonly commentIds: readonly number[] } | { readonly standingOn: number };

/** Adds a placement for each of the comments that are of the consultation's older versions; gives how many there were. */
export async function insertPlacements(
  trx: Trx,
  placement: {
    readonly consultationId: number;
    readonly draftId: number;
    /** Null for the whole draft, and when it is undone. */
    readonly clauseId: number | null;
    readonly undone: boolean;
    readonly officerId: number;
  },
  placed: Placed,
  now: Date,
): Promise<number> {
  const { consultationId, draftId, clauseId, undone, officerId } = placement;
  const which =
    'standingOn' in placed ? sql`clause_id = ${placed.standingOn}` : sql`id = any(${[...placed.commentIds]})`;
  const { numAffectedRows } = await sql`
    ${standing(consultationId)}
    insert into comment_placements (comment_id, draft_id, clause_id, undone, officer_id, created_at)
    select id, ${draftId}, ${clauseId}, ${undone}, ${officerId}, ${now} from standing
    where ${which} and draft_id <> ${draftId} order by id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** Each comment of a consultation with the clause it stands on; `hand` is the placement that put it there. */
function standing(consultationId: number): RawBuilder<unknown> {
  return sql`
    with latest as (
      select distinct on (p.comment_id) p.id, p.comment_id, p.clause_id, p.undone
      from comment_placements p join comments k on k.id = p.comment_id
      where k.consultation_id = ${consultationId} order by p.comment_id, p.id desc
    ), standing as (
      select k.id, k.draft_id, case when p.undone is false then p.clause_id else k.clause_id end as clause_id,
        case when p.undone is false then p.id end as hand
      from comments k left join latest p on p.comment_id = k.id
      where k.consultation_id = ${consultationId}
    )`;
}
