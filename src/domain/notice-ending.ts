import { isBalanced } from './announcement-issues.ts';
import type { Issue } from './issue.ts';
import { characters } from './text.ts';

const longest = 2_000;

/** What is wrong with the reason for dropping a draft: issues on `reason`. */
export function droppingIssues(reason: string): Issue[] {
  return printedIssues('reason', reason);
}

/** What is wrong with what a correction says that it changes, and why: issues on `what`. */
export function correctionIssues(what: string): Issue[] {
  return printedIssues('what', what);
}

// Printed in the notice as it is written.
function printedIssues(field: string, text: string): Issue[] {
  if (text === '') return [{ field, key: 'required' }];
  const length = characters(text);
  if (length > longest) return [{ field, key: 'tooLong', values: { limit: longest, length } }];
  return isBalanced(text) ? [] : [{ field, key: 'unbalanced' }];
}
