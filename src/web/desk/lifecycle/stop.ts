import type { FastifyReply } from 'fastify';
import { withdrawConsultation } from '../../../actions/withdraw-consultation.ts';
import { phaseNow } from '../../../db/consultations.ts';
import { type Extension, extensionsOf } from '../../../db/extensions.ts';
import type { Issue } from '../../../domain/issue.ts';
import { isWithdrawable } from '../../../domain/lifecycle.ts';
import { type FormBody, type FormState, formState, raw, text } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import { instantIn } from '../period.ts';
import { lookAgain, wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface StopPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** The end of the period that the form was made for, in milliseconds. */
  readonly was: number;
  /** What a colleague did since the page was opened: extended it until then, or stopped it; null for nothing. */
  readonly theirs: Extension | null;
  readonly stopped: { readonly at: Date; readonly reason: string } | null;
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
  const body = (request.body ?? {}) as FormBody;
  const reason = text(body, 'withdrawalReason');
  const input = { officer, id: consultation.id, reason, was: instantIn(raw(body, 'was')) };
  const stopping = withdrawConsultation(site.db, input, now);
  if (await wentStale(stopping)) return sendStop(await lookAgain(visit), reason, [], true);
  const refused = await stopping;
  if (refused) return sendStop(visit, reason, refused.issues);
  return goTo(visit, `${baseOf(consultation)}/extension?done=stopped`);
}

async function sendStop(
  visit: ConsultationVisit,
  withdrawalReason: string,
  issues: readonly Issue[],
  stale = false,
): Promise<FastifyReply> {
  const { consultation, site } = visit;
  const { sentences } = site;
  const { closesAt, withdrawnAt, withdrawnReason } = consultation;
  const page = {
    title: sentences.desk.stop,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'extension'),
    form: formState({ withdrawalReason }, issues, sentences),
    was: closesAt?.getTime() ?? 0,
    theirs: (stale && (await extensionsOf(site.db, consultation.id)).at(-1)) || null,
    stopped: withdrawnAt && { at: withdrawnAt, reason: withdrawnReason ?? '' },
  };
  return sendDesk(visit, 'desk/stop', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}
