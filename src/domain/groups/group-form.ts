import type { Issue } from '../issue.ts';
import { characters } from '../text.ts';

const longestLabel = 60;

/** What is wrong with the label of a group. */
export function labelIssues(label: string): Issue[] {
  if (label === '') return [{ field: 'groupLabel', key: 'required' }];
  return characters(label) > longestLabel
    ? [{ field: 'groupLabel', key: 'tooLong', values: { limit: longestLabel } }]
    : [];
}

/** A label to begin with: the first words of a text. */
export function labelFrom(text: string): string {
  const [first = ''] = text.trim().split(/[\n。！？!?；;]/u, 1);
  const all = [...first.trim()];
  return all.length > 24 ? `${all.slice(0, 23).join('')}…` : all.join('');
}
