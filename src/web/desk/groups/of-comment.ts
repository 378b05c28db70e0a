import type { FastifyReply } from 'fastify';
import { groupComments } from '../../../actions/group-comments.ts';
import { type DeskComment, deskComment } from '../../../db/comments.ts';
import { groupNumbered } from '../../../db/groups.ts';
import { type Placed, placedComments } from '../../../db/memberships.ts';
import { noticeState } from '../../../db/notices.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, line, raw } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo, idIn, sendNotFound } from '../page.ts';
import { commentAddress, sendComment } from '../received/one.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { numberIn } from './one-deeds.ts';

/** A confirmed group as a comment shows it. */
export interface GroupLink {
  readonly number: number;
  readonly label: string;
  readonly to: string;
}

/** Which group a comment is in, and whether it can be put into another. */
export interface Grouping {
  readonly group: GroupLink | null;
  /** Id of the row that says so, 0 for none. */
  readonly seen: number;
  readonly mayGroup: boolean;
}

/** The groups of these comments, by comment id; those that are in none have no entry. */
export async function groupLinks(
  { site, consultation }: ConsultationVisit,
  commentIds: readonly number[],
): Promise<Map<number, GroupLink>> {
  const placed = await placedComments(site.db, commentIds);
  return new Map(
    [...placed].flatMap(([id, each]) => {
      const link = linkOf(each, baseOf(consultation));
      return link ? [[id, link] as const] : [];
    }),
  );
}

/** What the page of one comment says of its group. */
export async function groupingOf(
  visit: ConsultationVisit,
  { id, late, withdrawn }: DeskComment,
): Promise<Grouping> {
  const { site, consultation, officer } = visit;
  const placed = (await placedComments(site.db, [id])).get(id);
  const signed = (await noticeState(site.db, consultation.id))?.signing?.verdict === 'signed';
  return {
    group: linkOf(placed, baseOf(consultation)),
    seen: placed?.seen ?? 0,
    mayGroup: may(officer, 'group') && !signed && !late && !withdrawn,
  };
}

function linkOf(placed: Placed | undefined, base: string): GroupLink | null {
  if (!placed?.group) return null;
  const { id, number, label } = placed.group;
  return { number, label, to: `${base}/groups/${id}` };
}

/** Puts a comment into the group with a number, or takes it out of its group. */
export async function takeCommentGroup(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const comment = await deskComment(site.db, idIn(request, 'comment') ?? 0);
  if (comment?.consultationId !== consultation.id) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const [typed, list] = [line(body, 'groupNumber'), raw(body, 'list')];
  const isOut = raw(body, 'do') === 'out';
  const group = isOut ? undefined : await groupNumbered(site.db, consultation.id, numberIn(typed));
  if (!isOut && !group) return sendComment(visit, { list, grouping: { typed, isStale: false }, status: 422 });
  const comments = [{ id: comment.id, seen: Number(raw(body, 'seenGroup')) || 0 }];
  const input = { officer, consultationId: consultation.id, comments, to: group?.id ?? null };
  if (await wentStale(groupComments(site.db, input, now)))
    return sendComment(visit, { list, grouping: { typed, isStale: true }, status: 409 });
  const done = isOut ? 'membersTakenOut' : 'memberAdded';
  return goTo(visit, commentAddress(visit, { id: comment.id, list, done }));
}
