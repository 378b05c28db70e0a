import type { FastifyReply } from 'fastify';
import { currentPortions } from '../../../actions/notice-rows.ts';
import { isPublished, type PublishedConsultation } from '../../../db/consultations.ts';
import { countKinds } from '../../../db/kinds.ts';
import { noticeState } from '../../../db/notices.ts';
import { changesOf } from '../../../db/tallies.ts';
import type { NoticeRow } from '../../../domain/notice-row.ts';
import { sendTables, type TableFormat } from '../../exports/send.ts';
import { rowsAtOnce, summaryTable, totalsTable } from '../../exports/summary.ts';
import type { Table } from '../../exports/table.ts';
import { type CurrentNotice, currentNotice } from '../notice.ts';
import { sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The 意见采纳情况汇总表 as the notice has it: as signed, or as the data are now; a workbook has its totals beside it. */
export function sendSummary(format: TableFormat): (visit: ConsultationVisit) => Promise<FastifyReply> {
  return async (visit) => {
    const { site, reply, consultation } = visit;
    if (!isPublished(consultation)) return sendNotFound(visit);
    const name = {
      plain: `${consultation.number}-summary`,
      title: `${consultation.number}${site.sentences.summaryTable.title}`,
    };
    return sendTables(
      reply.header('cache-control', 'no-store'),
      format,
      name,
      await tablesOf(visit, consultation),
    );
  };
}

async function tablesOf(
  visit: ConsultationVisit,
  consultation: PublishedConsultation,
): Promise<[Table, Table]> {
  const { db, sentences } = visit.site;
  const mark = await changesOf(db, consultation.id);
  const current = await currentNotice(visit, consultation, await noticeState(db, consultation.id));
  const { totals } = current.notice;
  const isSigned = current.checks === null;
  const hasChanged = async () => !isSigned && (await changesOf(db, consultation.id)) !== mark;
  const rows = isSigned
    ? signedPortions(current)
    : currentPortions(db, consultation, sentences.notice, rowsAtOnce);
  return [
    remarked(summaryTable(rows, sentences), hasChanged, sentences.summaryTable.changed),
    totalsTable(totals, await countKinds(db, consultation.id, totals), sentences),
  ];
}

async function* signedPortions({ rows, rowCount }: CurrentNotice): AsyncGenerator<readonly NoticeRow[]> {
  for (let passed = 0; passed < rowCount; passed += rowsAtOnce)
    yield await rows({ passed, limit: rowsAtOnce });
}

// No transaction is held while somebody reads slowly: the table says so itself when it is not of one moment.
function remarked(table: Table, hasChanged: () => Promise<boolean>, remark: string): Table {
  const portions = async function* () {
    yield* table.portions;
    if (await hasChanged()) yield [table.columns.map((_, column) => (column === 0 ? remark : ''))];
  };
  return { ...table, portions: portions() };
}
