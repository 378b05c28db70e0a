import { createHash } from 'node:crypto';
import { type Consultation, isPublished, type PublishedConsultation } from '../db/consultations.ts';
import { channelChecks, noticeState } from '../db/notices.ts';
import type { Db } from '../db/session.ts';
import { rowsMark, talliesOf } from '../db/tallies.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import { drawUpNotice, type Notice, type NoticeFacts, type NoticeWords } from '../domain/feedback-notice.ts';
import { RuleBroken } from '../domain/issue.ts';
import { type Blocker, blockersOf } from '../domain/notice-blockers.ts';
import { dayOf } from '../domain/shanghai.ts';
import { totalsOf } from '../domain/tallies.ts';
import { printsNumbers } from './notice-rows.ts';

/** A notice as the data have it now. Its rows are read apart (notice-rows.ts). */
export interface DrawnUp {
  readonly notice: Notice;
  /** What keeps it from being signed. */
  readonly blockers: readonly Blocker[];
  /** How many rows its table has. */
  readonly rowCount: number;
  /** A short mark of everything it says, its rows too, but for its date: that is the day of signing. */
  readonly seen: string;
}

/** The notice as the data have it now, dated today. Throws RuleBroken `notPublished`. */
export async function drawUp(
  db: Db,
  consultation: Consultation,
  words: NoticeWords,
  now: Date,
): Promise<DrawnUp> {
  if (!isPublished(consultation)) throw new RuleBroken('notPublished');
  // Read first: what changes afterwards changes the mark of the next reader.
  const mark = await rowsMark(db, consultation.id);
  const totals = totalsOf(await talliesOf(db, consultation.id));
  const notice = drawUpNotice(factsOf(consultation), totals, words, dayOf(now));
  const state = await noticeState(db, consultation.id);
  const checks = await channelChecks(db, consultation.id);
  const blockers = blockersOf({
    drawnUp: state !== undefined,
    totals,
    printsNumbers: await printsNumbers(db, consultation.id),
    openChannels: openChannels(consultation.announcement),
    checkedChannels: checks.filter((check) => check.checked).map((check) => check.channel),
  });
  const rowCount = totals.received.comments - totals.withdrawn.comments;
  return { notice, blockers, rowCount, seen: fingerprint(notice, mark) };
}

function factsOf({ announcement, publishedAt, closesAt }: PublishedConsultation): NoticeFacts {
  const { agencyName, agencyShort, siteName, purpose, draftName, announcedOn } = announcement;
  const facts = { agencyName, agencyShort, siteName, purpose, draftName, closesAt };
  return { ...facts, publishedOn: announcedOn || dayOf(publishedAt) };
}

function fingerprint({ date: _date, ...said }: Notice, rows: string): string {
  return createHash('sha256').update(JSON.stringify({ said, rows })).digest('base64url').slice(0, 22);
}
