import type { FastifyReply } from 'fastify';
import { askApproval } from '../../../actions/ask-approval.ts';
import { decideApproval } from '../../../actions/decide-approval.ts';
import { makePreviewLink, revokePreviewLink } from '../../../actions/preview-links.ts';
import { cancelSchedule, schedulePublication } from '../../../actions/schedule-publication.ts';
import { type FormBody, line, raw, text } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo, idIn } from '../page.ts';
import { instantIn, readInstant } from '../period.ts';
import { lookAgain, revisionIn, wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { sendRelease } from './release.ts';

/** Asks for approval. What is still missing is said on the preview. */
export async function takeApprovalRequest(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const input = { officer, id: consultation.id, revision: revisionIn(bodyOf(visit)) };
  const asking = askApproval(site.db, input, site.isWorkingDay, now);
  if (await wentStale(asking)) return sendRelease(await lookAgain(visit), { stale: true });
  if (await asking) return goTo(visit, `${baseOf(consultation)}/preview`);
  return done(visit, 'approvalAsked');
}

/** Approves the content that the page showed. */
export function takeApproval(visit: ConsultationVisit): Promise<FastifyReply> {
  return decide(visit, 'approved', '');
}

/** Returns it to whoever prepares it, with a remark. */
export function takeApprovalReturn(visit: ConsultationVisit): Promise<FastifyReply> {
  const remark = text(bodyOf(visit), 'remark');
  if (remark) return decide(visit, 'returned', remark);
  return sendRelease(visit, { issues: [{ field: 'remark', key: 'required' }] });
}

async function decide(
  visit: ConsultationVisit,
  step: 'approved' | 'returned',
  remark: string,
): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const input = { officer, id: consultation.id, seen: raw(bodyOf(visit), 'seen'), step, remark };
  if (await wentStale(decideApproval(site.db, input, now)))
    return sendRelease(await lookAgain(visit), { typed: { remark }, stale: true });
  return done(visit, step === 'approved' ? 'approved' : 'approvalReturned');
}

/** Arranges when it publishes itself. */
export async function takeSchedule(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const body = bodyOf(visit);
  const publishAt = line(body, 'publishAt');
  const input = { officer, id: consultation.id, revision: revisionIn(body) };
  const wanted = { ...input, publishAt: readInstant(publishAt, false) };
  const scheduling = schedulePublication(site.db, wanted, site.isWorkingDay, now);
  const typed = { publishAt };
  if (await wentStale(scheduling)) return sendRelease(await lookAgain(visit), { typed, stale: true });
  const refused = await scheduling;
  if (!refused) return done(visit, 'publicationScheduled');
  const isAboutTime = refused.issues.some(({ field }) => field === 'publishAt');
  return isAboutTime
    ? sendRelease(visit, { typed, issues: refused.issues })
    : goTo(visit, `${baseOf(consultation)}/preview`);
}

/** Cancels that; it can be edited again. */
export async function takeScheduleEnd(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const seen = instantIn(raw(bodyOf(visit), 'seen'));
  const cancelling = cancelSchedule(site.db, { officer, id: consultation.id, seen }, now);
  if (await wentStale(cancelling)) return sendRelease(await lookAgain(visit), { stale: true });
  return done(visit, 'scheduleCancelled');
}

/** Makes a secret link and shows it this once. */
export async function takePreviewLink(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const days = raw(bodyOf(visit), 'previewDays');
  const made = await makePreviewLink(site.db, { officer, id: consultation.id, days }, site.random, now);
  if ('issues' in made) return sendRelease(visit, { issues: made.issues });
  return sendRelease(visit, {
    typed: { previewDays: days },
    link: `${site.config.publicUrl}/previews/${made.token}`,
  });
}

/** Takes a secret link back. */
export async function takePreviewRevocation(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const linkId = idIn(request, 'link') ?? 0;
  await revokePreviewLink(site.db, { officer, id: consultation.id, linkId }, now);
  return done(visit, 'previewRevoked');
}

function bodyOf({ request }: ConsultationVisit): FormBody {
  return (request.body ?? {}) as FormBody;
}

function done(visit: ConsultationVisit, what: string): FastifyReply {
  return goTo(visit, `${baseOf(visit.consultation)}/release?done=${what}`);
}
