import { approvalsOf, insertApproval } from '../db/approvals.ts';
import { draftWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { queueOfficerLetter } from '../db/officer-letters.ts';
import { officersOf } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import { approvalState } from '../domain/approval.ts';
import type { IsWorkingDay } from '../domain/consultation.ts';
import type { Issue } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import { contentFingerprint } from './approval.ts';
import { holdUnpublished } from './hold.ts';
import { publishingIssues } from './publish-consultation.ts';

/**
 * Asks for the approval of a consultation as it is now, once for the same content, and writes to those who may give
 * it. Gives what it still lacks, or null. Throws RuleBroken `stale`, `alreadyPublished`, `scheduled`, `notAllowed`.
 */
export async function askApproval(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly revision: number },
  isWorkingDay: IsWorkingDay,
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdUnpublished(trx, officer, 'prepare', input);
    const work = await draftWork(trx, id);
    const issues = publishingIssues(consultation, work, isWorkingDay, now);
    if (issues.length > 0) return { issues };
    const fingerprint = contentFingerprint(consultation, work);
    const [latest] = await approvalsOf(trx, id);
    if (['asked', 'approved'].includes(approvalState(latest, fingerprint))) return null;
    const asked = {
      consultationId: id,
      officerId: officer.id,
      step: 'asked',
      fingerprint,
      remark: '',
    } as const;
    await insertApproval(trx, asked, now);
    await writeLedger(trx, { what: 'approvalAsked', consultationId: id, officer }, now);
    const detail = { title: consultation.announcement.title, by: officer.name, consultationId: String(id) };
    for (const each of await officersOf(trx, officer.agencyId))
      if (may(each, 'approve') && each.id !== officer.id)
        await queueOfficerLetter(trx, { kind: 'approvalAsked', officerId: each.id, detail }, now);
    return null;
  });
}
