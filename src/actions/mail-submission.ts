import { createHash } from 'node:crypto';
import { insertAttachments } from '../db/attachments.ts';
import { type Consultation, holdConsultation } from '../db/consultations.ts';
import { type Draft, latestDraft } from '../db/drafts.ts';
import { takeBackReceipt } from '../db/letters.ts';
import { mailCandidates, receiptsSince } from '../db/mail-messages.ts';
import type { Trx } from '../db/session.ts';
import { insertSubmissions, type NewSubmission } from '../db/submissions.ts';
import { guessClause } from '../domain/clause-guess.ts';
import { looksLikeAddress } from '../domain/comment.ts';
import type { Mail, SetAside } from '../domain/mail.ts';
import { inComments, wordsOf } from '../domain/mail-words.ts';
import { isMapped } from '../domain/versions/clause.ts';
import type { KeptMail } from './mail-files.ts';
import { saltBytes, seal } from './seal.ts';

/** What taking a message needs beside the message. */
export interface MailDesk {
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
  /** Stands for the words of a message that brought files alone. */
  readonly filesAlone: string;
}

/** A message that becomes a submission. */
export interface MailToTake {
  readonly mailbox: string;
  readonly messageId: string;
  readonly digest: Buffer;
  readonly receivedAt: Date;
  readonly kept: KeptMail;
  /** False for what a program sent: a letter to it could be answered by the next one. */
  readonly getsReceipt: boolean;
}

/** The submission that a message became, or why it is none. */
export type StoredMail =
  | { readonly submissionId: number; readonly receiptNumber: string }
  | { readonly refused: Extract<SetAside, 'noConsultation' | 'tooLarge' | 'empty'> };

/**
 * Stores a message as a submission to a consultation, with its receipt; holds the consultation. Refused are a
 * consultation that takes none by this mailbox any more, and a text that is empty or longer than a submission holds.
 */
export async function storeMail(
  trx: Trx,
  consultationId: number,
  message: MailToTake,
  desk: MailDesk,
): Promise<StoredMail> {
  const { mail, files } = message.kept;
  const ground = await holdForMail(trx, consultationId, message.mailbox, desk.clock);
  if (!ground) return { refused: 'noConsultation' };
  const words = wordsOf(mail) || (mail.files.length > 0 ? desk.filesAlone : '');
  const pieces = inComments(words);
  if (!pieces) return { refused: 'tooLarge' };
  if (pieces.length === 0) return { refused: 'empty' };
  const submission = submissionOf(ground, message, pieces, desk);
  const [stored] = await insertSubmissions(trx, [submission]);
  if (!stored) throw new Error('a submission that is stored has an id');
  await insertAttachments(trx, stored.id, files, ground.now);
  if (!message.getsReceipt || (await isFlooding(trx, submission.email, ground.now)))
    await takeBackReceipt(trx, stored.id);
  return { submissionId: stored.id, receiptNumber: stored.receiptNumber };
}

interface Ground {
  readonly consultation: Consultation;
  readonly draft: Draft;
  readonly now: Date;
}

async function holdForMail(
  trx: Trx,
  id: number,
  mailbox: string,
  clock: () => Date,
): Promise<Ground | undefined> {
  const consultation = await holdConsultation(trx, id);
  const now = clock();
  const draft = await latestDraft(trx, id);
  const takes = (await mailCandidates(trx, mailbox, now)).some((candidate) => candidate.id === id);
  return consultation && draft && takes ? { consultation, draft, now } : undefined;
}

function submissionOf(
  { consultation, draft }: Ground,
  message: MailToTake,
  pieces: readonly string[],
  { random }: MailDesk,
): NewSubmission {
  const { kept, receivedAt } = message;
  const clauseId = guessIn(draft, consultation.announcement.draftName, wordsOf(kept.mail));
  const facts = {
    ...senderOf(kept.mail),
    ...({ channel: 'email', consultationNumber: consultation.number, receivedAt, postmarkedOn: '' } as const),
    comments: pieces.map(
      (text) => ({ clause: '', stance: 'other', text, proposedWording: '', quotation: null }) as const,
    ),
  };
  return {
    ...facts,
    ...seal({ ...facts, draftVersion: draft.version, attachments: kept.files }, random(saltBytes)),
    formToken: tokenOf(message),
    receiptToken: random(18).toString('base64url'),
    consultationId: consultation.id,
    draftId: draft.id,
    clauseIds: pieces.map(() => clauseId),
    clauseFrom: 'guess',
    datedAt: receivedAt,
    entered: null,
  };
}

const longestName = 200;

// Nobody asked the sender about publication: the name is not published, and the words are screened as all are.
function senderOf({ from: { name, address } }: Mail) {
  const email = looksLikeAddress(address) ? address : '';
  const whole = [...name].slice(0, longestName).join('');
  return { commenterKind: 'individual', name: whole, phone: '', email, consent: 'withoutName' } as const;
}

function guessIn(draft: Draft, draftName: string, words: string): number | null {
  const clauses = draft.clauses.filter(isMapped);
  const address = guessClause(words, { draftName, addresses: clauses.map((clause) => clause.address) });
  return clauses.find((clause) => clause.address === address)?.id ?? null;
}

/** The same message always gives the same token, so that it can be stored once only. */
function tokenOf({ mailbox, messageId, digest }: MailToTake): string {
  const key = createHash('sha256').update(`${mailbox}\n${messageId}\n`).update(digest).digest('hex');
  return `mail-${key}`;
}

// A person seldom writes more often; two programs that answer each other do.
const receiptsAnHour = 5;
const hourMs = 3_600_000;

async function isFlooding(trx: Trx, email: string, now: Date): Promise<boolean> {
  return (await receiptsSince(trx, email, new Date(now.getTime() - hourMs))) >= receiptsAnHour;
}
