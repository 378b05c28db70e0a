import { isBalanced } from './announcement-issues.ts';
import type { Issue } from './issue.ts';
import { characters } from './text.ts';

/** What facts are called in the words around them, by name: a fact stands there as `〔收到件数〕`. */
export type FactLabels = Readonly<Record<string, string>>;

/** The words of one part as an officer wrote them, and the standard words they were written for. */
export interface Wording {
  readonly id: number;
  readonly part: string;
  readonly standard: string;
  /** Empty where the standard words count again, or a paragraph of the officer's own was taken away. */
  readonly wording: string;
}

/** Where an officer's own paragraphs stand: before what happens next, or after it. */
export const ownPlaces = ['changes', 'next'] as const;
export type OwnPlace = (typeof ownPlaces)[number];

/** How many paragraphs of their own officers can add in each place. */
export const mostOwn = 5;

const longestWording = 3_000;
const token = /〔([^〔〕]{1,20})〕/gu;

/** A sentence with `{fact}` in it, with each fact as its token. Throws an Error for a fact without a label. */
export function labelled(sentence: string, labels: FactLabels): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const label = labels[name];
    if (label === undefined) throw new Error(`no label for {${name}}`);
    return `〔${label}〕`;
  });
}

/** Words with a fact in the place of each token; brackets that hold no fact's label stay as they are. */
export function filled(
  words: string,
  values: Readonly<Record<string, string | number>>,
  labels: FactLabels,
): string {
  const names = new Map(Object.entries(labels).map(([name, label]) => [label, name]));
  return words.replace(token, (bracketed, label: string) => {
    const name = names.get(label);
    if (name === undefined) return bracketed;
    const value = values[name];
    if (value === undefined) throw new Error(`no value for 〔${label}〕`);
    return String(value);
  });
}

/** What is wrong with words for a part: issues on `wording`. Every fact of the standard words stays, as often as there. */
export function wordingIssues(wording: string, standard: string, labels: FactLabels): Issue[] {
  const issue = (key: string, values: Issue['values'] = {}): Issue => ({ field: 'wording', key, values });
  if (wording === '') return [issue('required')];
  const length = characters(wording);
  if (length > longestWording) return [issue('tooLong', { limit: longestWording, length })];
  const [wanted, found] = [countTokens(standard, labels), countTokens(wording, labels)];
  const missing = [...wanted].filter(([label, count]) => (found.get(label) ?? 0) < count);
  const added = [...found].filter(([label, count]) => count > (wanted.get(label) ?? 0));
  return [
    ...(missing.length > 0 ? [issue('factMissing', { facts: listed(missing) })] : []),
    ...(added.length > 0 ? [issue('factAdded', { facts: listed(added) })] : []),
    ...(isBalanced(wording) ? [] : [issue('unbalanced')]),
  ];
}

function countTokens(words: string, labels: FactLabels): Map<string, number> {
  const known = new Set(Object.values(labels));
  const counts = new Map<string, number>();
  for (const [, label = ''] of words.matchAll(token))
    if (known.has(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([label]) => `〔${label}〕`).join('、');
}
