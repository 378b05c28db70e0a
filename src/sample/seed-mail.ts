import { addSheet } from '../actions/add-sheet.ts';
import { takeMessage } from '../actions/take-message.ts';
import type { PublishedConsultation } from '../db/consultations.ts';
import { mailboxWasRead, takeMailbox } from '../db/mailboxes.ts';
import type { Deps } from '../deps.ts';
import { byteOrderMark, csvLine } from '../domain/csv.ts';
import type { Officer } from '../domain/officer.ts';
import { dayMs, dayOf } from '../domain/shanghai.ts';
import type { Sample, SampleMail } from './sample.ts';

/** Lets the messages of a sample come to its mailbox, at noon of the days they name. */
export async function seedMails(
  deps: Deps,
  { mails = [] }: Sample,
  consultation: PublishedConsultation,
): Promise<void> {
  const { random, sentences } = deps;
  for (const [index, mail] of mails.entries()) {
    const receivedAt = new Date(
      consultation.opensAt.getTime() + mail.daysAfterOpening * dayMs + 3 * 3_600_000,
    );
    const filesAlone = sentences.mail.filesAlone;
    const reading = { clock: () => receivedAt, random, filesAlone, ours: [], spam: [], leaseMs: 0 };
    const mailbox = consultation.announcement.mailbox.toLowerCase();
    await takeMailbox(deps.db, mailbox, receivedAt, 0);
    await takeMessage(deps.db, arrived(mail, consultation, index + 1, receivedAt), reading);
    await mailboxWasRead(deps.db, mailbox, receivedAt, receivedAt);
  }
}

function arrived(
  { from, subject, text }: SampleMail,
  { number, announcement }: PublishedConsultation,
  uid: number,
  receivedAt: Date,
) {
  const messageId = `<sample-${number}-${uid}@example.org>`;
  const head = [`Message-ID: ${messageId}`, `From: ${from.name} <${from.address}>`, `Subject: ${subject}`];
  const type = 'Content-Type: text/plain; charset=utf-8';
  const raw = Buffer.from([...head, type, '', text, ''].join('\r\n'));
  const mail = { messageId, from, subject, text, files: [], headers: [] };
  const at = { mailbox: announcement.mailbox.toLowerCase(), uidValidity: 1, uid };
  return { ...at, receivedAt, size: raw.length, raw, kept: { mail, files: [], unkept: 0 }, isRead: true };
}

/** Brings the table of a sample, to be tried once the portal runs. */
export async function seedTable(
  { db }: Deps,
  { table }: Sample,
  officer: Officer,
  { id, closesAt }: PublishedConsultation,
  now: Date,
): Promise<void> {
  if (!table) return;
  const day = dayOf(new Date(closesAt.getTime() - dayMs));
  const lines = table.rows.map((row) => csvLine(row.map((cell) => cell.replace('{{day}}', day))));
  const bytes = Buffer.from(byteOrderMark + lines.join(''));
  await addSheet(db, { officer, consultationId: id, name: table.name, bytes }, now);
}
