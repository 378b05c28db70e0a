import { sql } from 'kysely';
import type { Outcome } from '../domain/disposition.ts';
import type { SeenDisposition } from './dispositions.ts';
import type { Db } from './session.ts';
import { type Marked, type StandingChoice, standingComments } from './standing-comments.ts';

/** A comment that work on many is to touch, as it stands now. */
export interface ChosenComment extends SeenDisposition {
  readonly outcome: Outcome | null;
}

/** The chosen comments by id, with the mark of the set and the latest disposition of each. */
export function chosenComments(db: Db, choice: StandingChoice): Promise<Marked<ChosenComment>> {
  const columns = sql`k.id, coalesce(h.id, 0) as seen, h.outcome`;
  return standingComments(db, choice, 'disposition', columns);
}

/** The id of the latest disposition of all; 0 before the first. */
export async function latestDisposition(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from dispositions`.execute(db);
  return rows[0]?.id ?? 0;
}

/** Comments of a consultation that were decided on after a disposition, or those of `ids` among them, at most `limit`. */
export async function decidedSince(
  db: Db,
  consultationId: number,
  {
    after,
    ids,
    limit,
  }: { readonly after: number; readonly ids: readonly number[] | null; readonly limit: number },
): Promise<{ readonly id: number; readonly receiptNumber: string }[]> {
  const among = ids ? sql`k.id = any(${[...ids]}::bigint[])` : sql`true`;
  const { rows } = await sql<{ id: number; receiptNumber: string }>`
    select distinct k.id, s.receipt_number as "receiptNumber"
    from dispositions d join comments k on k.id = d.comment_id join submissions s on s.id = k.submission_id
    where d.id > ${after} and k.consultation_id = ${consultationId} and ${among}
    order by k.id limit ${limit}`.execute(db);
  return rows;
}
