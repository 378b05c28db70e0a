import { isPublished, type PublishedConsultation } from '../db/consultations.ts';
import { type NoticeState, noticeState } from '../db/notices.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/** A consultation that is held, with the notice that is being worked on. */
export interface HeldNotice {
  readonly consultation: PublishedConsultation;
  readonly notice: NoticeState;
}

/**
 * Holds a consultation for work on what its notice says. Throws RuleBroken `notClosed` before it is drawn up,
 * `noticePublished` and `noticeSigned` where it is fixed, `notAllowed`.
 */
export async function holdNotice(trx: Trx, officer: Officer, consultationId: number): Promise<HeldNotice> {
  const consultation = await holdFor(trx, officer, 'dispose', consultationId);
  const notice = await noticeState(trx, consultation.id);
  if (!isPublished(consultation) || !notice) throw new RuleBroken('notClosed');
  if (notice.publishedAt) throw new RuleBroken('noticePublished');
  if (notice.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
  return { consultation, notice };
}
