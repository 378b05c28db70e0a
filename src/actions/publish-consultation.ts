import { markPublished } from '../db/consultation-writes.ts';
import type { Consultation } from '../db/consultations.ts';
import { type DraftWork, draftWork, endWork, sourceOf } from '../db/draft-work.ts';
import { insertDraft } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { announcementIssues } from '../domain/announcement-issues.ts';
import { textIssues } from '../domain/announcement-text.ts';
import { type IsWorkingDay, periodIssues } from '../domain/consultation.ts';
import type { Issue } from '../domain/issue.ts';
import type { Actor, Officer } from '../domain/officer.ts';
import { missingApproval } from './approval.ts';
import { holdUnpublished } from './hold.ts';

/**
 * Publishes a consultation: from now on announcement and draft are fixed. Gives what still stands in its way, or its
 * number. A start that is past becomes now. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function publishConsultation(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly revision: number },
  isWorkingDay: IsWorkingDay,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly number: string }> {
  return transaction(db, async (trx) => {
    const consultation = await holdUnpublished(trx, input.officer, 'publish', input);
    const work = await draftWork(trx, input.id);
    const issues = [
      ...publishingIssues(consultation, work, isWorkingDay, now),
      ...(await missingApproval(trx, consultation, work, input.officer.id)),
    ];
    if (issues.length > 0 || !work) return { issues };
    await publishHeld(trx, consultation, work, input.officer, now);
    return { number: consultation.number };
  });
}

/** Publishes a consultation that is held and judged. */
export async function publishHeld(
  trx: Trx,
  { id, announcement }: Consultation,
  work: DraftWork,
  officer: Actor,
  now: Date,
): Promise<void> {
  const source = await sourceOf(trx, id);
  const title = announcement.draftName || announcement.title;
  const draft = { consultationId: id, title, source, blocks: work.blocks };
  await endWork(trx, id, await insertDraft(trx, draft, now));
  await markPublished(trx, id, officer.id, now);
  await writeLedger(trx, { what: 'consultationPublished', consultationId: id, officer }, now);
}

/** Everything that keeps a consultation from being published at `now`, but for an approval; a start that is past is now. */
export function publishingIssues(
  consultation: Consultation,
  work: DraftWork | undefined,
  isWorkingDay: IsWorkingDay,
  now: Date,
): Issue[] {
  const { announcement } = consultation;
  const reasonForShortening = announcement.reasonForShortening;
  const opensAt = consultation.opensAt && new Date(Math.max(consultation.opensAt.getTime(), now.getTime()));
  return [
    ...announcementIssues(announcement),
    ...textIssues(announcement, consultation.closesAt, work?.blocks ?? []),
    ...periodIssues({ ...consultation, opensAt, reasonForShortening }, isWorkingDay, now),
    ...workIssues(work),
  ];
}

/** What keeps a working draft from being published: nothing to comment on, or an import that is still being read. */
export function workIssues(work: DraftWork | undefined): Issue[] {
  const isRead = work?.imports.every(({ state }) => state !== 'waiting' && state !== 'reading') ?? true;
  const hasClause = work?.blocks.some(({ kind }) => kind === 'clause' || kind === 'paragraph');
  return [
    ...(hasClause ? [] : [{ field: 'source', key: 'noClause' }]),
    ...(isRead ? [] : [{ field: 'source', key: 'importsUnread' }]),
  ];
}
