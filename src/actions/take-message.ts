import { createHash } from 'node:crypto';
import {
  claimMessage,
  mailCandidates,
  messageTaken,
  type NewMessage,
  setMessageAside,
} from '../db/mail-messages.ts';
import { saveReadingPlace } from '../db/mailboxes.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { largestMessage, type SetAside, withoutMessageId } from '../domain/mail.ts';
import type { SignSettings } from '../domain/mail-signs.ts';
import { type Sorting, sortMail } from '../domain/mail-sort.ts';
import type { KeptMail } from './mail-files.ts';
import { type MailDesk, storeMail } from './mail-submission.ts';

/** A message as the mailbox gave it. */
export interface ArrivedMessage {
  readonly mailbox: string;
  readonly uidValidity: number;
  readonly uid: number;
  /** When the mail server took it. */
  readonly receivedAt: Date;
  /** Bytes, as it was sent. */
  readonly size: number;
  /** Its header alone where it is too large, or was not given out. */
  readonly raw: Buffer;
  /** Null when not even its header could be read. */
  readonly kept: KeptMail | null;
  /** False where its header alone was read. */
  readonly isRead: boolean;
}

/** How messages are sorted, and how long the mailbox stays with its reader after each. */
export interface MailReading extends MailDesk, SignSettings {
  readonly leaseMs: number;
}

/**
 * Stores a message once: as a submission, or set aside with its bytes. In the same transaction the mailbox moves on
 * behind it, so that whoever dies at whatever moment neither loses nor doubles it. Gives what became of it, or null
 * when it was known.
 */
export async function takeMessage(
  db: Db,
  message: ArrivedMessage,
  reading: MailReading,
): Promise<'taken' | SetAside | null> {
  return transaction(db, async (trx) => {
    const now = reading.clock();
    await saveReadingPlace(trx, message, new Date(now.getTime() + reading.leaseMs));
    const identity = identityOf(message, now);
    const claimed = await claimMessage(trx, identity, now);
    if (!claimed) return null;
    const sorting = await sort(trx, message, claimed.isRepeated, reading);
    const { reason, consultationId } = await store(
      trx,
      { ...message, ...identity, ...sorting },
      claimed.id,
      reading,
    );
    if (reason)
      await setMessageAside(trx, claimed.id, { ...wordsToDecideOn(message), reason, consultationId });
    return reason ?? 'taken';
  });
}

/** What a message is known by; one without a usable Message-ID goes by its bytes. */
function identityOf(message: ArrivedMessage, now: Date): NewMessage {
  const { mailbox, kept, raw, size } = message;
  const id = kept?.mail.messageId ?? '';
  const messageId = id !== '' && id.length <= 500 ? id : `<${sha256(raw).toString('hex')}${withoutMessageId}`;
  const receivedAt = message.receivedAt < now ? message.receivedAt : now;
  return { mailbox, messageId, digest: sha256(bodyOf(raw)), size, receivedAt };
}

function bodyOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(end);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

async function sort(
  trx: Trx,
  { mailbox, kept, isRead, size }: ArrivedMessage,
  isRepeated: boolean,
  reading: MailReading,
): Promise<Sorting> {
  if (!kept) return { consultationId: null, reason: 'unreadable' };
  const sorting = sortMail(kept.mail, await mailCandidates(trx, mailbox, reading.clock()), reading);
  if (!isRead) return { ...sorting, reason: size > largestMessage ? 'tooLarge' : 'unreadable' };
  return { ...sorting, reason: sorting.reason ?? (isRepeated ? 'repeated' : null) };
}

/** Makes a submission of a message that nothing speaks against; gives what does, after all. */
async function store(
  trx: Trx,
  message: ArrivedMessage & NewMessage & Sorting,
  id: number,
  reading: MailReading,
): Promise<Sorting> {
  const { kept, consultationId, reason, raw } = message;
  if (reason || !kept || consultationId === null) return { reason, consultationId };
  const result = await storeMail(trx, consultationId, { ...message, kept, getsReceipt: true }, reading);
  if ('refused' in result) return { reason: result.refused, consultationId };
  const { submissionId } = result;
  await messageTaken(trx, id, { consultationId, submissionId, unkept: kept.unkept, raw, decided: null });
  return { reason: null, consultationId };
}

const longestExcerpt = 1_000;

function wordsToDecideOn({ kept, raw }: ArrivedMessage) {
  if (!kept) return { sender: '', subject: '', excerpt: '', raw };
  const { mail } = kept;
  const { name, address } = mail.from;
  const excerpt = [...mail.text.slice(0, 2 * longestExcerpt)].slice(0, longestExcerpt).join('');
  return { sender: [name, address && `<${address}>`].join(' ').trim(), subject: mail.subject, excerpt, raw };
}
