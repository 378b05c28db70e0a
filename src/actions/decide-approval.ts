import { approvalsOf, insertApproval, preparersOf } from '../db/approvals.ts';
import { draftWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { contentFingerprint } from './approval.ts';
import { holdFor } from './hold.ts';

/**
 * Approves what an approval was asked for, or returns it with a remark. `seen` is the fingerprint of the content that
 * the page showed. Throws RuleBroken `notAllowed`, `alreadyPublished`, `ownPreparation`, and `stale` when the content
 * changed or it was decided already.
 */
export async function decideApproval(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly seen: string;
    readonly step: 'approved' | 'returned';
    readonly remark: string;
  },
  now: Date,
): Promise<void> {
  const { officer, id, seen, step, remark } = input;
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'approve', id);
    if (consultation.publishedAt) throw new RuleBroken('alreadyPublished');
    const fingerprint = contentFingerprint(consultation, await draftWork(trx, id));
    const [latest] = await approvalsOf(trx, id);
    if (latest?.step !== 'asked' || latest.fingerprint !== fingerprint || fingerprint !== seen)
      throw new RuleBroken('stale');
    if ((await preparersOf(trx, id)).includes(officer.id)) throw new RuleBroken('ownPreparation');
    const decided = { consultationId: id, officerId: officer.id, step, fingerprint, remark };
    await insertApproval(trx, decided, now);
    const what = step === 'approved' ? 'approvalGiven' : 'approvalReturned';
    await writeLedger(
      trx,
      { what, consultationId: id, officer, detail: remark ? { reason: remark } : {} },
      now,
    );
  });
}
