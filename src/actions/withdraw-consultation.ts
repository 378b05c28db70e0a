import { markStopped } from '../db/consultation-writes.ts';
import { phaseNow } from '../db/consultations.ts';
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
 * received stays, whoever left an address gets a letter, and a notice that says so is owed from now on. Gives what is wrong with the reason, or null. Throws
 * RuleBroken `notAllowed`, `notPublished`, `notWithdrawable`.
 */
export async function withdrawConsultation(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly reason: string },
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id, reason } = input;
  return transaction(db, async (trx) => {
    const phase = phaseNow(await holdFor(trx, officer, 'withdraw', id), now);
    if (phase === 'draft') throw new RuleBroken('notPublished');
    if (!isWithdrawable(phase)) throw new RuleBroken('notWithdrawable');
    const issues = withdrawalIssues(reason);
    if (issues.length > 0) return { issues };
    await markStopped(trx, id, reason, now);
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
