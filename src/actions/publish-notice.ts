import { writeLedger } from '../db/ledger.ts';
import { insertPublication } from '../db/notice-writes.ts';
import { noticeState } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';
import { isAsJudged } from './judged.ts';

/**
 * Publishes the signed notice: it, every disposition and the letters appear together, and the consultation is
 * answered. `judged` is the signing that the officer saw. Throws RuleBroken `stale` when the notice was returned or
 * signed anew since, `noticeNotSigned`, `noticePublished`, `notAllowed`.
 */
export async function publishNotice(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number; readonly judged?: number },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, input.officer, 'publish', input.consultationId);
    const notice = await noticeState(trx, consultation.id);
    if (notice?.publishedAt) throw new RuleBroken('noticePublished');
    if (notice && !isAsJudged(notice, input.judged)) throw new RuleBroken('stale');
    if (notice?.signing?.verdict !== 'signed') throw new RuleBroken('noticeNotSigned');
    await insertPublication(
      trx,
      {
        consultationId: consultation.id,
        noticeId: notice.id,
        signingId: notice.signing.id,
        officerId: input.officer.id,
      },
      now,
    );
    await writeLedger(
      trx,
      { what: 'noticePublished', consultationId: consultation.id, officer: input.officer },
      now,
    );
  });
}
