import { mergedCounts } from '../db/alike-rows.ts';
import type { PublishedConsultation } from '../db/consultations.ts';
import { draftDroppings } from '../db/draft-droppings.ts';
import { latestWordings } from '../db/notice-wordings.ts';
import { type NoticeState, noticeState, publishedNotice } from '../db/notices.ts';
import type { Db } from '../db/session.ts';
import { type NoticeFacts, type NoticeWords, partsOf } from '../domain/feedback-notice.ts';
import type { NoticePart } from '../domain/notice-parts.ts';
import type { Wording } from '../domain/notice-wording.ts';
import { dayOf } from '../domain/shanghai.ts';
import type { Totals } from '../domain/totals.ts';

/** What a notice says beside its numbers: the facts it is bound to, and the words officers wrote around them. */
export interface NoticeText {
  readonly facts: NoticeFacts;
  readonly wordings: readonly Wording[];
}

/** What is counted for a notice. */
export interface NoticeCounts {
  readonly totals: Totals;
  /** How many standing comments are in a group beside its first. */
  readonly grouped: number;
}

/** The same as the data have it now. */
export async function noticeText(
  db: Db,
  consultation: PublishedConsultation,
  state: NoticeState | undefined,
  counts: NoticeCounts,
): Promise<NoticeText> {
  const facts = {
    ...factsOf(consultation),
    ...kinds(counts),
    ...(await ending(db, consultation)),
  };
  const wordings = await latestWordings(db, consultation.id);
  return { facts: { ...facts, ...(await correction(db, consultation.id, state)) }, wordings };
}

/** The parts of a notice as they read now, with the words that can be edited. */
export async function currentParts(
  db: Db,
  consultation: PublishedConsultation,
  totals: Totals,
  words: NoticeWords,
): Promise<NoticePart[]> {
  const counts = { totals, grouped: (await mergedCounts(db, consultation.id)).inGroups };
  const state = await noticeState(db, consultation.id);
  const { facts, wordings } = await noticeText(db, consultation, state, counts);
  return partsOf(facts, totals, words, wordings);
}

function factsOf({ announcement, publishedAt, closesAt }: PublishedConsultation): NoticeFacts {
  const { agencyName, agencyShort, siteName, purpose, draftName, announcedOn } = announcement;
  const facts = { agencyName, agencyShort, siteName, purpose, draftName, closesAt };
  return { ...facts, publishedOn: announcedOn || dayOf(publishedAt) };
}

function kinds({ totals, grouped }: NoticeCounts): Pick<NoticeFacts, 'kinds'> {
  const standing = totals.received.comments - totals.withdrawn.comments;
  return grouped > 0 ? { kinds: standing - grouped } : {};
}

async function ending(
  db: Db,
  { id, withdrawnAt, withdrawnReason }: PublishedConsultation,
): Promise<Pick<NoticeFacts, 'stopped' | 'dropped'>> {
  const [latest] = await draftDroppings(db, id);
  return {
    ...(withdrawnAt ? { stopped: { at: withdrawnAt, reason: withdrawnReason ?? '' } } : {}),
    ...(latest?.reason ? { dropped: { reason: latest.reason } } : {}),
  };
}

async function correction(
  db: Db,
  consultationId: number,
  state: NoticeState | undefined,
): Promise<Pick<NoticeFacts, 'correction'>> {
  if (!state || state.sequence === 1 || state.publishedAt) return {};
  const corrected = await publishedNotice(db, consultationId);
  if (!corrected) throw new Error(`notice ${state.id} corrects nothing`);
  const { sequence, correction: what } = state;
  return { correction: { sequence, what, correctedOn: dayOf(corrected.publishedAt) } };
}
