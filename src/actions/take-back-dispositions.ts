import { deskComment } from '../db/comments.ts';
import { countingOf, insertBatchBack, insertTakenBack, lastBatch } from '../db/disposition-batches.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForDisposing } from './hold-for-disposing.ts';

/**
 * Takes the latest disposition of a comment back: a new row says what stood before it. `seen` is its id as the officer
 * saw it. Throws RuleBroken `stale` when somebody was quicker, `notClosed`, `noticeSigned`, `notAllowed`, also where
 * there is none.
 */
export async function takeBackDisposition(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly commentId: number;
    readonly seen: number;
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId, commentId, seen } = input;
  await transaction(db, async (trx) => {
    await holdForDisposing(trx, officer, consultationId);
    const comment = await deskComment(trx, commentId);
    if (comment?.consultationId !== consultationId || seen === 0) throw new RuleBroken('notAllowed');
    if (comment.dispositionId !== seen) throw new RuleBroken('stale');
    await insertTakenBack(trx, [seen], { officerId: officer.id }, now);
    const after = (await deskComment(trx, commentId))?.outcome ?? null;
    const detail = { commentId, before: comment.outcome, after };
    await writeLedger(trx, { what: 'dispositionTakenBack', consultationId, officer, detail }, now);
  });
}

/**
 * Takes the last batch back as a whole: each of its comments gets a row that says what stood before. Those that
 * somebody decided on since stay as they are. Gives how many were taken back and how many passed over. Throws RuleBroken
 * `stale` when it is not the last batch any more or all were decided on since, `notClosed`, `noticeSigned`, `notAllowed`.
 */
export async function takeBackBatch(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number; readonly batchId: number },
  now: Date,
): Promise<{ readonly takenBack: number; readonly passedOver: number }> {
  const { officer, consultationId, batchId } = input;
  return transaction(db, async (trx) => {
    await holdForDisposing(trx, officer, consultationId);
    const last = await lastBatch(trx, consultationId);
    const counting = await countingOf(trx, batchId);
    if (last?.id !== batchId || counting.length === 0) throw new RuleBroken('stale');
    const size = counting.length;
    const by = { consultationId, batchId, size, officerId: officer.id };
    const back = await insertBatchBack(trx, by, now);
    await insertTakenBack(trx, counting, { officerId: officer.id, batchId: back }, now);
    const detail = { count: size, batchId };
    await writeLedger(trx, { what: 'batchTakenBack', consultationId, officer, detail }, now);
    return { takenBack: size, passedOver: last.size - size };
  });
}
