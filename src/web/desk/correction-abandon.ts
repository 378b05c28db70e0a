import type { FastifyReply } from 'fastify';
import { abandonCorrection, isUnderWay } from '../../actions/abandon-correction.ts';
import { noticeState } from '../../db/notices.ts';
import { countChanged } from '../../db/published-dispositions.ts';
import { type FormBody, raw } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface CorrectionAbandonPage {
  readonly matter: Matter;
  /** The notice that would be given up: its id, and its number. */
  readonly notice: number;
  readonly sequence: number;
  /** What it was to correct, and why. */
  readonly correction: string;
  /** How many comments' dispositions go back to what is published. */
  readonly count: number;
  readonly stale: boolean;
}

/** Asks whether the correction that is under way is to be given up. */
export function showCorrectionAbandoning(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendAbandoning(visit, 200);
}

/** Gives it up; what is published stays as it is. */
export async function takeCorrectionAbandoning(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const notice = Number(raw((request.body ?? {}) as FormBody, 'notice')) || 0;
  const deed = abandonCorrection(site.db, { officer, consultationId: consultation.id, notice }, now);
  if (await wentStale(deed)) return sendAbandoning(visit, 409);
  return goTo(visit, `${baseOf(consultation)}/notice?done=correctionAbandoned`);
}

async function sendAbandoning(visit: ConsultationVisit, status: 200 | 409): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const state = await noticeState(site.db, consultation.id);
  if (!isUnderWay(state) && status === 200) return goTo(visit, `${baseOf(consultation)}/notice`);
  const page = {
    title: site.sentences.desk.abandonCorrection,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    ...(isUnderWay(state)
      ? { notice: state.id, sequence: state.sequence, correction: state.correction }
      : { notice: 0, sequence: 0, correction: '' }),
    count: await countChanged(site.db, consultation.id),
    stale: status === 409,
  };
  return sendDesk(visit, 'desk/correction-abandon', page, status);
}
