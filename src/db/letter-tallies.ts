import { type RawBuilder, sql } from 'kysely';
import type { Db } from './session.ts';

/** How many ids of letters a segment has: letters are counted by that many, whosever they are. */
export const segmentSize = 500;

export const letterStates = ['waiting', 'sent', 'failed'] as const;
export type LetterState = (typeof letterStates)[number];

/** How many letters there are in each state. */
export type LetterCounts = Readonly<Record<LetterState, number>>;

/** How many letters of a consultation there are in each state, exact at the instant of the reading. */
export async function letterCounts(db: Db, consultationId: number): Promise<LetterCounts> {
  const { rows } = await sql<LetterCounts>`
    select coalesce(sum(n.letters - n.sent - n.failed), 0)::int as waiting, coalesce(sum(n.sent), 0)::int as sent,
      coalesce(sum(n.failed), 0)::int as failed
    from ${talliedLetters(consultationId)} n`.execute(db);
  return rows[0] ?? { waiting: 0, sent: 0, failed: 0 };
}

/** How many letters were set aside, by consultation, of those where some were; cheap, whatever was sent. */
export async function failedLettersOf(
  db: Db,
  consultationIds: readonly number[],
): Promise<Map<number, number>> {
  if (consultationIds.length === 0) return new Map();
  const ids = sql`any(${[...consultationIds]}::bigint[])`;
  const { rows } = await sql<{ id: number; count: number }>`
    select consultation_id as id, sum(failed)::int as count from (
      select consultation_id, failed from letter_tallies where consultation_id = ${ids} and failed <> 0
      union all
      select consultation_id, failed from letter_moves where consultation_id = ${ids} and failed <> 0
    ) n group by 1 having sum(failed) > 0`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/**
 * Rows to be added up of a consultation, by segment: `letters`, and how many of them were `sent` and set aside
 * (`failed`), exact in one statement. Kept tallies, what changed since they were added up, and letters in no tally yet:
 * those by the index and one by one, since no plan knows how few they are.
 */
export function talliedLetters(consultationId: number): RawBuilder<unknown> {
  return sql`(
    select segment, letters, sent, failed from letter_tallies where consultation_id = ${consultationId}
    union all
    select segment, letters, sent, failed from letter_moves where consultation_id = ${consultationId}
    union all
    select l.id / ${sql.lit(segmentSize)}, 1, 0, 0
    from letter_heads h
      cross join lateral (select id, submission_id from letters where id > h.counted_to order by id offset 0) l
      cross join lateral (select from submissions
        where id = l.submission_id and consultation_id = ${consultationId} offset 0) s)`;
}
