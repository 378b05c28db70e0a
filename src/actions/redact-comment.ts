import { writeLedger } from '../db/ledger.ts';
import { insertRedaction, screenable } from '../db/screenings.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { cover, redactionIssues } from '../domain/redaction.ts';
import { holdFor } from './hold.ts';

/**
 * Covers passages of a comment in what is published of it, these and no others; no passage uncovers it again. The
 * comment stays as it was sent. `seen` is the id of the redaction that the officer saw (0: none). Gives what is wrong
 * with the passages or the reason, nothing when it is done. Throws RuleBroken `stale` when somebody was quicker,
 * `notAllowed`.
 */
export async function redactComment(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly commentId: number;
    readonly seen: number;
    readonly passages: readonly string[];
    readonly reason: string;
  },
  now: Date,
): Promise<{ readonly issues: readonly Issue[] }> {
  const { officer, consultationId, commentId, passages, reason } = input;
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'screen', consultationId);
    const comment = (await screenable(trx, consultationId, [commentId])).get(commentId);
    if (!comment) throw new RuleBroken('notAllowed');
    if (comment.redactionId !== input.seen) throw new RuleBroken('stale');
    const issues = redactionIssues(comment, { passages, reason });
    if (issues.length > 0) return { issues };
    const words = cover(comment.original, passages);
    await insertRedaction(trx, { ...words, commentId, reason, officerId: officer.id }, now);
    const detail = { count: 1, commentId, passages: passages.length };
    await writeLedger(trx, { what: 'commentRedacted', consultationId, officer, detail }, now);
    return { issues };
  });
}
