import type { FastifyReply } from 'fastify';
import { disposeOfComment } from '../../actions/dispose-of-comment.ts';
import { deskComment } from '../../db/comments.ts';
import { judgeDisposition } from '../../domain/disposition.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, line, raw, text } from '../forms.ts';
import { dispositionForm } from './comment-cards.ts';
import { addressOf, sendComments } from './comments.ts';
import { goTo, idIn, sendNotFound } from './page.ts';
import { readList } from './received/filter.ts';
import { wentStale } from './stale.ts';
import { asksForTemplate, filledIn } from './templates/choices.ts';
import type { ConsultationVisit } from './visit.ts';

/** Gives a comment its disposition and comes back to it in the same list. */
export async function takeDisposition(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const comment = await deskComment(site.db, idIn(request, 'comment') ?? 0);
  if (comment?.consultationId !== consultation.id) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const list = readList(new URLSearchParams(raw(body, 'list')));
  const typed = {
    outcome: line(body, `outcome-${comment.id}`),
    reason: text(body, `reason-${comment.id}`),
  };
  const again = (issues: readonly Issue[], status: 200 | 409 | 422, said = typed) => {
    const form = dispositionForm(comment.id, said, issues, site.sentences);
    return sendComments(visit, { at: comment.id, list, refused: { commentId: comment.id, form, status } });
  };
  const seen = Number(raw(body, 'seen')) || 0;
  if (asksForTemplate(body))
    return again([], seen === comment.dispositionId ? 200 : 409, await filledIn(visit, body, typed));
  const disposition = judgeDisposition(typed);
  if ('issues' in disposition) return again(disposition.issues, 422);
  const input = { officer, consultationId: consultation.id, commentId: comment.id, seen, disposition };
  if (await wentStale(disposeOfComment(site.db, input, now))) return again([], 409);
  return goTo(visit, addressOf(visit, { at: comment.id, list, done: 'disposed' }));
}
