import { publishedConsultation } from '../db/consultations.ts';
import { latestDispositions } from '../db/dispositions.ts';
import { claimLetters, type DueLetter, letterNotSent, letterSent } from '../db/letters.ts';
import { receiptByToken } from '../db/receipts.ts';
import type { Db } from '../db/session.ts';
import type { Sentences } from '../sentences.ts';
import { type Mail, writeLetter, writeProofLetter } from './letters.ts';
import { type MailTransport, PermanentFailure } from './transport.ts';

const leaseMs = 120_000;
const batchSize = 10;
const mostAttempts = 12;

/** What the mail worker needs. */
export interface MailWork {
  readonly db: Db;
  readonly transport: MailTransport;
  readonly sentences: Sentences;
  readonly publicUrl: string;
  readonly clock: () => Date;
}

/**
 * Sends every letter that is due, each at least once and in the ordinary case exactly once, also with several
 * workers. A failed attempt is repeated after 10 s, 20 s, 40 s … up to 12 times. Gives how many were sent.
 */
export async function sendDueLetters(work: MailWork): Promise<number> {
  let sent = 0;
  for (;;) {
    const letters = await claimLetters(work.db, work.clock(), leaseMs, batchSize);
    for (const letter of letters) if (await sendLetter(work, letter)) sent += 1;
    if (letters.length < batchSize) return sent;
  }
}

async function sendLetter(work: MailWork, letter: DueLetter): Promise<boolean> {
  try {
    await work.transport.send(await compose(work, letter));
  } catch (error) {
    await noteFailure(work, letter, error as Error);
    return false;
  }
  await letterSent(work.db, letter.id, work.clock());
  return true;
}

async function compose(work: MailWork, letter: DueLetter): Promise<Mail> {
  if (letter.kind === 'proof') return writeProofLetter(letter, work.sentences, work.publicUrl);
  const receipt = await receiptByToken(work.db, letter.receiptToken);
  const consultation = receipt && (await publishedConsultation(work.db, receipt.consultationNumber));
  if (!receipt || !consultation) throw new PermanentFailure('the submission of this letter is gone');
  const ids = consultation.answeredAt ? receipt.comments.map((comment) => comment.id) : [];
  const dispositions = await latestDispositions(work.db, ids);
  return writeLetter({ letter, receipt, consultation, dispositions }, work.sentences, work.publicUrl);
}

async function noteFailure(work: MailWork, letter: DueLetter, error: Error): Promise<void> {
  const now = work.clock();
  const final = error instanceof PermanentFailure || letter.attempts >= mostAttempts;
  const dueAt = final ? null : new Date(now.getTime() + 5_000 * 2 ** letter.attempts);
  await letterNotSent(work.db, letter.id, withoutAddress(error.message, letter.recipient), dueAt, now);
}

// Servers repeat the address in their answer; personal data stands in submissions alone.
function withoutAddress(message: string, address: string): string {
  return message.split(address).join('(address)');
}
