import type { FastifyReply } from 'fastify';
import { publishNotice } from '../../actions/publish-notice.ts';
import { returnNotice, signNotice } from '../../actions/sign-notice.ts';
import { isPublished } from '../../db/consultations.ts';
import { noticeState } from '../../db/notices.ts';
import { type FormBody, raw, text } from '../forms.ts';
import { sendPage } from '../pages.ts';
import { noticeLetter } from '../public/letter.ts';
import { sourceOf } from '../public/papers/paper.ts';
import { noticeSheetPage } from '../public/sheets.ts';
import { baseOf } from './matter.ts';
import { currentNotice, sendNotice } from './notice.ts';
import { frameOf, goTo, queryOf } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

/** Signs the notice that the page showed; one that changed in the meantime is shown again first. */
export async function takeSigning(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const seen = raw((request.body ?? {}) as FormBody, 'seen');
  const input = { officer, consultationId: consultation.id, seen };
  if (await wentStale(signNotice(site.db, input, site.sentences.notice, now)))
    return sendNotice(visit, { status: 409 });
  return goTo(visit, `${baseOf(consultation)}/notice?done=signed`);
}

/** Returns the notice to the caseworker, with a remark. */
export async function takeReturn(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const remark = text(body, 'remark');
  if (!remark)
    return sendNotice(visit, { status: 422, remark, issues: [{ field: 'remark', key: 'required' }] });
  const input = { officer, consultationId: consultation.id, remark, judged: judgedIn(body) };
  if (await wentStale(returnNotice(site.db, input, now))) return sendNotice(visit, { status: 409, remark });
  return goTo(visit, `${baseOf(consultation)}/notice?done=returned`);
}

/** Publishes the signed notice. */
export async function takeNoticePublication(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const judged = judgedIn((request.body ?? {}) as FormBody);
  const input = { officer, consultationId: consultation.id, judged };
  if (await wentStale(publishNotice(site.db, input, now))) return sendNotice(visit, { status: 409 });
  return goTo(visit, `${baseOf(consultation)}/notice?done=noticePublished`);
}

// The latest signing or return that the page showed.
function judgedIn(body: FormBody): number {
  return Number(raw(body, 'judged')) || 0;
}

/** The notice on A4, signed or not, to look at before it is published; `?seal=1` leaves room where seals will be set. */
export async function showSheet(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, reply, consultation } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const state = await noticeState(site.db, consultation.id);
  const { notice, rowCount, rows } = await currentNotice(visit, consultation, state);
  const page = await noticeSheetPage(site, sourceOf(site, consultation), {
    ...{ backTo: `${baseOf(consultation)}/notice`, letter: noticeLetter(notice), rowCount },
    read: (limit) => rows({ passed: 0, limit }),
    sealed: queryOf(request, 'seal') === '1',
  });
  return sendPage(request, reply, 'sheets/notice', page, frameOf(visit));
}
