import { isPublished } from '../db/consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { insertCorrection } from '../db/notice-writes.ts';
import { noticeState } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { correctionIssues } from '../domain/notice-ending.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Begins a further notice that corrects the published one, with what changes and why as its first paragraph. Until it
 * is published itself, the public reads the one before. `sequence` is the number that it would have. Gives what is
 * wrong with the words, or null. Throws RuleBroken `stale` when somebody began one of that number, `noticeNotPublished`
 * while there is nothing published to correct, or a correction is under way, and `notAllowed`.
 */
export async function beginCorrection(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly what: string;
    readonly sequence?: number;
  },
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, consultationId, what } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'dispose', consultationId);
    const notice = await noticeState(trx, consultationId);
    if (notice && notice.sequence >= (input.sequence ?? Infinity)) throw new RuleBroken('stale');
    if (!isPublished(consultation) || !notice?.publishedAt) throw new RuleBroken('noticeNotPublished');
    const issues = correctionIssues(what);
    if (issues.length > 0) return { issues };
    const sequence = notice.sequence + 1;
    await insertCorrection(trx, { consultationId, sequence, what, officerId: officer.id }, now);
    const entry = { consultationId, officer, detail: { notice: sequence } };
    await writeLedger(trx, { what: 'correctionBegun', ...entry }, now);
    return null;
  });
}
