import type { FastifyReply } from 'fastify';
import { disposeOfComments } from '../../../actions/dispose-of-comments.ts';
import { dissolveGroup } from '../../../actions/dissolve-group.ts';
import { groupComments, type SeenMember } from '../../../actions/group-comments.ts';
import { commentsOfReceipt } from '../../../db/group-members.ts';
import { groupOutcomes, standingMembers } from '../../../db/group-work.ts';
import { commentGroup, groupNumbered } from '../../../db/groups.ts';
import { placedComments } from '../../../db/memberships.ts';
import { judgeDisposition } from '../../../domain/disposition.ts';
import { type FormBody, line, list, raw, text } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo, idIn, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { sendGroup } from './one.ts';

/** Gives all standing comments of the group one disposition. */
export async function takeGroupDisposition(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const group = await commentGroup(site.db, consultation.id, idIn(request, 'group') ?? 0);
  if (!group) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const typed = { outcome: line(body, 'outcome'), reason: text(body, 'reason') };
  const disposition = judgeDisposition(typed);
  if ('issues' in disposition) {
    const issues = disposition.issues.map((issue) =>
      issue.field === 'outcome' ? { ...issue, key: 'choose' } : issue,
    );
    return sendGroup(visit, { typed, issues });
  }
  const { mark } = await groupOutcomes(site.db, { id: group.id, consultationId: consultation.id });
  if (mark !== raw(body, 'mark')) return sendGroup(visit, { typed, stale: 'disposition' });
  const comments = await standingMembers(site.db, group.id);
  const input = { officer, consultationId: consultation.id, comments, disposition };
  const result = await disposeOfComments(site.db, input, now);
  if ('changed' in result) return sendGroup(visit, { typed, stale: 'disposition' });
  return goTo(visit, `${baseOf(consultation)}/groups/${group.id}?done=groupDisposed`);
}

/** Takes the chosen comments out of the group, or moves them to another by its number. */
export async function takeMembers(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const chosen = list(body, 'member').flatMap((id) => Number(id) || []);
  const typed = { moveTo: line(body, 'moveTo') };
  const isMove = raw(body, 'do') === 'move';
  const target = isMove ? await groupNumbered(site.db, consultation.id, numberIn(typed.moveTo)) : undefined;
  const issues = [
    ...(chosen.length === 0 ? [{ field: 'members', key: 'noneChosen' }] : []),
    ...(isMove && !target ? [{ field: 'moveTo', key: 'noSuchGroup' }] : []),
  ];
  if (issues.length > 0) return sendGroup(visit, { typed, chosen, issues });
  const comments = chosen.map((id) => ({ id, seen: Number(raw(body, `seen-${id}`)) || 0 }));
  const input = { officer, consultationId: consultation.id, comments, to: target?.id ?? null };
  if (await wentStale(groupComments(site.db, input, now)))
    return sendGroup(visit, { typed, chosen, stale: 'members' });
  const here = `${baseOf(consultation)}/groups/${idIn(request, 'group') ?? 0}`;
  return goTo(visit, `${here}?done=${isMove ? 'membersMoved' : 'membersTakenOut'}`);
}

/** Puts the comments of a submission, by its receipt's number, into the group. */
export async function takeAddition(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { addReceipt: line(body, 'addReceipt') };
  const ids = await commentsOfReceipt(site.db, consultation.id, typed.addReceipt);
  if (ids.length !== 1) {
    const key = ids.length === 0 ? 'noSuchReceipt' : 'severalInReceipt';
    return sendGroup(visit, { typed, issues: [{ field: 'addReceipt', key }] });
  }
  const to = idIn(request, 'group') ?? 0;
  const comments = await seenNow(visit, ids);
  const since = Number(raw(body, 'placings')) || 0;
  if (comments.some(({ seen }) => seen > since)) return sendGroup(visit, { typed, stale: 'adding' });
  const input = { officer, consultationId: consultation.id, comments, to };
  if (await wentStale(groupComments(site.db, input, now)))
    return sendGroup(visit, { typed, stale: 'adding' });
  return goTo(visit, `${baseOf(consultation)}/groups/${to}?done=memberAdded`);
}

/** Dissolves the group, once that was ticked. */
export async function takeDissolution(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  if (line(body, 'dissolve') !== 'yes')
    return sendGroup(visit, { issues: [{ field: 'dissolve', key: 'tickToDissolve' }] });
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, groupId: idIn(request, 'group') ?? 0, seen };
  if (await wentStale(dissolveGroup(site.db, input, now)))
    return sendGroup(visit, { typed: { dissolve: 'yes' }, stale: 'dissolution' });
  return goTo(visit, `${baseOf(consultation)}/groups?done=groupDissolved`);
}

// The form names the comment itself, not where it was: that is replaced, unless somebody put it there since.
async function seenNow({ site }: ConsultationVisit, ids: readonly number[]): Promise<SeenMember[]> {
  const placed = await placedComments(site.db, ids);
  return ids.map((id) => ({ id, seen: placed.get(id)?.seen ?? 0 }));
}

/** The number of a group as people write it (第3组, 3), or 0. */
export function numberIn(typed: string): number {
  const [, digits] = /^第?(\d{1,9})组?$/u.exec(typed.normalize('NFKC')) ?? [];
  return Number(digits ?? 0);
}
