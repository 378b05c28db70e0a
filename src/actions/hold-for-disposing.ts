import type { Consultation } from '../db/consultations.ts';
import { noticeState } from '../db/notices.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Holds a consultation whose comments may be disposed of. Throws RuleBroken `notClosed` before the closing,
 * `noticeSigned` once the notice is signed, `notAllowed`.
 */
export async function holdForDisposing(trx: Trx, officer: Officer, id: number): Promise<Consultation> {
  const consultation = await holdFor(trx, officer, 'dispose', id);
  if (!consultation.closedAt) throw new RuleBroken('notClosed');
  const notice = await noticeState(trx, id);
  if (notice?.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
  return consultation;
}
