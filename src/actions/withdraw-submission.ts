import { holdConsultation, isPublished } from '../db/consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { receiptByToken } from '../db/receipts.ts';
import { type Db, transaction } from '../db/session.ts';
import { markWithdrawn } from '../db/submissions.ts';
import { type NoWithdrawal, whyNotWithdraw } from '../domain/withdrawal.ts';

export type Withdrawal =
  | { readonly kind: 'withdrawn'; readonly at: Date }
  | { readonly kind: NoWithdrawal | 'unknownReceipt' };

/**
 * Withdraws the submission of a receipt, once: a second time gives the first time's instant. Its comments stay and are
 * counted apart. The deadline is judged by `clock` while the consultation is held.
 */
export async function withdrawSubmission(db: Db, token: string, clock: () => Date): Promise<Withdrawal> {
  return transaction(db, async (trx) => {
    const found = await receiptByToken(trx, token);
    const consultation = found && (await holdConsultation(trx, found.consultationId));
    const receipt = consultation && (await receiptByToken(trx, token));
    if (!receipt || !isPublished(consultation)) return { kind: 'unknownReceipt' };
    if (receipt.withdrawnAt) return { kind: 'withdrawn', at: receipt.withdrawnAt };
    const now = clock();
    const why = whyNotWithdraw(consultation, receipt, now);
    if (why) return { kind: why };
    await markWithdrawn(trx, receipt.id, now);
    const detail = { receiptNumber: receipt.number };
    await writeLedger(trx, { what: 'submissionWithdrawn', consultationId: consultation.id, detail }, now);
    return { kind: 'withdrawn', at: now };
  });
}
