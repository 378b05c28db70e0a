import type { Consultation } from '../../db/consultations.ts';
import { fill } from '../../domain/feedback-notice.ts';
import { readPaste } from '../../domain/parse/paste.ts';
import type { Sentences } from '../../sentences.ts';

const compared = ['closesAt', 'mailbox', 'phone', 'fax', 'contactPerson'] as const;

/** What the announcement's own text says otherwise than its fields, each as a sentence with the words of the text. */
export function disagreementsOf(
  { announcement, closesAt }: Consultation,
  { announcementFields, desk }: Sentences,
): string[] {
  const { fields } = readPaste(announcement.text).announcement;
  return compared.flatMap((field) => {
    const found = fields[field];
    if (!found) return [];
    const agrees =
      field === 'closesAt'
        ? new Date(found.value).getTime() === closesAt?.getTime()
        : found.value === announcement[field];
    return agrees ? [] : [fill(desk.disagrees, { label: announcementFields[field], words: found.words })];
  });
}
