import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/**
 * Letters to officers, each with what it tells beside who they are. A new one has a line here, a subject under
 * `mail.officerSubjects` in the sentences, and a template that is named in src/mail/officer-letters.ts.
 */
export interface OfficerLetterDetails {
  /** By whom, and the one-time link's token, sealed (base64). */
  readonly invitation: { readonly by: string; readonly sealedToken: string };
  /** The one-time link's token, sealed (base64); `by` is empty when they asked for it themselves. */
  readonly passwordReset: { readonly by: string; readonly sealedToken: string };
  /** What officers are reminded of: subject, text, and the consultation's title, number and id. */
  readonly reminder: {
    readonly what: string;
    readonly text: string;
    readonly title: string;
    readonly number: string;
    readonly id: string;
  };
  /** How many comments of which consultation were given to them, and by whom. */
  readonly commentsAssigned: {
    readonly title: string;
    readonly number: string;
    readonly consultationId: string;
    readonly by: string;
    readonly count: string;
  };
  /** What is to be approved, and by whom it was asked. */
  readonly approvalAsked: { readonly title: string; readonly by: string; readonly consultationId: string };
}
export type OfficerLetterKind = keyof OfficerLetterDetails;

/** A letter to an officer that is to be queued. */
export type NewOfficerLetter = {
  readonly [Kind in OfficerLetterKind]: {
    readonly kind: Kind;
    readonly officerId: number;
    readonly detail: OfficerLetterDetails[Kind];
  };
}[OfficerLetterKind];

/**
 * Queues a letter to an officer in the transaction that causes it. False, and nothing is queued, when they have no
 * e-mail address or have left the office. `detail` holds no personal data. It is sent at `dueAt`, at once unless that is said.
 */
export async function queueOfficerLetter(
  trx: Trx,
  letter: NewOfficerLetter,
  now: Date,
  dueAt: Date = now,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into letters (kind, officer_id, detail, created_at, due_at)
    select ${letter.kind}, id, ${JSON.stringify(letter.detail)}::jsonb, ${now}, ${dueAt} from officers
    where id = ${letter.officerId} and email <> '' and disabled_at is null`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** The letter that was queued last to an officer: how far it has come, and the mail server's words when it failed. */
export async function lastLetterTo(db: Db, officerId: number) {
  return db
    .selectFrom('letters')
    .select([
      'created_at as createdAt',
      'sent_at as sentAt',
      'failed_at as failedAt',
      'last_error as lastError',
    ])
    .where('officer_id', '=', officerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
