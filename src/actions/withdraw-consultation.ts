import { markClosed, markStopped } from '../db/consultation-writes.ts';
import { type Consultation, phaseNow } from '../db/consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { queueWithdrawalLetters } from '../db/letters.ts';
import { insertNotice } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { isWithdrawable, withdrawalIssues } from '../domain/lifecycle.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Stops a published consultation that is not answered yet, for good, with a reason that the public reads. What was
 * received stays, whoever left an address gets a letter, and a notice that says so is owed from now on. `was` is the end
 * of the period that the officer saw. Gives what is wrong with the reason, or null. Throws RuleBroken `stale` when it
 * was extended or stopped meanwhile, `notAllowed`, `notPublished`, `notWithdrawable`.
 */
export async function withdrawConsultation(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly reason: string;
    readonly was?: Date | null;
  },
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id, reason } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'withdraw', id);
    const phase = phaseNow(consultation, now);
    if (phase === 'draft') throw new RuleBroken('notPublished');
    if (isOtherwise(consultation, input.was)) throw new RuleBroken('stale');
    if (!isWithdrawable(phase)) throw new RuleBroken('notWithdrawable');
    const issues = withdrawalIssues(reason);
    if (issues.length > 0) return { issues };
    await markStopped(trx, id, reason, now);
    // What was received is answered like after a closing, and nothing more comes in by itself.
    if (!consultation.closedAt) await markClosed(trx, id, now);
    await insertNotice(trx, id, now);
    await queueWithdrawalLetters(trx, id, now);
    await writeLedger(
      trx,
      { what: 'consultationWithdrawn', consultationId: id, officer, detail: { reason } },
      now,
    );
    return null;
  });
}

function isOtherwise({ closesAt, withdrawnAt }: Consultation, was: Date | null | undefined): boolean {
  return was !== undefined && (withdrawnAt !== null || closesAt?.getTime() !== was?.getTime());
}
