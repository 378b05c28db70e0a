import { sql } from 'kysely';
import type { OfficerLetterKind } from './officer-letters.ts';
import type { Db, Trx } from './session.ts';

export type LetterKind = 'receipt' | 'answer' | 'correction' | 'withdrawal' | 'proof' | OfficerLetterKind;

/** A letter that is due, with the address from its submission, its proof or its officer. */
export type DueLetter = DueSubmissionLetter | DueProofLetter | DueOfficerLetter;

interface Due {
  readonly id: number;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly recipient: string;
}

export interface DueSubmissionLetter extends Due {
  readonly kind: Exclude<LetterKind, 'proof' | OfficerLetterKind>;
  readonly receiptToken: string;
  /** Message-ID of the mail that it answers; null where the submission came another way. */
  readonly answersTo: string | null;
}

export interface DueProofLetter extends Due {
  readonly kind: 'proof';
  readonly proofToken: string;
  readonly code: string;
}

export interface DueOfficerLetter extends Due {
  readonly kind: OfficerLetterKind;
  /** What the letter tells beside who they are. */
  readonly detail: Readonly<Record<string, string>>;
  readonly officerName: string;
  readonly login: string;
  readonly agencyName: string;
}

/**
 * Takes the letter that is due longest for `leaseMs`, proofs first, then those to officers, since somebody waits for
 * them; no other worker gets it meanwhile. Counts the attempt.
 */
export async function claimLetter(db: Db, now: Date, leaseMs: number): Promise<DueLetter | undefined> {
  const longestDue = sql`sent_at is null and failed_at is null and due_at <= ${now}
    and (locked_until is null or locked_until <= ${now}) order by due_at, id limit 1 for update skip locked`;
  const { rows } = await sql<DueLetter>`
    with claimed as (
      update letters set locked_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
      where id = coalesce(
        (select id from letters where captcha_id is not null and ${longestDue}),
        (select id from letters where officer_id is not null and ${longestDue}),
        (select id from letters where ${longestDue}))
      returning id, kind, attempts, created_at, submission_id, captcha_id, officer_id, detail
    )
    select claimed.id, claimed.kind, claimed.attempts, claimed.created_at as "createdAt",
      coalesce(s.email, p.email, case when o.disabled_at is null then o.email else '' end) as recipient, s.receipt_token as "receiptToken",
      m.message_id as "answersTo", p.token as "proofToken", p.code,
      claimed.detail, o.name as "officerName", o.login, g.name as "agencyName"
    from claimed left join submissions s on s.id = claimed.submission_id
      left join mail_messages m on m.submission_id = s.id
      left join mailed_proofs p on p.captcha_id = claimed.captcha_id
      left join officers o on o.id = claimed.officer_id left join agencies g on g.id = o.agency_id`.execute(
    db,
  );
  return rows[0];
}

/** Notes that a letter was handed over. */
export async function letterSent(db: Db, id: number, now: Date): Promise<void> {
  await db
    .updateTable('letters')
    .set({ sent_at: now, locked_until: null, last_error: '' })
    .where('id', '=', id)
    .execute();
}

/** Notes a failed attempt: tried again at `dueAt`, or set aside for good when `dueAt` is null. */
export async function letterNotSent(
  db: Db,
  id: number,
  error: string,
  dueAt: Date | null,
  now: Date,
): Promise<void> {
  await db
    .updateTable('letters')
    .set({
      locked_until: null,
      last_error: error.slice(0, 500),
      ...(dueAt ? { due_at: dueAt } : { failed_at: now }),
    })
    .where('id', '=', id)
    .execute();
}

/** Queues a letter that a consultation was stopped, to everybody who sent something, left an address and did not withdraw it. */
export async function queueWithdrawalLetters(trx: Trx, consultationId: number, now: Date): Promise<void> {
  await sql`
    insert into letters (kind, submission_id, created_at, due_at)
    select 'withdrawal', id, ${now}, ${now} from submissions
    where consultation_id = ${consultationId} and email <> '' and withdrawn_at is null`.execute(trx);
}

/** Takes the receipt back that was queued in this transaction. */
export async function takeBackReceipt(trx: Trx, submissionId: number): Promise<void> {
  await trx
    .deleteFrom('letters')
    .where('submission_id', '=', submissionId)
    .where('kind', '=', 'receipt')
    .execute();
}
