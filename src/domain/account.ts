import { looksLikeAddress } from './comment.ts';
import type { Issue } from './issue.ts';

/** What is wrong with an officer's e-mail address, which may be left out. */
export function emailIssues(email: string): Issue[] {
  return email === '' || looksLikeAddress(email) ? [] : [{ field: 'email', key: 'notAnAddress' }];
}
