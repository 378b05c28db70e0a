import type { FastifyReply } from 'fastify';
import { isPublished } from '../../../db/consultations.ts';
import { noticeState } from '../../../db/notices.ts';
import type { Printers } from '../../../domain/official-document.ts';
import { sendFile } from '../../public/downloads.ts';
import { summaryDocument } from '../../public/papers/summary.ts';
import { currentNotice } from '../notice.ts';
import { sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The 意见采纳情况汇总表 to be printed and filed: as signed, or as the data are now. */
export function sendSummaryPaper(
  format: keyof Printers,
): (visit: ConsultationVisit) => Promise<FastifyReply> {
  return async (visit) => {
    const { site, reply, consultation } = visit;
    if (!isPublished(consultation)) return sendNotFound(visit);
    const state = await noticeState(site.db, consultation.id);
    const { notice, rowCount, rows } = await currentNotice(visit, consultation, state);
    const read = (limit: number) => rows({ passed: 0, limit });
    const document = await summaryDocument(site, consultation, { totals: notice.totals, rowCount, read });
    return sendFile(reply, await site.printers[format](document), format, `${consultation.number}-summary`);
  };
}
