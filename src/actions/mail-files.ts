import type { AttachedFile, CheckAttachment } from '../domain/attachment.ts';
import type { Mail } from '../domain/mail.ts';
import { isGarbled } from '../domain/mail-words.ts';

/** What of a message can be kept as a submission, and how many of its parts cannot. */
export interface KeptMail {
  readonly mail: Mail;
  readonly files: readonly AttachedFile[];
  /** Files that are refused, and words that could not be read: they stand in the message alone. */
  readonly unkept: number;
}

/** Checks the files of a message, one after the other. */
export async function keepFiles(mail: Mail, check: CheckAttachment): Promise<KeptMail> {
  const files: AttachedFile[] = [];
  for (const { bytes, name } of mail.files) {
    // A file that ends its checker must not hold the others up.
    const checked = await check(bytes, name).catch(() => null);
    if (checked && !('refusal' in checked)) files.push(checked);
  }
  return { mail, files, unkept: mail.files.length - files.length + (isGarbled(mail) ? 1 : 0) };
}
