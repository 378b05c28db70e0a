import { approvalsOf, requiresApproval } from '../db/approvals.ts';
import type { Consultation } from '../db/consultations.ts';
import type { DraftWork } from '../db/draft-work.ts';
import type { Db } from '../db/session.ts';
import { approvalIssues } from '../domain/approval.ts';
import type { Issue } from '../domain/issue.ts';
import { sha256 } from './sha256.ts';

/** A fingerprint of all that is published with a consultation: announcement, period, what is asked, the draft. */
export function contentFingerprint(consultation: Consultation, work: DraftWork | undefined): string {
  const { kind, opensAt, closesAt, asks, showsComments, announcement } = consultation;
  const blocks = (work?.blocks ?? []).map(({ lines: _, ...block }) => block);
  const content = [kind, opensAt, closesAt, asks, showsComments, announcement, blocks];
  return Buffer.from(sha256(JSON.stringify(content))).toString('hex');
}

/** What keeps an officer (null: nobody in particular) from publishing for want of another's approval, where that is required. */
export async function missingApproval(
  db: Db,
  consultation: Consultation,
  work: DraftWork | undefined,
  publisherId: number | null,
): Promise<Issue[]> {
  if (!(await requiresApproval(db, consultation.agencyId))) return [];
  const [latest] = await approvalsOf(db, consultation.id);
  return approvalIssues(latest, contentFingerprint(consultation, work), publisherId);
}
