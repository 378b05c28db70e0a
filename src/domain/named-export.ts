import type { Issue } from './issue.ts';
import { personalNumbers } from './personal-numbers.ts';
import { characters } from './text.ts';

const longestReason = 500;

/** What is wrong with the reason for taking names and addresses away: an issue on `exportReason`. It is written down for good. */
export function namedExportIssues(reason: string): Issue[] {
  const field = 'exportReason';
  if (reason === '') return [{ field, key: 'required' }];
  const length = characters(reason);
  if (length > longestReason) return [{ field, key: 'tooLong', values: { limit: longestReason, length } }];
  return personalNumbers(reason).length > 0 ? [{ field, key: 'holdsNumbers' }] : [];
}
