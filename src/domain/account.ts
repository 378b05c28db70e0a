import { looksLikeAddress } from './comment.ts';
import type { Issue } from './issue.ts';
import { characters } from './text.ts';

const minuteMs = 60_000;
const shortestPassword = 10;
const longestPassword = 200;
const longestName = 100;

/** So many failures in a row lock; so many more lock again, twice as long each time. */
export const failuresToLock = 10;
const firstLockMs = 15 * minuteMs;
const longestLockMs = 24 * 60 * minuteMs;

/** How long a session lasts without a request, and in all. */
export const idleMs = 120 * minuteMs;
export const absoluteMs = 12 * 60 * minuteMs;
/** How much later than the last one a request must be to be written down. */
export const seenMs = minuteMs;

/** Both times the password was typed. */
export interface Passwords {
  readonly password: string;
  readonly passwordAgain: string;
}

/** What is wrong with a new password: 10 to 200 characters, typed twice. */
export function passwordIssues({ password, passwordAgain }: Passwords): Issue[] {
  const length = characters(password);
  if (length < shortestPassword)
    return [{ field: 'password', key: 'passwordTooShort', values: { limit: shortestPassword } }];
  if (length > longestPassword)
    return [{ field: 'password', key: 'tooLong', values: { limit: longestPassword, length } }];
  return password === passwordAgain ? [] : [{ field: 'passwordAgain', key: 'passwordsDiffer' }];
}

/** What is wrong with a login: 3 to 40 letters, digits, dots, hyphens, the first a letter or digit. */
export function loginIssues(login: string): Issue[] {
  return /^[a-z0-9][a-z0-9.-]{2,39}$/i.test(login) ? [] : [{ field: 'login', key: 'notALogin' }];
}

/** What is wrong with names that must be given and short enough, by field. */
export function nameIssues(names: Readonly<Record<string, string>>): Issue[] {
  return Object.entries(names).flatMap(([field, name]) => {
    if (!name) return [{ field, key: 'required' }];
    const length = characters(name);
    return length > longestName ? [{ field, key: 'tooLong', values: { limit: longestName, length } }] : [];
  });
}

/** What is wrong with an officer's e-mail address, which may be left out. */
export function emailIssues(email: string): Issue[] {
  return email === '' || looksLikeAddress(email) ? [] : [{ field: 'email', key: 'notAnAddress' }];
}

/** For how long the last of so many failures in a row locks, in milliseconds; 0 when it does not. */
export function lockMsAfter(failures: number): number {
  if (failures === 0 || failures % failuresToLock !== 0) return 0;
  return Math.min(firstLockMs * 2 ** (failures / failuresToLock - 1), longestLockMs);
}

/** What a person has to be told about a lock that ends at `until`. */
export function lockedIssue(field: string, until: Date, now: Date): Issue {
  return {
    field,
    key: 'locked',
    values: { minutes: Math.ceil((until.getTime() - now.getTime()) / minuteMs) },
  };
}
