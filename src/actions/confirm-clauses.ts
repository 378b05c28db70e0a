import { clauseIds } from '../db/entered.ts';
import { confirmClause, holdGuessed } from '../db/guessed-clauses.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { openForEntering } from './enter-submission.ts';
import { holdFor } from './hold.ts';

/** An officer's word on a guessed clause: its address in the comment's version of the draft, empty for the whole draft. */
export interface ConfirmedClause {
  readonly commentId: number;
  readonly address: string;
}

/**
 * Confirms or corrects clauses that were guessed, each once. Throws RuleBroken `stale` when somebody confirmed one of
 * them before, or the version has no such clause, and as enterSubmission.
 */
export async function confirmClauses(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly confirmed: readonly ConfirmedClause[];
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId, confirmed } = input;
  await transaction(db, async (trx) => {
    await openForEntering(trx, await holdFor(trx, officer, 'enter', consultationId), now);
    const guessed = await holdGuessed(
      trx,
      consultationId,
      confirmed.map(({ commentId }) => commentId),
    );
    if (guessed.size === 0) throw new RuleBroken('stale');
    let corrected = 0;
    for (const { commentId, address } of confirmed) {
      const comment = guessed.get(commentId);
      const clauseId = address === '' ? null : (await clauseIds(trx, comment?.draftId ?? 0)).get(address);
      if (!comment || clauseId === undefined) throw new RuleBroken('stale');
      await confirmClause(trx, commentId, clauseId);
      if (clauseId !== comment.clauseId) corrected += 1;
    }
    const detail = { count: confirmed.length, corrected, commentIds: [...guessed.keys()] };
    await writeLedger(trx, { what: 'clausesConfirmed', consultationId, officer, detail }, now);
  });
}
