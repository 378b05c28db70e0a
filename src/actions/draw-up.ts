import { createHash } from 'node:crypto';
import { type DeskComment, deskComments } from '../db/comments.ts';
import { type Consultation, isPublished } from '../db/consultations.ts';
import { channelChecks, noticeState } from '../db/notices.ts';
import { publishedWordsOf } from '../db/published-comments.ts';
import type { Db } from '../db/session.ts';
import { type Version, versionsOf } from '../db/versions.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import {
  drawUpNotice,
  fill,
  isPrinted,
  type Notice,
  type NoticeComment,
  type NoticeFacts,
  type NoticeWords,
} from '../domain/feedback-notice.ts';
import { RuleBroken } from '../domain/issue.ts';
import { type Blocker, blockersOf } from '../domain/notice-blockers.ts';
import { personalNumbers } from '../domain/personal-numbers.ts';
import { dayOf } from '../domain/shanghai.ts';

/** The notice as the data have it now, dated today, and what keeps it from being signed. */
export async function drawUp(
  db: Db,
  consultation: Consultation,
  words: NoticeWords,
  now: Date,
): Promise<{ readonly notice: Notice; readonly blockers: Blocker[] }> {
  const facts = await noticeFacts(db, consultation, words);
  const notice = drawUpNotice(facts, words, dayOf(now));
  const state = await noticeState(db, consultation.id);
  const checks = await channelChecks(db, consultation.id);
  const blockers = blockersOf({
    drawnUp: state !== undefined,
    totals: notice.totals,
    printsNumbers: facts.comments.some(printsNumbers),
    openChannels: openChannels(consultation.announcement),
    checkedChannels: checks.filter((check) => check.checked).map((check) => check.channel),
  });
  return { notice, blockers };
}

function printsNumbers(comment: NoticeComment): boolean {
  return isPrinted(comment) && comment.screening === 'waiting' && personalNumbers(comment.text).length > 0;
}

async function noticeFacts(db: Db, consultation: Consultation, words: NoticeWords): Promise<NoticeFacts> {
  if (!isPublished(consultation)) throw new RuleBroken('notPublished');
  const { announcement } = consultation;
  const comments = await deskComments(db, consultation.id);
  const published = await publishedWordsOf(db, consultation.id);
  const nameOf = clauseNamer(await versionsOf(db, consultation.id), words);
  return {
    agencyName: announcement.agencyName,
    agencyShort: announcement.agencyShort,
    siteName: announcement.siteName,
    purpose: announcement.purpose,
    draftName: announcement.draftName,
    publishedOn: announcement.announcedOn || dayOf(consultation.publishedAt),
    closesAt: consultation.closesAt,
    comments: comments.map((comment) => ({
      ...comment,
      clause: nameOf(comment),
      text: published.redacted.get(comment.id) ?? comment.text,
      screening: published.verdicts.get(comment.id) ?? 'waiting',
    })),
  };
}

// A clause is cited as it was when the comment was made; where there are several versions, with its own.
function clauseNamer(versions: readonly Version[], words: NoticeWords): (comment: DeskComment) => string {
  const byId = new Map(versions.map(({ id, version }) => [id, version]));
  return ({ clauseLabel: clause, draftId }) =>
    versions.length > 1 && clause
      ? fill(words.clauseOfVersion, { clause, version: byId.get(draftId) ?? 1 })
      : clause;
}

/** A short mark of everything a notice says, but for its date: that is the day of signing. */
export function fingerprint({ date: _date, ...said }: Notice): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22);
}
