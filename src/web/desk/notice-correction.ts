import type { FastifyReply } from 'fastify';
import { beginCorrection } from '../../actions/begin-correction.ts';
import { isPublished } from '../../db/consultations.ts';
import { noticeState } from '../../db/notices.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface CorrectionPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** The number of the notice that would be begun. */
  readonly sequence: number;
  /** What a colleague corrects, where they began meanwhile; empty otherwise. */
  readonly theirs: string;
  /** False while theirs is under way. */
  readonly mayBegin: boolean;
}

/** Asks what a correction of the published notice changes, and why. */
export async function showCorrection(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendCorrection(visit, '', []);
}

/** Begins the correction. */
export async function takeCorrection(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const what = line(body, 'what');
  const sequence = Number(raw(body, 'sequence')) || 0;
  const input = { officer, consultationId: consultation.id, what, sequence };
  const beginning = beginCorrection(site.db, input, now);
  if (await wentStale(beginning)) return sendCorrection(visit, what, [], true);
  const refused = await beginning;
  if (refused) return sendCorrection(visit, what, refused.issues);
  return goTo(visit, `${baseOf(consultation)}/notice?done=correctionBegun`);
}

async function sendCorrection(
  visit: ConsultationVisit,
  what: string,
  issues: readonly Issue[],
  stale = false,
): Promise<FastifyReply> {
  const { consultation, site } = visit;
  const state = await noticeState(site.db, consultation.id);
  if (!isPublished(consultation) || !(state?.publishedAt || (state && stale)))
    return goTo(visit, `${baseOf(consultation)}/notice`);
  const page = {
    title: site.sentences.desk.correctNotice,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    form: formState({ what }, issues, site.sentences),
    sequence: state.sequence + 1,
    theirs: stale ? state.correction : '',
    mayBegin: state.publishedAt !== null,
  };
  return sendDesk(visit, 'desk/notice-correction', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}
