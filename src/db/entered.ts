import { isLate } from './late.ts';
import type { Db } from './session.ts';

/** A submission that an officer entered, without its words and without who sent it. */
export interface EnteredSubmission {
  readonly id: number;
  readonly receiptNumber: string;
  readonly late: boolean;
}

/** Submissions that were entered already, by form token; unknown tokens are absent. */
export async function enteredByTokens(
  db: Db,
  formTokens: readonly string[],
): Promise<Map<string, EnteredSubmission>> {
  if (formTokens.length === 0) return new Map();
  const rows = await enteredQuery(db).where('s.form_token', 'in', formTokens).execute();
  return new Map(
    rows.map(({ form_token, receipt_number, ...row }) => [
      form_token,
      { ...row, receiptNumber: receipt_number },
    ]),
  );
}

/** A submission that was entered for a consultation, with the clauses its comments are on, or undefined. */
export async function enteredSubmission(
  db: Db,
  consultationId: number,
  id: number,
): Promise<
  | (EnteredSubmission & {
      readonly receiptToken: string;
      readonly comments: readonly { readonly id: number; readonly clause: string }[];
    })
  | undefined
> {
  const row = await enteredQuery(db)
    .select('s.receipt_token')
    .where('s.id', '=', id)
    .where('s.consultation_id', '=', consultationId)
    .where('s.entered_by', 'is not', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const comments = await db
    .selectFrom('comments as k')
    .leftJoin('clauses as l', 'l.id', 'k.clause_id')
    .select(['k.id', 'l.citation'])
    .where('k.submission_id', '=', id)
    .orderBy('k.position')
    .execute();
  return {
    id,
    receiptNumber: row.receipt_number,
    receiptToken: row.receipt_token,
    late: row.late,
    comments: comments.map((comment) => ({ id: comment.id, clause: comment.citation ?? '' })),
  };
}

/** Ids of a draft's clauses by address. */
export async function clauseIds(db: Db, draftId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('clauses')
    .select(['id', 'address'])
    .where('draft_id', '=', draftId)
    .execute();
  return new Map(rows.map(({ id, address }) => [address, id]));
}

function enteredQuery(db: Db) {
  return db
    .selectFrom('submissions as s')
    .innerJoin('consultations as c', 'c.id', 's.consultation_id')
    .select(['s.id', 's.form_token', 's.receipt_number', isLate.as('late')]);
}
