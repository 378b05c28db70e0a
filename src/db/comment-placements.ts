import { type RawBuilder, sql } from 'kysely';
import { countOlderOn, type OldClause, putByHand } from './clause-counts.ts';
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

/** Comments of older versions that stand on a clause: how many, and the ids of a portion of them, oldest first. */
export async function olderCommentsOn(
  db: Db,
  clause: OldClause,
  portion: { readonly limit: number; readonly offset: number },
): Promise<{ readonly count: number; readonly ids: number[] }> {
  const { rows } = await sql<{ id: number }>`
    select id from ${olderOn(clause)} k order by id limit ${portion.limit} offset ${portion.offset}`.execute(
    db,
  );
  return { count: await countOlderOn(db, clause), ids: rows.map(({ id }) => id) };
}

/** Ids of the comments that an officer put where they stand after the placement `after`, latest first, at most `limit`. */
export async function commentsPutByHand(
  db: Db,
  consultationId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from ${putByHand(consultationId)} h where hand > ${after} order by hand desc limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** The id of the latest placement of all, 0 for none. */
export async function latestPlacement(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from comment_placements`.execute(db);
  return rows[0]?.id ?? 0;
}

/** True when one of these comments was placed, or its placement undone, after the placement `after`. */
export async function placedSince(db: Db, placed: Placed, newest: Newest, after: number): Promise<boolean> {
  const { rows } = await sql<{ since: boolean }>`
    select exists (select from comment_placements
      where id > ${after} and comment_id in (select id from ${whichOf(placed, newest)} k)) as since`.execute(
    db,
  );
  return rows[0]?.since ?? false;
}

/** A consultation with the newest version of its draft. */
interface Newest {
  readonly consultationId: number;
  readonly draftId: number;
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
  const { numAffectedRows } = await sql`
    insert into comment_placements (comment_id, draft_id, clause_id, undone, officer_id, created_at)
    select id, ${draftId}, ${clauseId}, ${undone}, ${officerId}, ${now}
    from ${whichOf(placed, { consultationId, draftId })} k order by id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

function whichOf(placed: Placed, { consultationId, draftId }: Newest): RawBuilder<unknown> {
  return 'standingOn' in placed
    ? olderOn({ consultationId, clauseId: placed.standingOn, newestDraftId: draftId })
    : sql`(select id from comments where id = any(${[...placed.commentIds]}::bigint[])
        and consultation_id = ${consultationId} and draft_id <> ${draftId})`;
}

// Those made on it that nobody put elsewhere, and those that were put there.
function olderOn({ consultationId, clauseId, newestDraftId }: OldClause): RawBuilder<unknown> {
  return sql`(
    select k.id from comments k
    where k.consultation_id = ${consultationId} and k.clause_id = ${clauseId} and k.draft_id <> ${newestDraftId}
      and coalesce((select undone from comment_placements where comment_id = k.id order by id desc limit 1), true)
    union all
    select id from ${putByHand(consultationId)} h where clause_id = ${clauseId} and draft_id <> ${newestDraftId})`;
}
