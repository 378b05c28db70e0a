import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { confirmGroup } from '../src/actions/confirm-group.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import { groupSearches, suggestionsFrom } from '../src/db/groups.ts';
import type { Db } from '../src/db/session.ts';
import type { Officer } from '../src/domain/officer.ts';
import { afterClosing } from './desk-stored.ts';

/** A confirmed group that nearly all comments are in. */
export interface Grouped {
  readonly groupId: number;
  readonly members: number;
  readonly memberId: number;
}

/** Confirms the largest group that was found: of what a bench stores, nearly all. */
export async function confirmLargest(db: Db, officer: Officer, consultationId: number): Promise<Grouped> {
  const { done } = await groupSearches(db, consultationId);
  const [largest] = done ? await suggestionsFrom(db, done.id, 0, 1) : [];
  if (!largest) throw new Error('nothing was found to be alike');
  const input = { officer, consultationId, ...largest, label: '公示期', struck: [] };
  const groupId = await confirmGroup(db, input, afterClosing());
  return { groupId, members: largest.size, memberId: largest.sampleId };
}

/** Does what the background does after that. */
export async function settleGroup(db: Db): Promise<void> {
  for (const _ of [1, 2]) await tallyComments(db);
  await db.executeQuery(CompiledQuery.raw('vacuum (analyze)', []));
}

/** The pages of the desk that a group of nearly all comments has to do with. */
export function groupedPages(consultationId: number, { groupId, memberId }: Grouped): Record<string, string> {
  const base = `/desk/consultations/${consultationId}`;
  return {
    home: '/desk',
    consultation: base,
    list: `${base}/comments`,
    notice: `${base}/notice`,
    'notice, last page of its rows': `${base}/notice?page=999999`,
    'words of the notice': `${base}/notice/words`,
    'notice as a sheet': `${base}/notice/sheet`,
    'notice as PDF': `${base}/notice/sheet.pdf`,
    'notice as Word file': `${base}/notice/sheet.docx`,
    groups: `${base}/groups`,
    'the group': `${base}/groups/${groupId}`,
    'one comment of the group': `${base}/comments/${memberId}`,
    exports: `${base}/exports`,
    'summary table as CSV': `${base}/exports/summary.csv`,
    'summary table as workbook': `${base}/exports/summary.xlsx`,
    'summary table as PDF': `${base}/exports/summary.pdf`,
    'summary table as Word file': `${base}/exports/summary.docx`,
  };
}

/** What everybody reads once the notice is published. */
export function publishedPages(consultationId: number, number: string): Record<string, string> {
  const base = `/desk/consultations/${consultationId}`;
  const receipt = createHash('md5').update('100receipt').digest('hex');
  return {
    home: '/desk',
    'consultation at the desk': base,
    'notice at the desk': `${base}/notice`,
    'correction of the notice': `${base}/notice/correction`,
    'letters, all answers waiting': `${base}/letters`,
    'letters that wait': `${base}/letters?show=waiting`,
    'page of the consultation': `/consultations/${number}`,
    'table of rows': `/consultations/${number}/outcomes`,
    'receipt of one of the group': `/receipts/${receipt}`,
  };
}
