import { type ExportScope, newestComment } from '../db/exported-comments.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { receivedCount } from '../db/tallies.ts';
import type { Issue } from '../domain/issue.ts';
import { namedExportIssues } from '../domain/named-export.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Lets an officer take the comments of a consultation away with the names and addresses of those who sent them, and writes
 * down who, why and how many. Gives what may be read, or what is wrong with the reason. Throws RuleBroken `notAllowed`.
 */
export async function exportNames(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number; readonly reason: string },
  now: Date,
): Promise<ExportScope | { readonly issues: Issue[] }> {
  const { officer, consultationId, reason } = input;
  const issues = namedExportIssues(reason);
  if (issues.length > 0) return { issues };
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'exportNames', consultationId);
    const upTo = await newestComment(trx, consultationId);
    const { comments } = await receivedCount(trx, consultationId);
    const detail = { reason, comments };
    await writeLedger(trx, { what: 'namesExported', consultationId, officer, detail }, now);
    return { consultationId, upTo, named: true };
  });
}
