import type { FastifyReply } from 'fastify';
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
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import type { ToldDeed } from '../meanwhile.ts';
import { idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import { type Progress, progressOf } from '../progress.ts';
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
  /** Null where nothing is under way. */
  readonly progress: Progress | null;
  /** When the same file was entered before; null when it was not. */
  readonly sameAt: Date | null;
  readonly problems: readonly ProblemRow[];
  readonly problemCount: number;
  readonly pages: readonly PageOf[];
  readonly gone: SheetGone | null;
}

/** A table that could not be entered or removed: what was tried, and who was quicker; null where nobody was. */
export interface SheetGone {
  readonly tried: 'store' | 'discard';
  readonly deed: ToldDeed | null;
}

const problemsPerPage = 100;

/** What trying a table found, and how far entering it has come. */
export async function showEntrySheet(visit: ConsultationVisit): Promise<FastifyReply> {
  const sheet = await sheetIn(visit);
  return sheet ? sendSheet(visit, sheet, null) : sendNotFound(visit);
}

/** Sends the page of a table; `gone` says why nothing can be done with it any more. */
export async function sendSheet(
  visit: ConsultationVisit,
  sheet: SheetImport,
  gone: SheetGone | null,
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const base = sheetsBase(visit);
  const listed = listedSheet(sheet, base, sentences);
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
    progress: progressIn(visit, sheet, listed.to),
    sameAt: (await sameSheetStored(site.db, consultation.id, sheet.id)) ?? null,
    ...(await problemsPage(visit, sheet, listed.to)),
    gone,
  };
  return sendDesk(visit, 'desk/entry-sheet', page, gone ? 409 : 200);
}

/** The table that an address names, or undefined. */
export async function sheetIn({
  site,
  consultation,
  request,
}: ConsultationVisit): Promise<SheetImport | undefined> {
  const id = idIn(request, 'sheet');
  return id === undefined ? undefined : sheetById(site.db, consultation.id, id);
}

function progressIn(
  visit: ConsultationVisit,
  { state, entriesStored: done, entries: total }: SheetImport,
  here: string,
): Progress | null {
  const words = visit.site.sentences.desk.progress.stored;
  if (state === 'storing') return progressOf(visit, here, { done, total, words });
  return state === 'waiting' ? progressOf(visit, here, null) : null;
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
