import { sql } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import type { NoticeComment, NoticeRow } from '../domain/notice-row.ts';
import { isLate } from './late.ts';
import type { Db, Trx } from './session.ts';

/** True for a comment `k` that has a row in the table of the notice: it came in time and was not withdrawn. */
export const hasRow = sql<boolean>`(not ${isLate} and s.withdrawn_at is null)`;

/** A comment of the notice's table, with the clause it is on. */
export interface RowComment extends Omit<NoticeComment, 'alike' | 'channels' | 'clause'> {
  readonly id: number;
  readonly channel: Channel;
  /** 0 for the whole draft. */
  readonly clauseId: number;
}

/** What the rows of these comments are made of, in the order of the ids. */
export async function rowComments(db: Db, ids: readonly number[]): Promise<RowComment[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RowComment>`
    select k.id, coalesce(k.clause_id, 0) as "clauseId", coalesce(r.text, k.text) as text,
      d.outcome, coalesce(d.reason, '') as reason, coalesce(g.verdict, 'waiting') as screening,
      s.commenter_kind as "commenterKind", s.name, s.consent, s.channel
    from comments k join submissions s on s.id = k.submission_id
    left join lateral (select text from redactions where comment_id = k.id order by id desc limit 1) r on true
    left join lateral (select verdict from screenings where comment_id = k.id order by id desc limit 1) g on true
    left join lateral (select outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d
      on true
    where k.id = any(${[...ids]}::bigint[])`.execute(db);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Texts that the notice would print of comments that nobody screened, by comment id after `after`, as published. */
export async function unscreenedTexts(
  db: Db,
  consultationId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly id: number; readonly text: string }[]> {
  const { rows } = await sql<{ id: number; text: string }>`
    select k.id, coalesce(r.text, k.text) as text
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join lateral (select text from redactions where comment_id = k.id order by id desc limit 1) r on true
    where k.consultation_id = ${consultationId} and k.id > ${after} and ${hasRow} and s.consent <> 'no'
      and not exists (select from screenings where comment_id = k.id)
    order by k.id limit ${limit}`.execute(db);
  return rows;
}

/** As unscreenedTexts, of the comments that hold personal numbers and are covered in part. */
export async function coveredTexts(db: Db, consultationId: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select r.text from comments_with_numbers w join comments k on k.id = w.comment_id
      join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
      join lateral (select text from redactions where comment_id = k.id order by id desc limit 1) r on true
    where k.consultation_id = ${consultationId} and ${hasRow} and s.consent <> 'no'
      and not exists (select from screenings where comment_id = k.id)`.execute(db);
  return rows.map(({ text }) => text);
}

/** Freezes rows under the signing they belong to. */
export async function insertNoticeRows(
  trx: Trx,
  signingId: number,
  rows: readonly NoticeRow[],
): Promise<void> {
  await sql`
    insert into notice_rows (signing_id, number, clause, text, commenter, outcome, reason, alike, channels)
    select ${signingId}, number, clause, text, commenter, outcome, reason, alike, channels
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(number integer, clause text, text text, commenter text, outcome text, reason text, alike integer,
        channels jsonb)`.execute(trx);
}

/** Rows of a signed notice after the first `passed`, at most `limit`; any place costs the same. */
export async function signedRows(
  db: Db,
  signingId: number,
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<NoticeRow[]> {
  return db
    .selectFrom('notice_rows')
    .select(['number', 'clause', 'text', 'commenter', 'outcome', 'reason', 'alike', 'channels'])
    .where('signing_id', '=', signingId)
    .where('number', '>', passed)
    .where('number', '<=', passed + limit)
    .orderBy('number')
    .execute();
}

/** How many rows a signed notice has. */
export async function signedRowCount(db: Db, signingId: number): Promise<number> {
  const row = await db
    .selectFrom('notice_rows')
    .select('number')
    .where('signing_id', '=', signingId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? 0;
}
