import type { FastifyReply } from 'fastify';
import { type DeskComment, deskCommentsWith, type ListedComment, listedComments } from '../../db/comments.ts';
import { isPublished } from '../../db/consultations.ts';
import { clausesById } from '../../db/drafts.ts';
import { noticeState } from '../../db/notices.ts';
import { outcomes } from '../../domain/disposition.ts';
import { may } from '../../domain/officer.ts';
import { type FormState, formState } from '../forms.ts';
import type { Choice } from '../public/shapes.ts';
import {
  type CommentCard,
  type CommentGroup,
  dispositionForm,
  groupCards,
  plainCard,
} from './comment-cards.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, queryOf, sendDesk } from './page.ts';
import { type CommentPlaces, commentPlaces } from './versions/comment-places.ts';
import type { ConsultationVisit } from './visit.ts';

export interface CommentsPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly closed: boolean;
  readonly signed: boolean;
  readonly closesAt: Date | null;
  readonly mayDispose: boolean;
  readonly total: number;
  readonly undisposed: number;
  readonly onlyUndisposed: boolean;
  /** How many comments wait to be put on a clause of the newest version. */
  readonly orphaned: number;
  /** Goes with each form, so that the answer comes back to the same list. */
  readonly show: string;
  /** The next comment without a disposition, after one was saved; empty when none is left. */
  readonly nextTo: string;
  readonly pages: readonly { readonly text: string; readonly to?: string; readonly current?: boolean }[];
  readonly outcomes: readonly Choice[];
  readonly groups: readonly CommentGroup[];
}

/** A disposition that could not be stored: its words, and why. */
export interface Refused {
  readonly commentId: number;
  readonly form: FormState;
  readonly status: 409 | 422;
}

const perPage = 50;

/** The comments by clause, all or only those without a disposition. */
export async function showComments(visit: ConsultationVisit): Promise<FastifyReply> {
  if (!isPublished(visit.consultation)) return goTo(visit, baseOf(visit.consultation));
  const at = Number(queryOf(visit.request, 'at')) || 0;
  const isSaved = queryOf(visit.request, 'done') === 'disposed';
  return sendComments(visit, { at, isSaved, show: queryOf(visit.request, 'show') });
}

/** The page of comments that holds the one at `at`; `refused` is shown in that one's form. */
export async function sendComments(
  visit: ConsultationVisit,
  state: {
    readonly at: number;
    readonly show: string;
    readonly isSaved?: boolean;
    readonly refused?: Refused;
  },
): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  const { sentences } = site;
  const comments = await listedComments(site.db, consultation.id);
  const notice = await noticeState(site.db, consultation.id);
  const isSigned = notice?.signing?.verdict === 'signed';
  const closed = consultation.closedAt !== null;
  const mayDispose = closed && !isSigned && may(officer, 'dispose');
  const onlyUndisposed = state.show === 'undisposed';
  const listed = onlyUndisposed ? comments.filter((each) => each.waits || each.id === state.at) : comments;
  const { ids, pages } = paged(visit, listed, state);
  const part = await deskCommentsWith(site.db, ids);
  const clauses = await clausesById(site.db, [...new Set(part.flatMap(({ clauseId }) => clauseId ?? []))]);
  const places = await commentPlaces(visit, part);
  const undisposed = comments.filter((each) => each.waits);
  const next = state.isSaved ? undisposed.find((each) => each.id !== state.at) : undefined;
  const page = {
    title: sentences.desk.pages.comments,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'comments'),
    form: state.refused?.form ?? formState({}, [], sentences),
    ...{ closed, signed: isSigned, closesAt: consultation.closesAt, mayDispose, onlyUndisposed, pages },
    total: comments.length,
    undisposed: undisposed.length,
    show: onlyUndisposed ? 'undisposed' : '',
    nextTo: next ? addressOf(visit, { show: state.show, at: next.id }) : '',
    outcomes: outcomes.map((value) => ({ value, label: sentences.outcomes[value] })),
    orphaned: places.orphaned,
    groups: groupCards(part, clauses, sentences, places.nameOf, (comment) =>
      cardOf(comment, visit, mayDispose, places, state),
    ),
  };
  return sendDesk(visit, 'desk/comments', page, state.refused?.status ?? 200);
}

/** The address of the page that holds a comment, with its anchor. */
export function addressOf(
  { consultation }: ConsultationVisit,
  { at, show, done }: { readonly at: number; readonly show: string; readonly done?: string },
): string {
  const query = new URLSearchParams({
    ...(show === 'undisposed' ? { show } : {}),
    ...(done ? { done } : {}),
    at: String(at),
  });
  return `${baseOf(consultation)}/comments?${query}#comment-${at}`;
}

function paged(
  visit: ConsultationVisit,
  comments: readonly ListedComment[],
  { at, show }: { readonly at: number; readonly show: string },
) {
  const last = Math.max(1, Math.ceil(comments.length / perPage));
  const index = comments.findIndex((comment) => comment.id === at);
  const asked = index >= 0 ? Math.floor(index / perPage) + 1 : Number(queryOf(visit.request, 'page')) || 1;
  const page = Math.min(Math.max(1, Math.trunc(asked)), last);
  const filter = show === 'undisposed' ? '&show=undisposed' : '';
  const base = `${baseOf(visit.consultation)}/comments`;
  const pages = Array.from({ length: last }, (_, each) => ({
    text: String(each + 1),
    ...(each + 1 === page ? { current: true } : { to: `${base}?page=${each + 1}${filter}` }),
  }));
  const part = comments.slice((page - 1) * perPage, page * perPage);
  return { ids: part.map(({ id }) => id), pages: last > 1 ? pages : [] };
}

function cardOf(
  comment: DeskComment,
  { site }: ConsultationVisit,
  mayDispose: boolean,
  { placeOf }: CommentPlaces,
  { at, isSaved, refused }: { readonly at: number; readonly isSaved?: boolean; readonly refused?: Refused },
): CommentCard {
  const card = { ...plainCard(comment, site.sentences), ...placeOf(comment) };
  if (!mayDispose || comment.withdrawn || comment.late) return card;
  const isRefused = refused?.commentId === comment.id;
  const saved = { outcome: comment.outcome ?? '', reason: comment.reason };
  return {
    ...card,
    form: isRefused ? refused.form : dispositionForm(comment.id, saved, [], site.sentences),
    saved: isSaved === true && comment.id === at,
    stale: isRefused && refused.status === 409,
  };
}
