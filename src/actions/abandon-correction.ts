import { writeLedger } from '../db/ledger.ts';
import { insertAbandonment } from '../db/notice-writes.ts';
import { type NoticeState, noticeState, publishedNotice } from '../db/notices.ts';
import { restorePublished } from '../db/published-dispositions.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { talliesOf } from '../db/tallies.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { totalsOf } from '../domain/tallies.ts';
import { holdFor } from './hold.ts';

/**
 * Gives up the correction that is under way, as a new row: the published notice counts as before, and each disposition
 * that was changed for the correction goes back to what that one says. `notice` is the one that the officer saw. Gives
 * how many went back. Throws RuleBroken `stale` when it was published or given up meanwhile, `noticeSigned` while it is
 * signed, `correctionNeeded` when something came in that the published notice does not count, `notAllowed`.
 */
export async function abandonCorrection(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number; readonly notice: number },
  now: Date,
): Promise<number> {
  const { officer, consultationId } = input;
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'dispose', consultationId);
    const notice = await noticeState(trx, consultationId);
    if (!isUnderWay(notice) || notice.id !== input.notice) throw new RuleBroken('stale');
    if (notice.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
    if (!(await isCounted(trx, consultationId))) throw new RuleBroken('correctionNeeded');
    await insertAbandonment(trx, { noticeId: notice.id, officerId: officer.id }, now);
    const count = await restorePublished(trx, { consultationId, officerId: officer.id }, now);
    const detail = { notice: notice.sequence, count };
    await writeLedger(trx, { what: 'correctionAbandoned', consultationId, officer, detail }, now);
    return count;
  });
}

/** True for a correction that is begun and not published. */
export function isUnderWay(notice: NoticeState | undefined): notice is NoticeState {
  return notice !== undefined && notice.sequence > 1 && notice.publishedAt === null;
}

// A comment that was entered since is owed an answer that only a correction can give.
async function isCounted(trx: Trx, consultationId: number): Promise<boolean> {
  const published = (await publishedNotice(trx, consultationId))?.notice.totals;
  const { received, late } = totalsOf(await talliesOf(trx, { consultationId }));
  return published?.received.comments === received.comments && published.late.comments === late.comments;
}
