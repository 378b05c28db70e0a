import { awaitsApproval } from '../db/approvals.ts';
import { type PublishedConsultation, publishedConsultation } from '../db/consultations.ts';
import {
  claimLetter,
  type DueLetter,
  type DueOfficerLetter,
  letterNotSent,
  letterSent,
} from '../db/letters.ts';
import { publishedNotices } from '../db/notices.ts';
import { publishedDispositions } from '../db/published-dispositions.ts';
import { receiptByToken } from '../db/receipts.ts';
import type { Db } from '../db/session.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Sentences } from '../sentences.ts';
import { type Mail, writeLetter, writeProofLetter } from './letters.ts';
import { isToOfficer, writeOfficerLetter } from './officer-letters.ts';
import { connections, longestSendMs, type MailTransport, PermanentFailure } from './transport.ts';

// Longer than any letter is under way, so that nobody else takes it meanwhile.
const leaseMs = longestSendMs + 180_000;
const mostAttempts = 12;

/** What composing a letter needs. */
export interface Composing {
  readonly db: Db;
  readonly sentences: Sentences;
  readonly publicUrl: string;
  readonly secrets: SecretBox;
}

/** What the mail worker needs. */
export interface MailWork {
  readonly db: Db;
  readonly transport: MailTransport;
  readonly compose: (letter: DueLetter) => Promise<Mail>;
  readonly clock: () => Date;
  /** Ends a run after the letters that are under way; absent: nothing does. */
  readonly signal?: AbortSignal;
}

/** Letters that were handed over, by the instant, while the database could not be told. */
type Unnoted = Map<number, Date>;

/**
 * Makes the work of one process: each run sends every letter that is due, or those under way when it is to end, and
 * gives how many. Each is sent at least once, and exactly once unless the process dies between sending and noting it,
 * however many processes work and however often the database goes away meanwhile. A failed attempt is repeated after 10 s, 20 s, 40 s … 12 times in all.
 */
export function letterSender(work: MailWork): () => Promise<number> {
  const unnoted: Unnoted = new Map();
  return async () => {
    await noteSent(work, unnoted);
    const lanes = Array.from({ length: connections }, () => sendOneByOne(work, unnoted));
    const results = await Promise.allSettled(lanes);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
  };
}

/** Taken one at a time, a letter's lease begins when it is sent and not while it waits for others. */
async function sendOneByOne(work: MailWork, unnoted: Unnoted): Promise<number> {
  let sent = 0;
  while (!work.signal?.aborted) {
    const letter = await claimLetter(work.db, work.clock(), leaseMs);
    if (!letter) break;
    if (await sendLetter(work, letter, unnoted)) sent += 1;
  }
  return sent;
}

async function sendLetter(work: MailWork, letter: DueLetter, unnoted: Unnoted): Promise<boolean> {
  try {
    if (!letter.recipient) throw new PermanentFailure('the address was erased');
    await work.transport.send(await work.compose(letter));
  } catch (error) {
    await noteFailure(work, letter, error as Error);
    return false;
  }
  unnoted.set(letter.id, work.clock());
  await noteSent(work, unnoted);
  return true;
}

async function noteSent(work: MailWork, unnoted: Unnoted): Promise<void> {
  for (const [id, at] of unnoted) {
    await letterSent(work.db, id, at);
    unnoted.delete(id);
  }
}

/** Writes a letter from what the database says now. Throws PermanentFailure when its submission is gone. */
export async function composeLetter(work: Composing, letter: DueLetter): Promise<Mail> {
  if (letter.kind === 'proof') return writeProofLetter(letter, work.sentences, work.publicUrl);
  if (letter.kind === 'reminder') await refuseNeedless(work.db, letter);
  if (letter.kind === 'approvalAsked') await refuseDecided(work.db, letter);
  if (isToOfficer(letter)) return writeOfficerLetter(letter, work.sentences, work.publicUrl, work.secrets);
  const receipt = await receiptByToken(work.db, letter.receiptToken);
  const consultation = receipt && (await publishedConsultation(work.db, receipt.consultationNumber));
  if (!receipt || !consultation) throw new PermanentFailure('the submission of this letter is gone');
  const ids = consultation.answeredAt ? receipt.comments.map((comment) => comment.id) : [];
  const dispositions = await publishedDispositions(work.db, consultation.id, ids);
  const correction = await correctionIn(work.db, letter, consultation);
  const facts = { letter, receipt, consultation, dispositions, correction };
  return writeLetter(facts, work.sentences, work.publicUrl);
}

async function correctionIn(db: Db, { kind }: DueLetter, { id }: PublishedConsultation): Promise<string> {
  return kind === 'correction' ? ((await publishedNotices(db, id)).at(-1)?.correction ?? '') : '';
}

// It may have waited for a mail server while the consultation was answered.
async function refuseNeedless(db: Db, { detail }: DueOfficerLetter): Promise<void> {
  const consultation = await publishedConsultation(db, detail['number'] ?? '');
  if (!consultation || consultation.answeredAt || consultation.withdrawnAt)
    throw new PermanentFailure('there is nothing to remind of any more');
}

// It may have waited while the approval was given, or what it is about was published.
async function refuseDecided(db: Db, { detail }: DueOfficerLetter): Promise<void> {
  if (!(await awaitsApproval(db, Number(detail['consultationId']))))
    throw new PermanentFailure('no approval is asked for any more');
}

async function noteFailure(work: MailWork, letter: DueLetter, error: Error): Promise<void> {
  const now = work.clock();
  const final = error instanceof PermanentFailure || letter.attempts >= mostAttempts;
  const dueAt = final ? null : new Date(now.getTime() + 5_000 * 2 ** letter.attempts);
  await letterNotSent(work.db, letter.id, withoutAddresses(error.message), dueAt, now);
}

// Servers repeat the address in their answer, as they like to write it; personal data stands in submissions alone.
function withoutAddresses(message: string): string {
  const words = message.split(/([\s<>"'(),;]+)/);
  return words.map((word) => (word.includes('@') ? '(address)' : word)).join('');
}
