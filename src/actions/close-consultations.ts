import { markClosed } from '../db/consultation-writes.ts';
import { holdConsultation } from '../db/consultations.ts';
import { consultationsToClose } from '../db/due-consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { insertNotice } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';

/**
 * Closes every consultation whose deadline is past and draws up its feedback notice, once each however many
 * processes do this at the same time, and also after a time in which none ran. Gives how many it closed.
 */
export async function closeConsultations(db: Db, now: Date): Promise<number> {
  let closed = 0;
  for (const id of await consultationsToClose(db, now)) if (await closeConsultation(db, id, now)) closed += 1;
  return closed;
}

/** Closes one consultation if its deadline is past and nobody did so before; true when it was this call. */
export async function closeConsultation(db: Db, id: number, now: Date): Promise<boolean> {
  return transaction(db, async (trx) => {
    const consultation = await holdConsultation(trx, id);
    if (!consultation?.publishedAt || consultation.closedAt || consultation.withdrawnAt) return false;
    if (!consultation.closesAt || consultation.closesAt > now) return false;
    await markClosed(trx, id, now);
    await insertNotice(trx, id, now);
    await writeLedger(trx, { what: 'consultationClosed', consultationId: id }, now);
    return true;
  });
}
