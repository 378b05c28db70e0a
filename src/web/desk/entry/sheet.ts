import type { FastifyReply } from 'fastify';
import { confirmSheet, discardSheet } from '../../../actions/confirm-sheet.ts';
import {
  countProblems,
  type SheetImport,
  sameSheetStored,
  sheetById,
  sheetProblems,
} from '../../../db/sheets.ts';
import type { SheetProblem } from '../../../domain/sheets/lines.ts';
import type { Sentences } from '../../../sentences.ts';
import { sentenceFor } from '../../forms.ts';
import { hrefIn, isLarge } from '../../frame.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type ListedSheet, listedSheet, sheetsBase } from './sheets.ts';

/** A cell that must be put right. */
export interface ProblemRow {
  readonly row: number;
  readonly column: string;
  readonly sentence: string;
}

export interface SheetPage {
  readonly matter: Matter;
  readonly sheet: ListedSheet;
  readonly state: SheetImport['state'];
  readonly rowsRead: number;
  readonly comments: number;
  readonly lateEntries: number;
  /** True while an officer decides what becomes of it. */
  readonly isReady: boolean;
  /** Entries that are not stored yet. */
  readonly left: number;
  readonly storedAt: Date | null;
  /** Why nothing came of it, or why it stopped; empty otherwise. */
  readonly refusal: string;
  /** True when the page looks again by itself. */
  readonly refreshes: boolean;
  /** When the same file was entered before; null when it was not. */
  readonly sameAt: Date | null;
  readonly problems: readonly ProblemRow[];
  readonly problemCount: number;
  readonly pages: readonly PageOf[];
}

const secondsBetween = 5;
const problemsPerPage = 100;

/** What trying a table found, and how far entering it has come; looks again by itself while there is work. */
export async function showEntrySheet(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation, request, reply } = visit;
  const sheet = await sheetIn(visit);
  if (!sheet) return sendNotFound(visit);
  const { sentences } = site;
  const base = sheetsBase(visit);
  const listed = listedSheet(sheet, base, sentences);
  const refreshes =
    (sheet.state === 'waiting' || sheet.state === 'storing') && queryOf(request, 'still') === '';
  const here = hrefIn(isLarge(request), listed.to);
  if (refreshes) reply.header('refresh', `${secondsBetween}; url=${here}`);
  const page = {
    title: listed.text,
    crumbs: [
      ...crumbsOf(visit),
      { to: `${baseOf(consultation)}/entry`, text: sentences.desk.pages.entry },
      { to: base, text: sentences.desk.sheets },
    ],
    matter: matterOf(visit, 'entry'),
    sheet: listed,
    ...{
      state: sheet.state,
      rowsRead: sheet.rowsRead,
      comments: sheet.comments,
      lateEntries: sheet.lateEntries,
    },
    isReady: sheet.state === 'checked' || sheet.state === 'stopped',
    left: sheet.entries - sheet.entriesStored,
    storedAt: sheet.storedAt,
    refusal: refusalOf(sheet, sentences),
    refreshes,
    sameAt: (await sameSheetStored(site.db, consultation.id, sheet.id)) ?? null,
    ...(await problemsPage(visit, sheet, listed.to)),
  };
  return sendDesk(visit, 'desk/entry-sheet', page);
}

/** Lets the good entries of a table be stored in the background. */
export async function takeSheetConfirmation(visit: ConsultationVisit): Promise<FastifyReply> {
  return withSheet(visit, async (input) => {
    await confirmSheet(visit.site.db, input, visit.now);
    return `${sheetsBase(visit)}/${input.sheetId}`;
  });
}

/** Sets a table aside. */
export async function takeSheetDiscard(visit: ConsultationVisit): Promise<FastifyReply> {
  return withSheet(visit, async (input) => {
    await discardSheet(visit.site.db, input);
    return `${sheetsBase(visit)}?done=sheetDiscarded`;
  });
}

async function withSheet(
  visit: ConsultationVisit,
  deed: (input: Parameters<typeof discardSheet>[1]) => Promise<string>,
): Promise<FastifyReply> {
  const sheet = await sheetIn(visit);
  if (!sheet) return sendNotFound(visit);
  const { officer, consultation } = visit;
  return goTo(visit, await deed({ officer, consultationId: consultation.id, sheetId: sheet.id }));
}

async function sheetIn({ site, consultation, request }: ConsultationVisit): Promise<SheetImport | undefined> {
  const id = idIn(request, 'sheet');
  return id === undefined ? undefined : sheetById(site.db, consultation.id, id);
}

function refusalOf({ state, refusal }: SheetImport, { sheet, rules, desk }: Sentences): string {
  if (refusal === null || state === 'discarded') return '';
  const known: Readonly<Record<string, string>> = state === 'failed' ? sheet.refusals : rules;
  return known[refusal] ?? desk.sheetBroken;
}

async function problemsPage(
  { site, request }: ConsultationVisit,
  sheet: SheetImport,
  to: string,
): Promise<Pick<SheetPage, 'problems' | 'problemCount' | 'pages'>> {
  const count = await countProblems(site.db, sheet.id);
  const last = Math.max(1, Math.ceil(count / problemsPerPage));
  const at = pageWithin(queryOf(request, 'page'), last);
  const found = await sheetProblems(site.db, sheet.id, (at - 1) * problemsPerPage, problemsPerPage);
  return {
    problems: found.map((problem) => problemRow(problem, site.sentences)),
    problemCount: count,
    pages: pagesOf(to, at, last),
  };
}

function problemRow({ row, column, key, values }: SheetProblem, sentences: Sentences): ProblemRow {
  const label = sentences.sheet.columns[column][0] ?? column;
  const issue = { field: column, key, ...(values && { values }) };
  return { row, column: label, sentence: sentenceFor(issue, sentences, { [column]: label }) };
}
