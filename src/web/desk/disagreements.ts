import type { Consultation } from '../../db/consultations.ts';
import { namesDay, statedIn } from '../../domain/announcement-text.ts';
import { fill } from '../../domain/fill.ts';
import type { Sentences } from '../../sentences.ts';

const compared = ['closesAt', 'mailbox', 'phone', 'fax', 'contactPerson'] as const;

/**
 * What the announcement's own text says otherwise than its fields, each as a sentence with the words of the text; but
 * for another day of closing, which is refused.
 */
export function disagreementsOf(
  { announcement, closesAt }: Consultation,
  { announcementFields, desk }: Sentences,
): string[] {
  const fields = statedIn(announcement.text);
  return compared.flatMap((field) => {
    const found = fields[field];
    if (!found) return [];
    const agrees =
      field === 'closesAt'
        ? namesDay(found.words) || new Date(found.value).getTime() === closesAt?.getTime()
        : found.value === announcement[field];
    return agrees ? [] : [fill(desk.disagrees, { label: announcementFields[field], words: found.words })];
  });
}
