import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** Ids of the comments of a consultation whose clause is a guess, oldest first; withdrawn ones are absent. */
export async function commentsToConfirm(db: Db, consultationId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.id from comments k join submissions s on s.id = k.submission_id
    where k.consultation_id = ${consultationId} and k.clause_from = 'guess' and s.withdrawn_at is null
    order by k.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** How many comments of a consultation that were not withdrawn have a clause that is a guess. */
export async function countGuessed(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from comments k join submissions s on s.id = k.submission_id
    where k.consultation_id = ${consultationId} and k.clause_from = 'guess' and s.withdrawn_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** A comment whose clause is a guess: the version it is on, and the clause; null for the whole draft. */
export interface GuessedClause {
  readonly draftId: number;
  readonly clauseId: number | null;
}

/** Comments of a consultation whose clause is still a guess, by id, held until the transaction ends. */
export async function holdGuessed(
  trx: Trx,
  consultationId: number,
  ids: readonly number[],
): Promise<Map<number, GuessedClause>> {
  const { rows } = await sql<GuessedClause & { id: number }>`
    select id, draft_id as "draftId", clause_id as "clauseId" from comments
    where id = any(${ids}::bigint[]) and consultation_id = ${consultationId} and clause_from = 'guess'
    order by id for update`.execute(trx);
  return new Map(rows.map(({ id, ...guessed }) => [id, guessed]));
}

/** Writes down an officer's word on a comment's clause. */
export async function confirmClause(trx: Trx, id: number, clauseId: number | null): Promise<void> {
  await trx
    .updateTable('comments')
    .set({ clause_id: clauseId, clause_from: 'officer' })
    .where('id', '=', id)
    .execute();
}

/** A submission by mail of which not everything could be kept elsewhere. */
export interface UnkeptMail {
  readonly messageId: number;
  readonly submissionId: number;
  readonly receiptNumber: string;
  readonly receivedAt: Date;
  /** How many files, or parts that could not be read. */
  readonly parts: number;
}

/** The submissions of a consultation whose message is kept beside them, oldest first. */
export async function unkeptMails(db: Db, consultationId: number): Promise<UnkeptMail[]> {
  const { rows } = await sql<UnkeptMail>`
    select m.id as "messageId", s.id as "submissionId", s.receipt_number as "receiptNumber",
      m.received_at as "receivedAt", m.unkept_files as parts
    from mail_messages m join submissions s on s.id = m.submission_id
    where m.consultation_id = ${consultationId} and m.raw is not null order by m.id`.execute(db);
  return rows;
}
