import { sql } from 'kysely';
import type { MailboxFailure } from '../domain/mail.ts';
import type { Db, Trx } from './session.ts';

/** How far a mailbox was read, for whoever reads it next. */
export interface ReadingPlace {
  /** What its UIDs count for; 0 before the first reading. */
  readonly uidValidity: number;
  readonly lastUid: number;
  /** How often reading failed in a row. */
  readonly failures: number;
  /** How often the server did not give out the next message. */
  readonly notGivenOut: number;
}

/** A mailbox as the desk shows it. */
export interface MailboxState {
  readonly mailbox: string;
  readonly readAt: Date | null;
  readonly failedSince: Date | null;
  readonly failure: MailboxFailure | null;
}

/**
 * When the first consultation that names a mailbox was published: what came before is none of ours. Null while none
 * does.
 */
export async function mailboxNamedSince(db: Db, mailbox: string): Promise<Date | null> {
  const row = await db
    .selectFrom('consultations as c')
    .innerJoin('announcements as a', 'a.consultation_id', 'c.id')
    .select((eb) => eb.fn.min('c.published_at').as('since'))
    .where(sql`lower(a.mailbox)`, '=', mailbox)
    .executeTakeFirst();
  return row?.since ?? null;
}

/** Takes a mailbox for `leaseMs`, unless it is not due or somebody else has it. */
export async function takeMailbox(
  db: Db,
  mailbox: string,
  now: Date,
  leaseMs: number,
): Promise<ReadingPlace | undefined> {
  await db
    .insertInto('mailboxes')
    .values({ mailbox, due_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db
    .updateTable('mailboxes')
    .set({ due_at: new Date(now.getTime() + leaseMs) })
    .where('mailbox', '=', mailbox)
    .where('due_at', '<=', now)
    .returning([
      'uid_validity as uidValidity',
      'last_uid as lastUid',
      'failures',
      'not_given_out as notGivenOut',
    ])
    .executeTakeFirst();
}

/**
 * Notes that everything up to a message is stored, and keeps the mailbox until `leasedUntil`. A server that gave out a
 * message is failing no more.
 */
export async function saveReadingPlace(
  trx: Trx,
  place: { readonly mailbox: string; readonly uidValidity: number; readonly uid: number },
  leasedUntil: Date,
): Promise<void> {
  const { mailbox, uidValidity, uid } = place;
  await sql`
    update mailboxes set uid_validity = ${uidValidity}, due_at = ${leasedUntil},
      last_uid = case when uid_validity = ${uidValidity} then greatest(last_uid, ${uid}) else ${uid} end,
      failures = 0, not_given_out = 0, failed_since = null, failure = null
    where mailbox = ${mailbox}`.execute(trx);
}

/** Gives a mailbox back that was read to its end; it is due again at `dueAt`. */
export async function mailboxWasRead(db: Db, mailbox: string, now: Date, dueAt: Date): Promise<void> {
  await db
    .updateTable('mailboxes')
    .set({ read_at: now, due_at: dueAt, failures: 0, failed_since: null, failure: null })
    .where('mailbox', '=', mailbox)
    .execute();
}

/** Gives a mailbox back before its end; it is due again at `dueAt`. */
export async function giveMailboxBack(db: Db, mailbox: string, dueAt: Date): Promise<void> {
  await db.updateTable('mailboxes').set({ due_at: dueAt }).where('mailbox', '=', mailbox).execute();
}

/** Gives a mailbox back that could not be read; it is tried again at `dueAt`. */
export async function mailboxFailed(
  db: Db,
  mailbox: string,
  failure: MailboxFailure,
  now: Date,
  dueAt: Date,
): Promise<void> {
  await db
    .updateTable('mailboxes')
    .set({ due_at: dueAt, failure })
    .set((eb) => ({
      failures: eb('failures', '+', 1),
      not_given_out: eb('not_given_out', '+', failure === 'message' ? 1 : 0),
      failed_since: eb.fn.coalesce('failed_since', eb.val(now)),
    }))
    .where('mailbox', '=', mailbox)
    .execute();
}

/** The mailboxes among these that were ever read, or tried. */
export async function mailboxStates(db: Db, mailboxes: readonly string[]): Promise<MailboxState[]> {
  const { rows } = await sql<MailboxState>`
    select mailbox, read_at as "readAt", failed_since as "failedSince", failure
    from mailboxes where mailbox = any(${mailboxes}) order by mailbox`.execute(db);
  return rows;
}

/** The mailboxes that announcements of an agency name, in lower case. */
export async function agencyMailboxes(db: Db, agencyId: number): Promise<string[]> {
  const { rows } = await sql<{ mailbox: string }>`
    select distinct lower(a.mailbox) as mailbox from announcements a join consultations c on c.id = a.consultation_id
    where c.agency_id = ${agencyId} and a.mailbox <> '' order by 1`.execute(db);
  return rows.map(({ mailbox }) => mailbox);
}
