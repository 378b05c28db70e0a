import type { Issue } from './issue.ts';
import type { Block } from './outline.ts';

/** Annexes that an announcement names and that neither are the draft nor stand in it; issues on `text`. */
export function annexIssues(text: string, draftNames: readonly string[], blocks: readonly Block[]): Issue[] {
  const named = namedAnnexes(text);
  const there = [...draftNames, ...blocks.map(({ heading, text: own }) => heading || own.slice(0, 200))].map(
    bare,
  );
  const dead = named.filter((name) => !there.some((each) => isSame(each, bare(name))));
  const count = Math.max(named.length, blocks.filter(({ kind }) => kind === 'annex').length);
  const numbers = count === 0 ? referredTo(text) : referredTo(text).filter((number) => number > count);
  return [...dead, ...new Set(numbers.map((number) => (number === 0 ? '附件' : `附件${number}`)))].map(
    (name) => ({ field: 'text', key: 'deadAnnex', values: { name } }),
  );
}

const opening = /^附\s{0,2}件\s{0,2}(\d{0,2})\s{0,2}[:：]\s*(.*)$/;
const numbered = /^\d{1,2}\s{0,2}[.．、]\s{0,3}(\S.*)$/;

/** The names in the list of annexes below an announcement: 附件：1.…, each on its line or one behind the word. */
function namedAnnexes(text: string): string[] {
  const names: string[] = [];
  let inList = false;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const behind = opening.exec(line)?.[2];
    const name = behind ?? (inList ? numbered.exec(line)?.[1] : undefined);
    if (behind !== undefined) inList = true;
    else if (name === undefined && line !== '') inList = false;
    if (name) names.push(numbered.exec(name)?.[1] ?? name);
  }
  return names;
}

/** The numbers of annexes that sentences refer to (见附件2); 0 for 附件 without one. */
function referredTo(text: string): number[] {
  const references = text.matchAll(/(?:见|詳見|参见|填写|点击)\s{0,2}附件\s{0,2}(\d{0,2})/g);
  return [...references].map(([, number]) => Number(number || 0));
}

// Without brackets with how far it is, quotation marks, the ending of a file.
function bare(name: string): string {
  return name
    .replace(/\.(?:docx?|wps|pdf|xlsx?|txt)\b.*$/i, '')
    .replace(/[（(][^（(）)]*[）)]/gu, '')
    .replace(/[\s《》〈〉“”"。；;]/gu, '');
}

function isSame(one: string, other: string): boolean {
  if (one.length < 2 || other.length < 2) return false;
  return one.includes(other) || (one.length >= 4 && other.includes(one));
}
