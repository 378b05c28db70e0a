import { noteConfirmed } from '../db/mailed-proofs.ts';
import { type Db, transaction } from '../db/session.ts';

/** Confirms the link of a letter, so that its form can be sent; false when it is used, too old or unknown. */
export function confirmProof(db: Db, token: string, now: Date): Promise<boolean> {
  return transaction(db, (trx) => noteConfirmed(trx, token, now));
}
