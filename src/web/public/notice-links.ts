import type { PublishedConsultation } from '../../db/consultations.ts';
import { publishedNotices } from '../../db/notices.ts';
import { fill } from '../../domain/fill.ts';
import { officialDayOf } from '../../domain/shanghai.ts';
import type { Site } from '../site.ts';
import type { Link } from './shapes.ts';

/** The published notices of a consultation before the one with this number, oldest first, each at its own address. */
export async function olderNotices(
  { db, sentences }: Site,
  { id, number }: PublishedConsultation,
  sequence: number,
): Promise<Link[]> {
  const published = await publishedNotices(db, id);
  return published
    .filter((notice) => notice.sequence < sequence)
    .map((notice) => ({
      to: noticeAt(number, notice.sequence),
      text: fill(sentences.noticeNumbered, {
        sequence: notice.sequence,
        day: officialDayOf(notice.publishedAt),
      }),
    }));
}

/** The address of a published notice that stays when a later one corrects it. */
export function noticeAt(number: string, sequence: number): string {
  return `/consultations/${number}/notices/${sequence}`;
}
