import type { FastifyReply } from 'fastify';
import { isPublished } from '../../db/consultations.ts';
import { noticeState } from '../../db/notices.ts';
import type { Printers } from '../../domain/official-document.ts';
import { mostInFile, officialDocument } from '../official.ts';
import { sendFile } from '../public/downloads.ts';
import { noticeLetter } from '../public/letter.ts';
import { enclosedRows } from '../public/outcome-rows.ts';
import { currentNotice } from './notice.ts';
import { queryOf, sendNotFound } from './page.ts';
import type { ConsultationVisit } from './visit.ts';

/** The notice as a file, signed or not; `?seal=1` leaves room where a seal will be set. */
export function sendNoticeFile(format: keyof Printers): (visit: ConsultationVisit) => Promise<FastifyReply> {
  return async (visit) => {
    const { site, request, reply, consultation } = visit;
    if (!isPublished(consultation)) return sendNotFound(visit);
    const state = await noticeState(site.db, consultation.id);
    const { notice, rowCount, rows } = await currentNotice(visit, consultation, state);
    const { number } = consultation;
    const enclosed = {
      ...{ number, address: `${site.config.publicUrl}/consultations/${number}` },
      ...(await enclosedRows(rowCount, mostInFile, (limit) => rows({ passed: 0, limit }))),
      sealed: queryOf(request, 'seal') === '1',
    };
    const document = officialDocument(noticeLetter(notice), enclosed, site.sentences);
    return sendFile(reply, await site.printers[format](document), format, `${number}-notice`);
  };
}
