import { sql } from 'kysely';
import type { SetAside } from '../domain/mail.ts';
import type { Candidate } from '../domain/mail-sort.ts';
import { isKept } from './kept-notices.ts';
import type { Db, Trx } from './session.ts';

/** What is kept of every message, whatever becomes of it. */
export interface NewMessage {
  readonly mailbox: string;
  readonly messageId: string;
  /** SHA-256 of what stands below its header. */
  readonly digest: Buffer;
  readonly receivedAt: Date;
  /** Bytes, as it was sent. */
  readonly size: number;
}

/** What else is kept of a message that is set aside: enough to decide on it. */
export interface AsideMessage {
  readonly reason: SetAside;
  readonly consultationId: number | null;
  readonly sender: string;
  readonly subject: string;
  readonly excerpt: string;
  /** The message; its header alone where it is too large. */
  readonly raw: Buffer;
}

/**
 * Notes a message so that nobody else takes it; undefined when it is known already. Until the transaction says more
 * it counts as unreadable.
 */
export async function claimMessage(
  trx: Trx,
  message: NewMessage,
  now: Date,
): Promise<{ readonly id: number; readonly isRepeated: boolean } | undefined> {
  const row = await trx
    .insertInto('mail_messages')
    .values({
      mailbox: message.mailbox,
      message_id: message.messageId,
      digest: message.digest,
      received_at: message.receivedAt,
      stored_at: now,
      state: 'setAside',
      reason: 'unreadable',
      size: message.size,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return undefined;
  const other = await trx
    .selectFrom('mail_messages')
    .select('id')
    .where('mailbox', '=', message.mailbox)
    .where('message_id', '=', message.messageId)
    .where('id', '<>', row.id)
    .executeTakeFirst();
  return { id: row.id, isRepeated: other !== undefined };
}

/** Sets a claimed message aside, with its words, for an officer to decide on. */
export async function setMessageAside(trx: Trx, id: number, aside: AsideMessage): Promise<void> {
  const { reason, consultationId, sender, subject, excerpt, raw } = aside;
  await trx
    .updateTable('mail_messages')
    .set({ reason, consultation_id: consultationId, sender, subject, excerpt, raw })
    .where('id', '=', id)
    .execute();
}

/** Notes which submission a message became; its words leave, its bytes too unless `unkept` parts stand there alone. */
export async function messageTaken(
  trx: Trx,
  id: number,
  taken: {
    readonly consultationId: number;
    readonly submissionId: number;
    readonly unkept: number;
    readonly raw: Buffer;
    readonly decided: { readonly by: number; readonly at: Date } | null;
  },
): Promise<void> {
  await trx
    .updateTable('mail_messages')
    .set({
      state: 'taken',
      reason: null,
      consultation_id: taken.consultationId,
      submission_id: taken.submissionId,
      sender: '',
      subject: '',
      excerpt: '',
      unkept_files: taken.unkept,
      raw: taken.unkept > 0 ? taken.raw : null,
      decided_by: taken.decided?.by ?? null,
      decided_at: taken.decided?.at ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** Notes that an officer leaves messages set aside. */
export async function leaveMessageAside(trx: Trx, id: number, by: number, now: Date): Promise<void> {
  await trx
    .updateTable('mail_messages')
    .set({ decided_by: by, decided_at: now })
    .where('id', '=', id)
    .execute();
}

/**
 * The consultations that take comments by a mailbox at this instant: published, begun, not stopped, and their notice
 * not signed.
 */
export async function mailCandidates(db: Db, mailbox: string, now: Date): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select c.id, c.number, a.draft_name as "draftName", a.text
    from consultations c join announcements a on a.consultation_id = c.id
    where lower(a.mailbox) = ${mailbox} and c.published_at is not null and c.opens_at <= ${now}
      and c.withdrawn_at is null
      and coalesce((select g.verdict from feedback_notices n join notice_signings g on g.notice_id = n.id
        where n.consultation_id = c.id and ${isKept} order by n.sequence desc, g.id desc limit 1), 'none') <> 'signed'
    order by c.id`.execute(db);
  return rows;
}

/** How many receipts went to an address for messages that were stored since an instant. */
export async function receiptsSince(db: Db, address: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from mail_messages m join submissions s on s.id = m.submission_id
      join letters l on l.submission_id = s.id and l.kind = 'receipt'
    where m.stored_at > ${since} and lower(s.email) = lower(${address})`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Forgets the words and bytes of messages that an officer left aside before an instant; that they came stays known. */
export async function forgetLeftMessages(db: Db, before: Date): Promise<void> {
  await db
    .updateTable('mail_messages')
    .set({ raw: null, sender: '', subject: '', excerpt: '' })
    .where('state', '=', 'setAside')
    .where('decided_at', '<', before)
    .where('raw', 'is not', null)
    .execute();
}
