import { setSchedule } from '../db/consultation-writes.ts';
import { draftWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { IsWorkingDay } from '../domain/consultation.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { scheduleIssues } from '../domain/lifecycle.ts';
import type { Officer } from '../domain/officer.ts';
import { missingApproval } from './approval.ts';
import { holdFor, holdUnpublished } from './hold.ts';
import { publishingIssues } from './publish-consultation.ts';

/**
 * Arranges that a consultation publishes itself at an instant (null: nothing typed, undefined: unreadable); until then
 * it is not edited. It must be complete as of then. Gives what stands in the way, or null. Throws RuleBroken `stale`,
 * `alreadyPublished`, `notAllowed`.
 */
export async function schedulePublication(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly revision: number;
    readonly publishAt: Date | null | undefined;
  },
  isWorkingDay: IsWorkingDay,
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id, publishAt } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdUnpublished(trx, officer, 'publish', input);
    const wrong = scheduleIssues(publishAt, consultation.closesAt, now);
    if (wrong.length > 0 || !publishAt) return { issues: wrong };
    const work = await draftWork(trx, id);
    const issues = [
      ...publishingIssues(consultation, work, isWorkingDay, publishAt),
      ...(await missingApproval(trx, consultation, work, officer.id)),
    ];
    if (issues.length > 0) return { issues };
    await setSchedule(trx, id, { publishAt, officerId: officer.id });
    await writeLedger(
      trx,
      { what: 'publicationScheduled', consultationId: id, officer, detail: { publishAt } },
      now,
    );
    return null;
  });
}

/**
 * Cancels what schedulePublication arranged for the time that the officer saw; nothing when nothing is. Throws
 * RuleBroken `stale` when it is arranged for another, `alreadyPublished`, `notAllowed`.
 */
export async function cancelSchedule(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly seen: Date | null },
  now: Date,
): Promise<void> {
  const { officer, id, seen } = input;
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'publish', id);
    if (consultation.publishedAt) throw new RuleBroken('alreadyPublished');
    if (!consultation.publishAt) return;
    if (consultation.publishAt.getTime() !== seen?.getTime()) throw new RuleBroken('stale');
    await setSchedule(trx, id, null);
    await writeLedger(trx, { what: 'scheduleCancelled', consultationId: id, officer }, now);
  });
}
