import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import nodemailer from 'nodemailer';
import type { Mail } from './letters.ts';

/** Hands letters over; `send` throws PermanentFailure for what no further attempt can mend. */
export interface MailTransport {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** A letter that will never be delivered: the server refused the address for good. */
export class PermanentFailure extends Error {}

/** Sends by SMTP; two connections, 30 seconds at most for each step. */
export function smtpTransport(smtpUrl: string, from: string): MailTransport {
  const transporter = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      await transporter.sendMail(message(mail, from)).catch((error: Error & { responseCode?: number }) => {
        throw (error.responseCode ?? 0) >= 500 ? new PermanentFailure(error.message) : error;
      });
    },
    close: () => transporter.close(),
  };
}

/** Without SMTP, letters land as `.eml` files in a folder; the same letter twice gives one file. */
export function folderTransport(folder: string, from: string): MailTransport {
  const transporter = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(mail) {
      const { message: bytes } = await transporter.sendMail(message(mail, from));
      await mkdir(folder, { recursive: true });
      const file = path.join(
        folder,
        `${createHash('sha256').update(mail.messageId).digest('hex').slice(0, 16)}.eml`,
      );
      await writeFile(`${file}.part`, bytes as Buffer);
      await rename(`${file}.part`, file);
    },
    close: () => transporter.close(),
  };
}

function message(mail: Mail, from: string) {
  return {
    from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
