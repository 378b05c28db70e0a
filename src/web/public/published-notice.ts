import type { PublishedConsultation } from '../../db/consultations.ts';
import { signedRows } from '../../db/notice-rows.ts';
import { publishedNotice } from '../../db/notices.ts';
import type { Notice } from '../../domain/feedback-notice.ts';
import type { NoticeRow } from '../../domain/notice-row.ts';
import type { Site } from '../site.ts';
import { noticeLetter } from './letter.ts';
import { olderNotices } from './notice-links.ts';
import { rowsOnPage, rowViews } from './outcome-rows.ts';
import type { Link, NoticeView } from './shapes.ts';

/** The newest published notice on the page of its consultation. */
export interface PublishedNoticeView {
  /** With the first rows of its table. */
  readonly notice: NoticeView;
  readonly rowCount: number;
  /** Where the other rows are; empty for none. */
  readonly moreTo: string;
  /** Those that it corrects, oldest first. */
  readonly older: readonly Link[];
}

/** The same, or undefined while none is published. */
export async function publishedNoticeView(
  site: Site,
  consultation: PublishedConsultation,
): Promise<PublishedNoticeView | undefined> {
  const published = await publishedNotice(site.db, consultation.id);
  if (!published) return undefined;
  const { notice, signingId, rowCount, sequence } = published;
  const rows = await signedRows(site.db, signingId, { passed: 0, limit: rowsOnPage });
  return {
    notice: noticeView(notice, rows),
    rowCount,
    moreTo: rowCount > rows.length ? `/consultations/${consultation.number}/outcomes?page=2` : '',
    older: await olderNotices(site, consultation, sequence),
  };
}

/** A notice as pages and sheets show it, with some rows of its table. */
export function noticeView(notice: Notice, rows: readonly NoticeRow[]): NoticeView {
  return { ...noticeLetter(notice), rows: rowViews(rows) };
}
