import type { Phase } from './consultation.ts';
import type { Issue } from './issue.ts';
import { dayMs, officialDeadline } from './shanghai.ts';
import { characters } from './text.ts';

/** The longest reason that is published with an extension or a withdrawal, in characters. */
export const longestReason = 500;
const longestPeriodMs = 366 * dayMs;

/** What keeps a period from being extended to `wanted` (null: nothing typed, undefined: unreadable): issues on `newClosesAt`, `extensionReason`. */
export function extensionIssues(
  period: { readonly opensAt: Date; readonly closesAt: Date },
  wanted: Date | null | undefined,
  reason: string,
): Issue[] {
  const ends = (key: string, values: Issue['values'] = {}): Issue[] => [
    { field: 'newClosesAt', key, values },
  ];
  const { opensAt, closesAt } = period;
  const reasons = reasonIssues('extensionReason', reason);
  if (wanted === undefined) return [...ends('notATime'), ...reasons];
  if (wanted === null) return [...ends('required'), ...reasons];
  if (wanted <= closesAt) return [...ends('notLonger', { closesAt: officialDeadline(closesAt) }), ...reasons];
  if (wanted.getTime() - opensAt.getTime() > longestPeriodMs) return [...ends('tooFar'), ...reasons];
  return reasons;
}

/** What keeps a publication from being arranged for an instant: issues on `publishAt`. */
export function scheduleIssues(
  publishAt: Date | null | undefined,
  closesAt: Date | null,
  now: Date,
): Issue[] {
  const field = 'publishAt';
  if (publishAt === undefined) return [{ field, key: 'notATime' }];
  if (publishAt === null) return [{ field, key: 'required' }];
  if (publishAt <= now) return [{ field, key: 'notInTheFuture' }];
  return closesAt && publishAt >= closesAt ? [{ field, key: 'afterTheClosing' }] : [];
}

/** For how many days a secret link to an unpublished consultation can be good. */
export const previewDays = [1, 7, 30] as const;

/** What is wrong with the reason of a withdrawal: issues on `withdrawalReason`. */
export function withdrawalIssues(reason: string): Issue[] {
  return reasonIssues('withdrawalReason', reason);
}

/** True while a period can grow: never once it is over. */
export function isExtendable(phase: Phase | 'draft'): boolean {
  return phase === 'upcoming' || phase === 'open';
}

/** True for a published consultation that can still be stopped: until it is answered. */
export function isWithdrawable(phase: Phase | 'draft'): boolean {
  return phase === 'upcoming' || phase === 'open' || phase === 'closed';
}

/** True where a further round can follow: once nothing more is received. */
export function mayFollow(phase: Phase | 'draft'): boolean {
  return phase === 'closed' || phase === 'answered' || phase === 'withdrawn';
}

function reasonIssues(field: string, reason: string): Issue[] {
  if (reason === '') return [{ field, key: 'required' }];
  const length = characters(reason);
  return length > longestReason ? [{ field, key: 'tooLong', values: { limit: longestReason, length } }] : [];
}
