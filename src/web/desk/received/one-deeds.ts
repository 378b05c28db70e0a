import type { FastifyReply } from 'fastify';
import { noteComment } from '../../../actions/note-comment.ts';
import { redactComment } from '../../../actions/redact-comment.ts';
import { screenComments } from '../../../actions/screen-comments.ts';
import { takeBackDisposition } from '../../../actions/take-back-dispositions.ts';
import { screenable } from '../../../db/screenings.ts';
import type { Issue } from '../../../domain/issue.ts';
import { cover, redactionIssues } from '../../../domain/redaction.ts';
import { judgeScreening } from '../../../domain/screening.ts';
import { type FormBody, formState, line, list, raw, text } from '../../forms.ts';
import { goTo, idIn, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { commentAddress, sendComment } from './one.ts';

/** Says of one comment, which the officer has before them, whether it is shown to the public. */
export async function takeScreening(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { verdict: line(body, 'verdict'), screeningReason: text(body, 'screeningReason') };
  const [id, back] = [idIn(request, 'comment') ?? 0, raw(body, 'list')];
  const again = (issues: readonly Issue[], status: 409 | 422) => {
    const form = formState(typed, issues, site.sentences);
    return sendComment(visit, { list: back, form, status, stale: status === 409 ? 'screening' : '' });
  };
  if (!(await isHere(visit, id))) return sendNotFound(visit);
  const screening = judgeScreening({ verdict: typed.verdict, reason: typed.screeningReason });
  if ('issues' in screening) return again(screening.issues, 422);
  const comments = [{ id, seen: Number(raw(body, 'seen')) || 0 }];
  const input = { officer, consultationId: consultation.id, comments, screening, looked: true };
  if (await wentStale(screenComments(site.db, input, now))) return again([], 409);
  return goTo(visit, commentAddress(visit, { id, list: back, done: 'screened' }));
}

/** Shows what the public would read with passages covered, or covers them. */
export async function takeRedaction(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { passages: text(body, 'passages'), redactionReason: text(body, 'redactionReason') };
  const passages = passagesIn(body);
  const [id, back] = [idIn(request, 'comment') ?? 0, raw(body, 'list')];
  const comment = (await screenable(site.db, consultation.id, [id])).get(id);
  if (!comment) return sendNotFound(visit);
  const again = (issues: readonly Issue[], status: 200 | 409 | 422) => {
    const form = formState(typed, issues, site.sentences);
    const preview = cover(comment.original, passages);
    return sendComment(visit, {
      ...{ list: back, form, passages, preview, status },
      stale: status === 409 ? 'redaction' : '',
    });
  };
  if (raw(body, 'do') === 'preview') {
    const missing = redactionIssues(comment, { passages, reason: typed.redactionReason }).filter(
      ({ key }) => key === 'passageNotFound',
    );
    return again(missing, missing.length > 0 ? 422 : 200);
  }
  const reason = typed.redactionReason;
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, commentId: id, seen, passages, reason };
  const deed = redactComment(site.db, input, now);
  if (await wentStale(deed)) return again([], 409);
  const { issues } = await deed;
  if (issues.length > 0) return again(issues, 422);
  return goTo(visit, commentAddress(visit, { id, list: back, done: 'redacted' }));
}

/** Takes the latest disposition of a comment back. */
export async function takeDispositionBack(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const [id, back] = [idIn(request, 'comment') ?? 0, raw(body, 'list')];
  if (!(await isHere(visit, id))) return sendNotFound(visit);
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, commentId: id, seen };
  if (await wentStale(takeBackDisposition(site.db, input, now)))
    return sendComment(visit, { list: back, status: 409, stale: 'disposition' });
  return goTo(visit, commentAddress(visit, { id, list: back, done: 'dispositionTakenBack' }));
}

/** Adds an internal note to a comment. */
export async function takeNote(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const [id, back, note] = [idIn(request, 'comment') ?? 0, raw(body, 'list'), text(body, 'internalNote')];
  const again = (issues: readonly Issue[], status: 409 | 422) => {
    const form = formState({ internalNote: note }, issues, site.sentences);
    return sendComment(visit, { list: back, form, status, stale: status === 409 ? 'note' : '' });
  };
  if (!(await isHere(visit, id))) return sendNotFound(visit);
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, commentId: id, seen, text: note };
  const deed = noteComment(site.db, input, now);
  if (await wentStale(deed)) return again([], 409);
  const { issues } = await deed;
  if (issues.length > 0) return again(issues, 422);
  return goTo(visit, `${commentAddress(visit, { id, list: back, done: 'noted' })}#notes`);
}

async function isHere({ site, consultation }: ConsultationVisit, id: number): Promise<boolean> {
  return (await screenable(site.db, consultation.id, [id])).has(id);
}

// Ticked ones exactly as they were found, written ones a line each.
function passagesIn(body: FormBody): string[] {
  const written = text(body, 'passages').split('\n');
  const all = [...list(body, 'passage'), ...written.map((passage) => passage.trim())];
  return [...new Set(all)].filter((passage) => passage !== '');
}
