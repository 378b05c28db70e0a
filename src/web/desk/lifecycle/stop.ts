import type { FastifyReply } from 'fastify';
import { withdrawConsultation } from '../../../actions/withdraw-consultation.ts';
import { phaseNow } from '../../../db/consultations.ts';
import type { Issue } from '../../../domain/issue.ts';
import { isWithdrawable } from '../../../domain/lifecycle.ts';
import { type FormBody, type FormState, formState, text } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface StopPage {
  readonly matter: Matter;
  readonly form: FormState;
}

/** Asks for the reason before a consultation is stopped. */
export async function showStop(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation, now } = visit;
  if (isWithdrawable(phaseNow(consultation, now))) return sendStop(visit, '', []);
  return goTo(visit, baseOf(consultation));
}

/** Stops a consultation for good. */
export async function takeStop(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const reason = text((request.body ?? {}) as FormBody, 'withdrawalReason');
  const refused = await withdrawConsultation(site.db, { officer, id: consultation.id, reason }, now);
  if (refused) return sendStop(visit, reason, refused.issues);
  return goTo(visit, `${baseOf(consultation)}/extension?done=stopped`);
}

function sendStop(
  visit: ConsultationVisit,
  withdrawalReason: string,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.stop,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'extension'),
    form: formState({ withdrawalReason }, issues, sentences),
  };
  return sendDesk(visit, 'desk/stop', page, issues.length > 0 ? 422 : 200);
}
