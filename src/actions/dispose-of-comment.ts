import { deskComment } from '../db/comments.ts';
import { insertDispositions } from '../db/dispositions.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Disposition } from '../domain/disposition.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForDisposing } from './hold-for-disposing.ts';

/**
 * Adds a disposition to a comment; the latest one counts, and the clause goes in the place of its placeholder. `seen` is the id of the one the officer saw (0: none).
 * Throws RuleBroken `notClosed` before the closing, `noticeSigned` once the notice is signed, `stale` when
 * somebody was quicker, `notAllowed`, also for a comment that was withdrawn or late.
 */
export async function disposeOfComment(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly commentId: number;
    readonly seen: number;
    readonly disposition: Disposition;
  },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdForDisposing(trx, input.officer, input.consultationId);
    const comment = await deskComment(trx, input.commentId);
    if (!comment || comment.consultationId !== consultation.id || comment.withdrawn || comment.late)
      throw new RuleBroken('notAllowed');
    if (comment.dispositionId !== input.seen) throw new RuleBroken('stale');
    const officerId = input.officer.id;
    await insertDispositions(trx, [comment.id], input.disposition, { officerId }, now);
    await writeLedger(
      trx,
      {
        what: 'commentDisposed',
        consultationId: consultation.id,
        officer: input.officer,
        detail: { commentId: comment.id, before: comment.outcome, after: input.disposition.outcome },
      },
      now,
    );
  });
}
