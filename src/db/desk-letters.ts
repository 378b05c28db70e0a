import { sql } from 'kysely';
import { type LetterState, segmentSize, talliedLetters } from './letter-tallies.ts';
import type { DueSubmissionLetter } from './letters.ts';
import type { Db, Trx } from './session.ts';

/** One letter of a consultation as the desk lists it. */
export interface ListedLetter {
  readonly id: number;
  readonly kind: DueSubmissionLetter['kind'];
  readonly state: LetterState;
  readonly receiptNumber: string;
  readonly email: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly lastError: string;
}

/**
 * At most `limit` letters of a consultation with ids below `before`, in a state or in any (null), the latest first. Only
 * the segments they stand in are read, so that any place and any state cost the same.
 */
export async function listLetters(
  db: Db,
  consultationId: number,
  asked: { readonly state: LetterState | null; readonly before: number; readonly limit: number },
): Promise<ListedLetter[]> {
  const { state, before, limit } = asked;
  const { size, condition } = state ? inState[state] : inAnyState;
  const perSegment = sql.lit(segmentSize);
  const { rows } = await sql<ListedLetter>`
    with sized as (
      select n.segment, ${size} as size, n.segment < ${before}::bigint / ${perSegment} as is_whole
      from ${talliedLetters(consultationId)} n
      where n.segment <= ${before}::bigint / ${perSegment} group by n.segment having ${size} > 0
    ), placed as (
      select segment, coalesce(sum(size) filter (where is_whole)
        over (order by segment desc rows between unbounded preceding and 1 preceding), 0) as above
      from sized
    )
    select l.id, l.kind, ${stateOf} as state, l.receipt_number as "receiptNumber", l.email,
      l.attempts, l.created_at as "createdAt", l.due_at as "dueAt", l.sent_at as "sentAt", l.last_error as "lastError"
    from placed p cross join lateral (
      select l.*, s.receipt_number, s.email from letters l join submissions s on s.id = l.submission_id
      where l.id between p.segment * ${perSegment} and p.segment * ${perSegment} + ${perSegment} - 1
        and l.id < ${before} and s.consultation_id = ${consultationId} and ${condition}
      order by l.id desc limit ${limit}) l
    where p.above < ${limit}
    order by l.id desc limit ${limit}`.execute(db);
  return rows;
}

const stateOf = sql<LetterState>`case when l.sent_at is not null then 'sent' when l.failed_at is not null then 'failed'
  else 'waiting' end`;

// How many of a segment, and which.
const inAnyState = { size: sql`sum(n.letters)`, condition: sql`true` };
const inState = {
  waiting: {
    size: sql`sum(n.letters - n.sent - n.failed)`,
    condition: sql`l.sent_at is null and l.failed_at is null`,
  },
  sent: { size: sql`sum(n.sent)`, condition: sql`l.sent_at is not null` },
  failed: { size: sql`sum(n.failed)`, condition: sql`l.sent_at is null and l.failed_at is not null` },
};

/** A letter of a consultation as the mail worker would take it, or undefined. */
export async function letterToRead(
  db: Db,
  consultationId: number,
  id: number,
): Promise<DueSubmissionLetter | undefined> {
  return (
    db
      .selectFrom('letters as l')
      .innerJoin('submissions as s', 's.id', 'l.submission_id')
      .select(['l.id', 'l.kind', 'l.attempts', 'l.created_at as createdAt'])
      .leftJoin('mail_messages as m', 'm.submission_id', 's.id')
      .select(['s.email as recipient', 's.receipt_token as receiptToken', 'm.message_id as answersTo'])
      .where('l.id', '=', id)
      .where('s.consultation_id', '=', consultationId)
      // A proof is asked for before there is a submission.
      .$narrowType<{ kind: DueSubmissionLetter['kind'] }>()
      .executeTakeFirst()
  );
}

/** Makes letters that were set aside due at `now`, with all attempts before them: one, or all (null). Gives how many. */
export async function makeDueAgain(
  trx: Trx,
  consultationId: number,
  id: number | null,
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update letters l set failed_at = null, attempts = 0, due_at = ${now}
    from submissions s
    where s.id = l.submission_id and s.consultation_id = ${consultationId}
      and l.failed_at is not null and l.sent_at is null ${id === null ? sql`` : sql`and l.id = ${id}`}`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}
