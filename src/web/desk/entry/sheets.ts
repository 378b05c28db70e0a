import type { FastifyReply } from 'fastify';
import { addSheet } from '../../../actions/add-sheet.ts';
import { type SheetImport, sheetsOf } from '../../../db/sheets.ts';
import type { Issue } from '../../../domain/issue.ts';
import { dayOf } from '../../../domain/shanghai.ts';
import { largestSheet } from '../../../domain/sheets/table.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormBody, type FormState, formState, line } from '../../forms.ts';
import type { Link } from '../../public/shapes.ts';
import type { Matter, Tag } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { whileEntering } from './entry.ts';
import { columnHints, templateCsv, templateRows, templateXlsx } from './template.ts';

/** A table of comments as a list tells of it. */
export interface ListedSheet extends Link {
  readonly tag: Tag;
  readonly at: Date;
  readonly by: string;
  readonly entries: number;
  readonly entriesStored: number;
  readonly badRows: number;
}

export interface SheetsPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly to: string;
  readonly hints: readonly { readonly name: string; readonly hint: string }[];
  readonly sheets: readonly ListedSheet[];
}

/** Where a table of comments is brought, with templates for it and the tables brought before. */
export const showSheets = whileEntering((visit) => sendSheets(visit, [], 200));

/** Takes a table, to be tried in the background. */
export async function takeSheet(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const { upload } = request;
  const name =
    line((request.body ?? {}) as FormBody, 'file')
      .split(/[\\/]/)
      .at(-1)
      ?.slice(-200) ?? '';
  const isTooLarge = upload && (!upload.bytes || upload.bytes.length > largestSheet);
  if (isTooLarge) return sendSheets(visit, [{ field: 'file', key: 'sheetTooLarge' }], 413);
  if (!upload?.bytes)
    return sendSheets(visit, [{ field: 'file', key: name === '' ? 'chooseSheet' : 'fileAgain' }], 422);
  if (upload.bytes.length === 0) return sendSheets(visit, [{ field: 'file', key: 'fileEmpty' }], 422);
  const input = { officer, consultationId: consultation.id, name, bytes: upload.bytes };
  const id = await addSheet(site.db, input, now);
  return goTo(visit, `${sheetsBase(visit)}/${id}`);
}

/** The template as a workbook. */
export async function sendXlsxTemplate({ site, reply, now }: ConsultationVisit): Promise<FastifyReply> {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return sendFile(reply, await templateXlsx(site.sentences, dayOf(now)), type, 'xlsx', site.sentences);
}

/** The template as CSV. */
export async function sendCsvTemplate({ site, reply, now }: ConsultationVisit): Promise<FastifyReply> {
  const rows = templateRows(site.sentences, dayOf(now));
  return sendFile(reply, templateCsv(rows), 'text/csv; charset=utf-8', 'csv', site.sentences);
}

/** The address below which the tables of a consultation stand. */
export function sheetsBase({ consultation }: Pick<ConsultationVisit, 'consultation'>): string {
  return `${baseOf(consultation)}/entry/sheet`;
}

/** A table as a list tells of it. */
export function listedSheet(sheet: SheetImport, base: string, { desk }: Sentences): ListedSheet {
  const { id, name, state, createdAt, officerName, entries, entriesStored, badRows } = sheet;
  return {
    ...{ entries, entriesStored, badRows, to: `${base}/${id}`, text: name },
    tag: { kind: tagKinds[state], text: desk.sheetStates[state] },
    at: createdAt,
    by: officerName,
  };
}

const tagKinds: Readonly<Record<SheetImport['state'], string>> = {
  waiting: 'blue',
  failed: 'red',
  checked: 'amber',
  storing: 'blue',
  stopped: 'red',
  stored: 'green',
  discarded: 'grey',
};

async function sendSheets(
  visit: ConsultationVisit,
  issues: readonly Issue[],
  status: 200 | 413 | 422,
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const base = sheetsBase(visit);
  const sheets = await sheetsOf(site.db, consultation.id);
  const page = {
    title: sentences.desk.sheets,
    crumbs: [...crumbsOf(visit), { to: `${baseOf(consultation)}/entry`, text: sentences.desk.pages.entry }],
    matter: matterOf(visit, 'entry'),
    form: formState({ file: '' }, issues, sentences, sentences.announcementFields),
    to: base,
    hints: columnHints(sentences),
    sheets: sheets.map((sheet) => listedSheet(sheet, base, sentences)),
  };
  return sendDesk(visit, 'desk/entry-sheets', page, status);
}

function sendFile(
  reply: FastifyReply,
  bytes: Buffer,
  type: string,
  ending: string,
  { desk }: Sentences,
): FastifyReply {
  const name = encodeURIComponent(`${desk.sheetTemplate}.${ending}`);
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="template.${ending}"; filename*=UTF-8''${name}`)
    .type(type)
    .send(bytes);
}
