import { insertBatch } from '../db/disposition-batches.ts';
import { insertDispositions, type SeenDisposition, seeAgain } from '../db/dispositions.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Disposition } from '../domain/disposition.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForDisposing } from './hold-for-disposing.ts';

/** What became of comments that were to be disposed of together: how many were, or those that stood in the way. */
export type DisposedTogether =
  | { readonly disposed: number }
  /** Ids of those that somebody decided on after they were seen; nothing was done. */
  | { readonly changed: readonly number[] };

/**
 * Gives many comments one disposition, all or none, as one batch with one entry in the ledger; the latest one of each
 * counts. Throws RuleBroken `notClosed`, `noticeSigned`, `notAllowed`, also when there is none, or one was withdrawn,
 * came late or is of another consultation.
 */
export async function disposeOfComments(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly comments: readonly SeenDisposition[];
    readonly disposition: Disposition;
    /** What the form that asked for it is known by. */
    readonly form?: string;
  },
  now: Date,
): Promise<DisposedTogether> {
  const { officer, consultationId, comments, disposition, form } = input;
  return transaction(db, async (trx) => {
    await holdForDisposing(trx, officer, consultationId);
    const { strange, changed, disposed: replaced } = await seeAgain(trx, consultationId, comments);
    if (strange.length > 0 || comments.length === 0) throw new RuleBroken('notAllowed');
    if (changed.length > 0) return { changed };
    const ids = [...new Set(comments.map(({ id }) => id))];
    const size = ids.length;
    const by = { consultationId, officerId: officer.id };
    const batchId = await insertBatch(trx, { ...disposition, ...by, size }, now);
    await insertDispositions(trx, ids, disposition, { officerId: officer.id, batchId }, now);
    const detail = { count: size, replaced, outcome: disposition.outcome, batchId, form };
    await writeLedger(trx, { what: 'commentsDisposed', consultationId, officer, detail }, now);
    return { disposed: size };
  });
}
