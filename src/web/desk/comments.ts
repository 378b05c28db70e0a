import type { FastifyReply } from 'fastify';
import { type DeskComment, deskCommentsWith } from '../../db/comments.ts';
import { isPublished } from '../../db/consultations.ts';
import { clausesById } from '../../db/drafts.ts';
import { noticeState } from '../../db/notices.ts';
import { outcomes } from '../../domain/disposition.ts';
import { may } from '../../domain/officer.ts';
import { countOf, type Tally } from '../../domain/tallies.ts';
import { type FormState, formState } from '../forms.ts';
import type { Choice } from '../public/shapes.ts';
import { assignedChoices } from './assignment/filter-choices.ts';
import {
  type Around,
  type CommentCard,
  type CommentGroup,
  dispositionForm,
  groupCards,
  plainCard,
} from './comment-cards.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { sendListCounting } from './notice-counting.ts';
import { goTo, queryOf, sendDesk } from './page.ts';
import { aroundComments } from './received/around.ts';
import { type BulkForm, type BulkState, bulkForm, togetherSentence } from './received/bulk-form.ts';
import { asksForSome, type ListState, listQuery, readList, undisposed } from './received/filter.ts';
import { type FilterForm, filterForm } from './received/filter-form.ts';
import { nextFound, type Portion, portionOf } from './received/portion.ts';
import { type BatchGone, type BatchShown, batchShown } from './received/take-back.ts';
import { type TotalsShown, totalsShown } from './received/totals.ts';
import { templateChoices } from './templates/choices.ts';
import { type CommentPlaces, commentPlaces } from './versions/comment-places.ts';
import type { ConsultationVisit } from './visit.ts';

export interface CommentsPage extends Pick<Portion, 'count' | 'isMore' | 'pages' | 'indexing'> {
  readonly matter: Matter;
  readonly form: FormState;
  readonly closed: boolean;
  readonly signed: boolean;
  readonly closesAt: Date | null;
  readonly mayDispose: boolean;
  readonly mayAssign: boolean;
  readonly totals: TotalsShown;
  readonly filter: FilterForm;
  readonly filtered: boolean;
  /** How many comments wait to be put on a clause of the newest version. */
  readonly orphaned: number;
  /** Goes with each form, so that the answer comes back to the same list. */
  readonly list: string;
  /** The next comment without a disposition, after one was saved; empty when none is left. */
  readonly nextTo: string;
  readonly outcomes: readonly Choice[];
  /** Reply templates to put into a reason. */
  readonly templates: readonly Choice[];
  readonly groups: readonly CommentGroup[];
  /** Screens many at once; null for whoever may not. */
  readonly bulk: BulkForm | null;
  /** What became of the comments that were just screened together; empty otherwise. */
  readonly screened: string;
  /** The batch that can be taken back as a whole; null for none, or whoever may not. */
  readonly batch: BatchShown | null;
  /** The batch that was to be taken back and could not; null otherwise. */
  readonly batchGone: BatchGone | null;
}

/** A disposition that could not be stored: its words, and why. */
export interface Refused {
  readonly commentId: number;
  readonly form: FormState;
  readonly status: 200 | 409 | 422;
}

/** How a page of comments is shown. */
export interface CommentsState {
  readonly list: ListState;
  /** The comment just worked on, which stays on the page; 0 for none. */
  readonly at: number;
  readonly isSaved?: boolean;
  /** Shown in the form of the comment at `at`. */
  readonly refused?: Refused;
  readonly bulk?: BulkState;
  readonly screened?: string;
  readonly batchGone?: BatchGone;
}

/** The comments received, by clause: all of them, or those that the address asks for; or that they are counted. */
export async function showComments(visit: ConsultationVisit): Promise<FastifyReply> {
  const { request, consultation } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const list = readList(new URL(request.originalUrl, 'http://desk').searchParams);
  const numberOf = (name: string) => Number(queryOf(request, name)) || 0;
  const screened = togetherSentence(numberOf, visit.site.sentences);
  const isSaved = queryOf(request, 'done') === 'disposed';
  return (
    (await sendListCounting(visit, list, screened)) ??
    sendComments(visit, { list, at: numberOf('at'), isSaved, screened })
  );
}

/** A page of the list, with the answer to a form that came from it. */
export async function sendComments(visit: ConsultationVisit, state: CommentsState): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  const { sentences } = site;
  const notice = await noticeState(site.db, consultation.id);
  const signed = notice?.signing?.verdict === 'signed';
  const closed = consultation.closedAt !== null;
  const mayDispose = closed && !signed && may(officer, 'dispose');
  const mayAssign = !signed && may(officer, 'assign');
  const { totals, tallies, candidates } = await totalsShown(visit);
  const { filter } = state.list;
  const { ids, pages, from, ...found } = await portionOf(visit, state.list, state.at, tallies);
  const list = { filter, from };
  const part = await deskCommentsWith(site.db, ids);
  const places = await commentPlaces(visit, part);
  const page = {
    title: sentences.desk.pages.comments,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'comments'),
    form: state.refused?.form ?? state.bulk?.form ?? formState({}, [], sentences),
    ...{ closed, signed, closesAt: consultation.closesAt, mayDispose, mayAssign, totals, ...found, pages },
    filter: await filterForm(
      visit,
      filter,
      places.nameOf,
      assignedChoices(visit, candidates, tallies, filter.assigned),
    ),
    filtered: asksForSome(filter),
    orphaned: places.orphaned,
    list: listQuery(list),
    nextTo: state.isSaved ? await nextTo(visit, { ...state, list }, ids, tallies) : '',
    outcomes: outcomes.map((value) => ({ value, label: sentences.outcomes[value] })),
    templates: mayDispose ? await templateChoices(visit) : [],
    groups: await groupsOf(visit, part, places, mayDispose, state),
    bulk: may(officer, 'screen') ? bulkForm(state.bulk, sentences) : null,
    screened: state.screened ?? '',
    batch: mayDispose ? await batchShown(visit) : null,
    batchGone: state.batchGone ?? null,
  };
  const status = state.batchGone ? 409 : (state.refused?.status ?? state.bulk?.status ?? 200);
  return sendDesk(visit, 'desk/comments', page, status);
}

/** The address of a list with a comment in sight, the one that was just worked on. */
export function addressOf(
  { consultation }: ConsultationVisit,
  { at, list, done }: { readonly at: number; readonly list: ListState; readonly done?: string },
): string {
  const query = new URLSearchParams(listQuery(list));
  if (done) query.set('done', done);
  query.set('at', String(at));
  return `${baseOf(consultation)}/comments?${query}#comment-${at}`;
}

async function nextTo(
  visit: ConsultationVisit,
  { list, at }: CommentsState,
  ids: readonly number[],
  tallies: readonly Tally[],
): Promise<string> {
  const next = await nextFound(visit, undisposed, at, countOf(tallies, undisposed) ?? 0);
  if (next === 0) return '';
  // A comment that is on this page keeps the page as it is; any other begins its own.
  return addressOf(visit, { at: next, list: ids.includes(next) ? list : { ...list, from: next } });
}

async function groupsOf(
  visit: ConsultationVisit,
  comments: readonly DeskComment[],
  places: CommentPlaces,
  mayDispose: boolean,
  state: CommentsState,
): Promise<CommentGroup[]> {
  const { site } = visit;
  const clauses = await clausesById(site.db, [
    ...new Set(comments.flatMap(({ clauseId }) => clauseId ?? [])),
  ]);
  const around = await aroundComments(visit, comments);
  return groupCards(comments, clauses, site.sentences, places.nameOf, (comment) =>
    cardOf(comment, around(comment), visit, mayDispose, places, state),
  );
}

function cardOf(
  comment: DeskComment,
  around: Around,
  { site }: ConsultationVisit,
  mayDispose: boolean,
  { placeOf }: CommentPlaces,
  { at, isSaved, refused }: CommentsState,
): CommentCard {
  const card = { ...plainCard(comment, around, site.sentences), ...placeOf(comment) };
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
