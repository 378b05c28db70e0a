import { draftDroppings, insertDropping } from '../db/draft-droppings.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { droppingIssues } from '../domain/notice-ending.ts';
import type { Officer } from '../domain/officer.ts';
import { holdNotice } from './hold-notice.ts';

/**
 * Declares that the draft is dropped, with the reason that the notice prints, or takes that back (`reason` null).
 * `seen` is the latest such word that the officer read (0: none). Gives what is wrong with the reason, or null. Throws
 * RuleBroken `stale`, `notClosed`, `noticeSigned`, `noticePublished`, `notAllowed`.
 */
export async function dropDraft(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly seen: number;
    readonly reason: string | null;
  },
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, consultationId, seen, reason } = input;
  return transaction(db, async (trx) => {
    await holdNotice(trx, officer, consultationId);
    const issues = reason === null ? [] : droppingIssues(reason);
    if (issues.length > 0) return { issues };
    const [latest] = await draftDroppings(trx, consultationId);
    if ((latest?.id ?? 0) !== seen) throw new RuleBroken('stale');
    if ((latest?.reason ?? '') === (reason ?? '')) return null;
    await insertDropping(trx, { consultationId, reason: reason ?? '', officerId: officer.id }, now);
    const what = reason === null ? 'draftKept' : 'draftDropped';
    const detail = reason === null ? {} : { reason };
    await writeLedger(trx, { what, consultationId, officer, detail }, now);
    return null;
  });
}
