import type { Issue } from './issue.ts';

/** What can happen on the way to a consultation's approval. */
export type ApprovalStep = 'asked' | 'approved' | 'returned';

/** One step, with the fingerprint of the content it is about. */
export interface Approval {
  readonly step: ApprovalStep;
  readonly fingerprint: string;
  readonly officerId: number;
}

/** Where the approval of the present content stands; `changed`: it was edited since it was asked for or given. */
export type ApprovalState = 'none' | 'changed' | ApprovalStep;

/** The state that follows from the latest step and the present content's fingerprint. */
export function approvalState(latest: Approval | undefined, fingerprint: string): ApprovalState {
  if (!latest) return 'none';
  return latest.step === 'returned' || latest.fingerprint === fingerprint ? latest.step : 'changed';
}

/** What keeps content from being published by this officer where another's approval is required; on `approval`. */
export function approvalIssues(
  latest: Approval | undefined,
  fingerprint: string,
  publisherId: number | null,
): Issue[] {
  const state = approvalState(latest, fingerprint);
  if (state !== 'approved')
    return [{ field: 'approval', key: state === 'changed' ? 'approvalStale' : 'approvalMissing' }];
  return latest?.officerId === publisherId ? [{ field: 'approval', key: 'approvalOwn' }] : [];
}
