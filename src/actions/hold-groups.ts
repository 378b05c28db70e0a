import type { Consultation } from '../db/consultations.ts';
import { noticeState } from '../db/notices.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/** Holds a consultation for work on its groups. Throws RuleBroken `notAllowed`, or `noticeSigned`. */
export async function holdForGroups(trx: Trx, officer: Officer, id: number): Promise<Consultation> {
  const consultation = await holdFor(trx, officer, 'group', id);
  const notice = await noticeState(trx, id);
  if (notice?.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
  return consultation;
}
