import type { Issue } from './issue.ts';
import { textsOf, type Words } from './screening.ts';
import { characters } from './text.ts';

/** What stands in the place of a covered passage, as long as this however long the passage was. */
export const blot = '▇▇▇▇';

/** The words with every occurrence of each passage covered; passages that touch or overlap share one blot. */
export function cover(words: Words, passages: readonly string[]): Words {
  return mapWords(words, (text) => coverText(text, passages));
}

function coverText(text: string, passages: readonly string[]): string {
  let covered = '';
  let at = 0;
  for (const { start, end } of merged(passages.flatMap((passage) => occurrences(text, passage)))) {
    covered += text.slice(at, start) + blot;
    at = end;
  }
  return covered + text.slice(at);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function occurrences(text: string, passage: string): Range[] {
  const found: Range[] = [];
  if (passage === '') return found;
  for (let start = text.indexOf(passage); start >= 0; start = text.indexOf(passage, start + 1))
    found.push({ start, end: start + passage.length });
  return found;
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && range.start <= last.end)
      result.splice(-1, 1, { ...last, end: Math.max(last.end, range.end) });
    else result.push(range);
  }
  return result;
}

/** How many passages are covered in the words. */
export function coveredCount(words: Words): number {
  return textsOf(words).reduce((count, text) => count + text.split(blot).length - 1, 0);
}

/** The passages that a redaction covers, each once; empty when they cannot be told for certain. */
export function coveredPassages(original: Words, published: Words): string[] {
  const passages = new Set<string>();
  for (const key of ['text', 'proposedWording', 'quotation'] as const)
    for (const passage of gapsIn(original[key], published[key])) passages.add(passage);
  const found = [...passages];
  return sameWords(cover(original, found), published) ? found : [];
}

function gapsIn(original: string, published: string): string[] {
  const literals = published.split(blot);
  const gaps: string[] = [];
  let at = 0;
  for (const [index, literal] of literals.entries()) {
    const isLast = index === literals.length - 1;
    const start = isLast
      ? original.length - literal.length
      : original.indexOf(literal, at + Math.min(index, 1));
    if (start < at) return [];
    if (index > 0) gaps.push(original.slice(at, start));
    at = start + literal.length;
  }
  return gaps;
}

/** True when both say the same. */
export function sameWords(one: Words, other: Words): boolean {
  return (
    one.text === other.text &&
    one.proposedWording === other.proposedWording &&
    one.quotation === other.quotation
  );
}

const longestReason = 2_000;
const mostPassages = 200;

/** What must be put right before these passages are covered; fields are `passages` and `redactionReason`. */
export function redactionIssues(
  words: { readonly original: Words; readonly published: Words },
  { passages, reason }: { readonly passages: readonly string[]; readonly reason: string },
): Issue[] {
  const issues: Issue[] = [];
  const { original, published } = words;
  const missing = passages.find((passage) => !textsOf(original).some((text) => text.includes(passage)));
  if (missing !== undefined)
    issues.push({ field: 'passages', key: 'passageNotFound', values: { passage: missing } });
  else if (passages.length > mostPassages)
    issues.push({ field: 'passages', key: 'tooManyPassages', values: { limit: mostPassages } });
  else if (sameWords(cover(original, passages), published))
    issues.push({ field: 'passages', key: 'nothingChanged' });
  if (!reason) issues.push({ field: 'redactionReason', key: 'required' });
  const length = characters(reason);
  if (length > longestReason)
    issues.push({ field: 'redactionReason', key: 'tooLong', values: { limit: longestReason, length } });
  return issues;
}

function mapWords(words: Words, map: (text: string) => string): Words {
  return {
    text: map(words.text),
    proposedWording: map(words.proposedWording),
    quotation: map(words.quotation),
  };
}
