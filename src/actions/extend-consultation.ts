import { isPublished, phaseNow } from '../db/consultations.ts';
import { insertExtension } from '../db/extensions.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { extensionIssues, isExtendable } from '../domain/lifecycle.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Extends the period of a consultation, for the very next form that arrives. Whether it is still running is judged by
 * `clock` while it is held: of an extension and the closing, the first to hold it wins. `was` is the end that the page
 * showed (null: none). Gives what is wrong with the wish, or null. Throws RuleBroken `notAllowed`, `notPublished`,
 * `alreadyClosed`, `stale`.
 */
export async function extendConsultation(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly was: Date | null;
    readonly closesAt: Date | null | undefined;
    readonly reason: string;
  },
  clock: () => Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id, was, closesAt, reason } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'extend', id);
    const now = clock();
    if (!isPublished(consultation)) throw new RuleBroken('notPublished');
    if (consultation.closedAt || !isExtendable(phaseNow(consultation, now)))
      throw new RuleBroken('alreadyClosed');
    if (consultation.closesAt.getTime() !== was?.getTime()) throw new RuleBroken('stale');
    const issues = extensionIssues(consultation, closesAt, reason);
    if (issues.length > 0 || !closesAt) return { issues };
    const moved = { oldClosesAt: consultation.closesAt, newClosesAt: closesAt };
    await insertExtension(trx, { consultationId: id, officerId: officer.id, reason, ...moved }, now);
    const detail = { extendedFrom: moved.oldClosesAt, extendedTo: moved.newClosesAt };
    await writeLedger(trx, { what: 'consultationExtended', consultationId: id, officer, detail }, now);
    return null;
  });
}
