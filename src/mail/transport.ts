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

/** A letter that will never be delivered: the server refused it, or its address, for good. */
export class PermanentFailure extends Error {}

/** How many letters are sent at a time, and how long one may take. */
export const connections = 2;
export const longestSendMs = 120_000;

/** Sends by SMTP; 30 seconds at most for each step. */
export function smtpTransport(smtpUrl: string, from: string): MailTransport {
  const transporter = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      const signal = AbortSignal.timeout(longestSendMs);
      await transporter.sendMail({ ...message(mail, from), signal }).catch((error: SmtpError) => {
        throw isFinal(error) ? new PermanentFailure(error.message) : error;
      });
    },
    close: () => transporter.close(),
  };
}

type SmtpError = Error & { readonly permanent?: boolean; readonly command?: string };

// A server that refuses our password or our sender refuses every letter: that is mended at the desk, not by giving up.
function isFinal({ permanent, command = '' }: SmtpError): boolean {
  return permanent === true && ['RCPT TO', 'DATA'].includes(command);
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
    ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
