import { sql } from 'kysely';
import type { DueSubmissionLetter } from './letters.ts';
import type { Db, Trx } from './session.ts';

export const letterStates = ['waiting', 'sent', 'failed'] as const;
export type LetterState = (typeof letterStates)[number];

/** One letter of a consultation as the desk lists it. */
export interface ListedLetter {
  readonly id: number;
  readonly submissionId: number;
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

/** Where a page of letters ends: the next one begins below it. */
export type LetterPlace = Pick<ListedLetter, 'submissionId' | 'id'>;

const state = sql<LetterState>`case when l.sent_at is not null then 'sent' when l.failed_at is not null then 'failed'
  else 'waiting' end`;

/** How many letters of a consultation there are in each state. */
export async function letterCounts(db: Db, consultationId: number): Promise<Record<LetterState, number>> {
  const { rows } = await sql<{ state: LetterState; count: number }>`
    select ${state} as state, count(*)::int as count
    from submissions s join letters l on l.submission_id = s.id
    where s.consultation_id = ${consultationId} group by 1`.execute(db);
  return { waiting: 0, sent: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

/** How many letters of a consultation were set aside; cheap, whatever was sent. */
export async function failedLetters(db: Db, consultationId: number): Promise<number> {
  const { count } = await db
    .selectFrom('letters as l')
    .innerJoin('submissions as s', 's.id', 'l.submission_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('s.consultation_id', '=', consultationId)
    .where('l.failed_at', 'is not', null)
    .where('l.sent_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** At most `limit` letters of a consultation, those of the latest submissions first, below `after`. */
export async function listLetters(
  db: Db,
  consultationId: number,
  asked: { readonly state: LetterState | null; readonly after: LetterPlace | null; readonly limit: number },
): Promise<ListedLetter[]> {
  const { after } = asked;
  // Said of both tables: an index that is walked along with another's is walked from its beginning.
  const below =
    after &&
    sql`and s.id <= ${after.submissionId} and l.submission_id <= ${after.submissionId}
    and (s.id, l.id) < (${after.submissionId}, ${after.id})`;
  const { rows } = await sql<ListedLetter>`
    select l.id, s.id as "submissionId", l.kind, ${state} as state, s.receipt_number as "receiptNumber", s.email,
      l.attempts, l.created_at as "createdAt", l.due_at as "dueAt", l.sent_at as "sentAt", l.last_error as "lastError"
    from submissions s join letters l on l.submission_id = s.id
    where s.consultation_id = ${consultationId}
      ${below ?? sql``}
      ${asked.state ? sql`and ${state} = ${asked.state}` : sql``}
    order by s.id desc, l.id desc limit ${asked.limit}`.execute(db);
  return rows;
}

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
