import { keepFiles } from '../../src/actions/mail-files.ts';
import { takeMessage } from '../../src/actions/take-message.ts';
import { takeMailbox } from '../../src/db/mailboxes.ts';
import type { TestSite } from '../support.ts';

/** Lets messages come to a mailbox, each taken as it is after it was fetched from there. */
export async function arrivals(
  { db, deps, clock }: TestSite,
  mailbox: string,
): Promise<(text: string) => Promise<void>> {
  await takeMailbox(db, mailbox, clock(), 0);
  const reading = { ...deps, ours: [], spam: [], leaseMs: 0, filesAlone: deps.sentences.mail.filesAlone };
  let uid = 0;
  return async (text) => {
    uid += 1;
    const raw = Buffer.from(text);
    const mail = await deps.readMessage(raw);
    const kept = mail && (await keepFiles(mail, deps.checkAttachment));
    const message = { mailbox, uidValidity: 1, uid, receivedAt: clock(), size: raw.length };
    await takeMessage(db, { ...message, raw, kept, isRead: kept !== null }, reading);
  };
}
