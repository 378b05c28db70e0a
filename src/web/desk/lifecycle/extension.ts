import type { FastifyReply } from 'fastify';
import { extendConsultation } from '../../../actions/extend-consultation.ts';
import { isPublished, phaseNow } from '../../../db/consultations.ts';
import { type Extension, extensionsOf } from '../../../db/extensions.ts';
import { nextRoundOf } from '../../../db/rounds.ts';
import type { Issue } from '../../../domain/issue.ts';
import { isExtendable, isWithdrawable, mayFollow } from '../../../domain/lifecycle.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, type FormState, formState, line, raw, text } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import { instantIn, readInstant, shownInstant } from '../period.ts';
import { lookAgain, wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface ExtensionPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly closesAt: Date;
  /** The end that the form was made for, in milliseconds. */
  readonly was: number;
  readonly extensions: readonly Extension[];
  /** False once the period is over. */
  readonly isExtendable: boolean;
  readonly mayExtend: boolean;
  /** Somebody else extended it in the meantime. */
  readonly stale: boolean;
  readonly withdrawn: { readonly at: Date; readonly reason: string } | null;
  /** Whether it can still be stopped, and whether by this officer. */
  readonly isWithdrawable: boolean;
  readonly mayWithdraw: boolean;
  /** True where a further round can be started by this officer. */
  readonly mayFollow: boolean;
  /** The round after it, once it was started; empty before. */
  readonly nextTo: string;
}

interface Wish {
  readonly newClosesAt: string;
  readonly extensionReason: string;
}

/** Longer, stopped, or once more: what can become of a published consultation besides its answer. */
export async function showExtension(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const newClosesAt = shownInstant(consultation.closesAt, true);
  return sendExtension(visit, { newClosesAt, extensionReason: '' });
}

/** Extends the period; the public reads why. */
export async function takeExtension(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation } = visit;
  const body = (request.body ?? {}) as FormBody;
  const wish = { newClosesAt: line(body, 'newClosesAt'), extensionReason: text(body, 'extensionReason') };
  const closesAt = readInstant(wish.newClosesAt, true);
  const input = { officer, id: consultation.id, was: instantIn(raw(body, 'was')), closesAt };
  const extending = extendConsultation(site.db, { ...input, reason: wish.extensionReason }, site.clock);
  if (await wentStale(extending)) return sendExtension(await lookAgain(visit), wish, { stale: true });
  const refused = await extending;
  if (refused) return sendExtension(visit, wish, { issues: refused.issues });
  return goTo(visit, `${baseOf(consultation)}/extension?done=extended`);
}

async function sendExtension(
  visit: ConsultationVisit,
  wish: Wish,
  state: { readonly issues?: readonly Issue[]; readonly stale?: boolean } = {},
): Promise<FastifyReply> {
  const { site, consultation, officer, now } = visit;
  const { issues = [], stale = false } = state;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const { closesAt, withdrawnAt, withdrawnReason } = consultation;
  const phase = phaseNow(consultation, now);
  const next = await nextRoundOf(site.db, consultation.id);
  const page = {
    title: site.sentences.desk.pages.extension,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'extension'),
    form: formState({ ...wish }, issues, site.sentences),
    closesAt,
    was: closesAt.getTime(),
    extensions: await extensionsOf(site.db, consultation.id),
    isExtendable: isExtendable(phase),
    mayExtend: may(officer, 'extend'),
    stale,
    withdrawn: withdrawnAt && { at: withdrawnAt, reason: withdrawnReason ?? '' },
    isWithdrawable: isWithdrawable(phase),
    mayWithdraw: may(officer, 'withdraw'),
    mayFollow: mayFollow(phase) && !next && may(officer, 'prepare'),
    nextTo: next ? baseOf(next) : '',
  };
  return sendDesk(visit, 'desk/extension', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}
