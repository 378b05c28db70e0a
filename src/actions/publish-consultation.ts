import { markPublished } from '../db/consultation-writes.ts';
import type { Consultation } from '../db/consultations.ts';
import { type DraftWork, draftWork, endWork, sourceOf } from '../db/draft-work.ts';
import { insertDraft } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { announcementIssues } from '../domain/announcement-issues.ts';
import { textIssues } from '../domain/announcement-text.ts';
import { type IsWorkingDay, periodIssues } from '../domain/consultation.ts';
import type { Issue } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
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
    const issues = publishingIssues(consultation, work, isWorkingDay, now);
    if (issues.length > 0 || !work) return { issues };
    const { title, draftName } = consultation.announcement;
    const source = await sourceOf(trx, input.id);
    const draft = { consultationId: input.id, title: draftName || title, source, blocks: work.blocks };
    await endWork(trx, input.id, await insertDraft(trx, draft, now));
    await markPublished(trx, input.id, input.officer.id, now);
    await writeLedger(
      trx,
      { what: 'consultationPublished', consultationId: input.id, officer: input.officer },
      now,
    );
    return { number: consultation.number };
  });
}

/** Everything that keeps a consultation from being published, for the preview's checklist. */
export function publishingIssues(
  consultation: Consultation,
  work: DraftWork | undefined,
  isWorkingDay: IsWorkingDay,
  now: Date,
): Issue[] {
  const { announcement } = consultation;
  const reasonForShortening = announcement.reasonForShortening;
  return [
    ...announcementIssues(announcement),
    ...textIssues(announcement, consultation.closesAt, work?.blocks ?? []),
    ...periodIssues({ ...consultation, reasonForShortening }, isWorkingDay, now),
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
