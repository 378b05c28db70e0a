import { readLabel } from '../parse/labels.ts';
import { foldedText } from './fold.ts';

/** A label for comparing: `第 12 条` and `第十二条` are one; brackets, stops and space make no difference. */
export function labelKey(label: string): string {
  const folded = foldedText(label);
  const read = readLabel(label.trim());
  if (!read || read.number === 0 || read.rest !== '') return folded;
  return `${read.shape} ${read.number} ${read.branch}`;
}
