import type { FastifyReply } from 'fastify';
import { exportNames } from '../../../actions/export-names.ts';
import { isPublished } from '../../../db/consultations.ts';
import {
  type ExportedComment,
  type ExportScope,
  exportedComments,
  newestComment,
} from '../../../db/exported-comments.ts';
import { countKinds } from '../../../db/kinds.ts';
import type { Db } from '../../../db/session.ts';
import { talliesOf } from '../../../db/tallies.ts';
import { versionsOf } from '../../../db/versions.ts';
import {
  type CommentColumn,
  commentColumns,
  commentRow,
  personColumns,
} from '../../../domain/comment-table.ts';
import { fill } from '../../../domain/fill.ts';
import { totalsOf } from '../../../domain/tallies.ts';
import type { Sentences } from '../../../sentences.ts';
import { portionsOf, sendTables, type TableFormat, tableFormats } from '../../exports/send.ts';
import { rowsAtOnce, totalsTable } from '../../exports/summary.ts';
import { type Table, withinCells } from '../../exports/table.ts';
import { type FormBody, raw, text } from '../../forms.ts';
import { sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { sendExports } from './page.ts';

/** Every comment with all that belongs to it, without the people who sent them. */
export function sendComments(format: TableFormat): (visit: ConsultationVisit) => Promise<FastifyReply> {
  return async (visit) => {
    const { site, consultation } = visit;
    if (!isPublished(consultation)) return sendNotFound(visit);
    const upTo = await newestComment(site.db, consultation.id);
    return sendList(visit, format, { consultationId: consultation.id, upTo, named: false });
  };
}

/** The same with names, phones and addresses, for a reason that is written down. */
export async function takeNamedExport(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  if (!isPublished(consultation)) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const [exportReason, typed] = [text(body, 'exportReason'), raw(body, 'format')];
  const format = tableFormats.find((each) => each === typed) ?? 'xlsx';
  const input = { officer, consultationId: consultation.id, reason: exportReason };
  const result = await exportNames(site.db, input, now);
  if ('issues' in result) return sendExports(visit, { exportReason, format }, result.issues);
  return sendList(visit, format, result);
}

async function sendList(
  { site, reply, consultation }: ConsultationVisit,
  format: TableFormat,
  scope: ExportScope,
): Promise<FastifyReply> {
  const { db, sentences } = site;
  const { id, number } = consultation;
  const totals = totalsOf(await talliesOf(db, { consultationId: id }));
  const name = {
    plain: `${number}-comments${scope.named ? '-named' : ''}`,
    title: `${number}${sentences.commentTable.title}`,
  };
  return sendTables(reply.header('cache-control', 'no-store'), format, name, [
    await listTable(db, scope, sentences),
    totalsTable(totals, await countKinds(db, id, totals), sentences),
  ]);
}

const widths: Partial<Record<CommentColumn, number>> = {
  ...{ text: 60, proposedWording: 40, quotation: 30, reason: 50, screeningReason: 24 },
  ...{ receiptNumber: 20, receivedAt: 18, clause: 16, consent: 24, name: 18, phone: 16, email: 24 },
};
const usualWidth = 10;

/** The list of the comments of a scope, as a table that is read portion by portion. */
export async function listTable(db: Db, scope: ExportScope, sentences: Sentences): Promise<Table> {
  const columns = [...commentColumns, ...(scope.named ? personColumns : [])];
  const { consents } = sentences.commentTable;
  const { parts, undisposed } = sentences.desk;
  const words = { ...sentences, consents, parts, undisposed };
  const clauseOf = await clauseNames(db, scope.consultationId, sentences);
  const read = (last: ExportedComment | undefined) =>
    exportedComments(db, scope, { after: last?.id ?? 0, limit: rowsAtOnce });
  const portions = portionsOf(read, (comment, index) => {
    const cells = commentRow({ ...comment, clause: clauseOf(comment) }, index + 1, words);
    return columns.map((column) => cells[column]);
  });
  return {
    name: sentences.commentTable.title,
    columns: columns.map((key) => ({
      heading: sentences.commentTable.columns[key],
      width: widths[key] ?? usualWidth,
    })),
    portions: withinCells(portions, sentences.continued),
  };
}

async function clauseNames(
  db: Db,
  consultationId: number,
  { aboutWholeDraft, clauseOfVersion }: Sentences,
): Promise<(comment: Pick<ExportedComment, 'clause' | 'draftId'>) => string> {
  const versions = new Map((await versionsOf(db, consultationId)).map((each) => [each.id, each.version]));
  return ({ clause, draftId }) => {
    if (!clause) return aboutWholeDraft;
    return versions.size > 1
      ? fill(clauseOfVersion, { clause, version: versions.get(draftId) ?? 1 })
      : clause;
  };
}
