import type { FastifyReply } from 'fastify';
import { beginCorrection } from '../../actions/begin-correction.ts';
import { isPublished } from '../../db/consultations.ts';
import { noticeState } from '../../db/notices.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, line } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import type { ConsultationVisit } from './visit.ts';

export interface CorrectionPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** The number of the notice that would be begun. */
  readonly sequence: number;
}

/** Asks what a correction of the published notice changes, and why. */
export async function showCorrection(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendCorrection(visit, '', []);
}

/** Begins the correction. */
export async function takeCorrection(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const what = line((request.body ?? {}) as FormBody, 'what');
  const refused = await beginCorrection(site.db, { officer, consultationId: consultation.id, what }, now);
  if (refused) return sendCorrection(visit, what, refused.issues);
  return goTo(visit, `${baseOf(consultation)}/notice?done=correctionBegun`);
}

async function sendCorrection(
  visit: ConsultationVisit,
  what: string,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { consultation, site } = visit;
  const state = await noticeState(site.db, consultation.id);
  if (!isPublished(consultation) || !state?.publishedAt) return goTo(visit, `${baseOf(consultation)}/notice`);
  const page = {
    title: site.sentences.desk.correctNotice,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    form: formState({ what }, issues, site.sentences),
    sequence: state.sequence + 1,
  };
  return sendDesk(visit, 'desk/notice-correction', page, issues.length > 0 ? 422 : 200);
}
