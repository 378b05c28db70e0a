import { type KeptMail, keepFiles } from '../actions/mail-files.ts';
import { type ArrivedMessage, type MailReading, takeMessage } from '../actions/take-message.ts';
import type { Mailbox } from '../config.ts';
import {
  giveMailboxBack,
  mailboxFailed,
  mailboxNamedSince,
  mailboxWasRead,
  type ReadingPlace,
  takeMailbox,
} from '../db/mailboxes.ts';
import type { Db } from '../db/session.ts';
import type { CheckAttachment } from '../domain/attachment.ts';
import { largestMessage, type MessageReader } from '../domain/mail.ts';
import { automaticSign } from '../domain/mail-signs.ts';
import { type Inbox, MailboxBroken, type Waiting, withInbox } from './imap.ts';

/** What reading a mailbox needs. */
export interface MailboxWork extends Omit<MailReading, 'leaseMs' | 'spam'> {
  readonly db: Db;
  readonly readMessage: MessageReader;
  readonly checkAttachment: CheckAttachment;
  /** Ends the reading between two messages. */
  readonly signal: AbortSignal;
}

const leaseMs = 5 * 60_000;
const pauseMs = 20_000;
const longestPauseMs = 15 * 60_000;
// A message that the server does not give out must not keep back those behind it for ever; it stays on the server.
const mostAttempts = 5;

/**
 * Reads what came to a mailbox, one message after the other, each stored before it is marked as read on the server;
 * nothing there is deleted or moved. One process reads at a time. A server that fails is noted for the desk, tried
 * again after 30 s, 1 min, 2 min … 15 min, and told as MailboxBroken. Gives how many messages were new.
 */
export async function readMailbox(work: MailboxWork, mailbox: Mailbox): Promise<number> {
  const { db, clock, signal } = work;
  const { address } = mailbox;
  const since = await mailboxNamedSince(db, address);
  const place = since && (await takeMailbox(db, address, clock(), leaseMs));
  if (!since || !place) return 0;
  const later = (ms: number) => new Date(clock().getTime() + ms);
  try {
    const count = await withInbox(mailbox, signal, (inbox) => readInbox(work, mailbox, inbox, place, since));
    await mailboxWasRead(db, address, clock(), later(pauseMs));
    return count;
  } catch (error) {
    if (!(error instanceof MailboxBroken) || signal.aborted) await giveMailboxBack(db, address, clock());
    else await mailboxFailed(db, address, error.failure, clock(), later(pauseAfter(place.failures)));
    if (signal.aborted) return 0;
    throw error;
  }
}

function pauseAfter(failures: number): number {
  return Math.min(longestPauseMs, 30_000 * 2 ** Math.min(failures, 10));
}

async function readInbox(
  work: MailboxWork,
  mailbox: Mailbox,
  inbox: Inbox,
  place: ReadingPlace,
  since: Date,
): Promise<number> {
  const { uidValidity } = inbox;
  const lastUid = place.uidValidity === uidValidity ? place.lastUid : 0;
  // Whoever read before may have died between storing a message and marking it.
  if (lastUid > 0) await inbox.markSeen(lastUid);
  let isStuck = place.notGivenOut >= mostAttempts;
  let count = 0;
  for (const waiting of await inbox.waiting(lastUid, since)) {
    work.signal.throwIfAborted();
    if (await readOne(work, mailbox, inbox, { ...waiting, isStuck })) count += 1;
    isStuck = false;
  }
  return count;
}

async function readOne(
  work: MailboxWork,
  { address, spam }: Mailbox,
  inbox: Inbox,
  { uid, size, receivedAt, isStuck }: Waiting & { readonly isStuck: boolean },
): Promise<boolean> {
  const raw = await inbox.fetch(uid, size > largestMessage || isStuck ? 'header' : 'whole');
  if (!raw) return false;
  const read = await partsOf(work, raw);
  work.signal.throwIfAborted();
  const isRead = read.isRead && size <= largestMessage && !isStuck;
  const arrived = { mailbox: address, uidValidity: inbox.uidValidity, uid, receivedAt, size };
  const settings = { ...work, spam, leaseMs };
  const result = await takeMessage(work.db, { ...arrived, ...read, raw, isRead }, settings);
  await inbox.markSeen(uid);
  return result !== null;
}

/** A message taken apart, or its header alone where the whole cannot be read. */
async function partsOf(work: MailboxWork, raw: Buffer): Promise<Pick<ArrivedMessage, 'kept' | 'isRead'>> {
  const kept = await keptOf(work, raw);
  if (kept) return { kept, isRead: true };
  return { kept: await keptOf(work, headerOf(raw)), isRead: false };
}

function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 4);
}

// A message that ends its reader must not do so for ever. What a program sent may wait for somebody who wants its files.
async function keptOf(work: MailboxWork, raw: Buffer): Promise<KeptMail | null> {
  const mail = await work.readMessage(raw).catch(() => null);
  if (!mail || automaticSign(mail, work.ours)) return mail && { mail, files: [], unkept: 0 };
  return keepFiles(mail, work.checkAttachment);
}
