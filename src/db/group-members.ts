import { sql } from 'kysely';
import type { Db } from './session.ts';

/** Ids of the comments in a group after an id, at most `limit`. */
export async function memberIds(db: Db, groupId: number, after: number, limit: number): Promise<number[]> {
  // The place is said of both tables: an index that is walked along with another's is walked from its beginning.
  const { rows } = await sql<{ id: number }>`
    select m.comment_id as id from comment_group_members m
    where m.group_id = ${groupId} and m.comment_id > ${after} and m.joined
      and not exists (
        select 1 from comment_group_members later
        where later.comment_id = m.comment_id and later.id > m.id and later.comment_id > ${after})
    order by m.comment_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Those of these comments that may be in a group of the consultation: in time and not withdrawn. */
export async function groupableIds(
  db: Db,
  consultationId: number,
  commentIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.id from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    where k.id = any(${[...commentIds]}::bigint[]) and k.consultation_id = ${consultationId}
      and s.withdrawn_at is null and (c.closes_at is null or s.dated_at < c.closes_at)`.execute(db);
  return rows.map(({ id }) => id);
}

/** Ids of the comments of a consultation's submission with this receipt number that may be in a group. */
export async function commentsOfReceipt(
  db: Db,
  consultationId: number,
  receiptNumber: string,
): Promise<number[]> {
  const rows = await db
    .selectFrom('comments as k')
    .innerJoin('submissions as s', 's.id', 'k.submission_id')
    .select('k.id')
    .where('s.receipt_number', '=', receiptNumber)
    .where('k.consultation_id', '=', consultationId)
    .orderBy('k.id')
    .execute();
  return groupableIds(
    db,
    consultationId,
    rows.map(({ id }) => id),
  );
}
