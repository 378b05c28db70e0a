import { asideMessage, holdAsideMessage } from '../db/desk-mail.ts';
import { writeLedger } from '../db/ledger.ts';
import { messageTaken } from '../db/mail-messages.ts';
import { type Db, transaction } from '../db/session.ts';
import type { CheckAttachment } from '../domain/attachment.ts';
import { RuleBroken } from '../domain/issue.ts';
import { canBeTaken, type MessageReader } from '../domain/mail.ts';
import { automaticSign } from '../domain/mail-signs.ts';
import type { Officer } from '../domain/officer.ts';
import { openForEntering } from './enter-submission.ts';
import { holdFor } from './hold.ts';
import { keepFiles } from './mail-files.ts';
import { type MailDesk, storeMail } from './mail-submission.ts';

/** What taking a message needs that was set aside. */
export interface AcceptingDesk extends MailDesk {
  readonly readMessage: MessageReader;
  readonly checkAttachment: CheckAttachment;
}

/**
 * Makes a submission of a message that was set aside; it counts from when the mail server took it, and what a person
 * sent gets its receipt. Gives the receipt's number. Throws RuleBroken `mailNotTakeable` for one that nothing can be
 * made of, `stale` when somebody else decided or the consultation takes no more, and as enterSubmission.
 */
export async function acceptMessage(
  db: Db,
  input: { readonly officer: Officer; readonly messageId: number; readonly consultationId: number },
  desk: AcceptingDesk,
): Promise<string> {
  const { officer, messageId, consultationId } = input;
  const found = await asideMessage(db, officer.agencyId, messageId);
  if (!found) throw new RuleBroken('notAllowed');
  const mail = canBeTaken(found.reason) && found.raw ? await desk.readMessage(found.raw) : null;
  if (!mail) throw new RuleBroken('mailNotTakeable');
  const kept = await keepFiles(mail, desk.checkAttachment);
  return transaction(db, async (trx) => {
    const now = desk.clock();
    await openForEntering(trx, await holdFor(trx, officer, 'enter', consultationId), now);
    const message = await holdAsideMessage(trx, messageId);
    if (!message?.raw) throw new RuleBroken('stale');
    const getsReceipt = automaticSign(mail, []) === null;
    const stored = await storeMail(trx, consultationId, { ...message, kept, getsReceipt }, desk);
    if ('refused' in stored)
      throw new RuleBroken(stored.refused === 'noConsultation' ? 'stale' : 'mailNotTakeable');
    const { submissionId, receiptNumber } = stored;
    const decided = { by: officer.id, at: now };
    await messageTaken(trx, messageId, {
      ...{ consultationId, submissionId, decided },
      ...{ unkept: kept.unkept, raw: message.raw },
    });
    const entry = {
      what: 'mailAccepted',
      consultationId,
      officer,
      detail: { receiptNumber, messageId },
    } as const;
    await writeLedger(trx, entry, now);
    return receiptNumber;
  });
}
