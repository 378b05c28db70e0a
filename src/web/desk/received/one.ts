import type { FastifyReply } from 'fastify';
import { type CommentNote, notesOn } from '../../../db/comment-notes.ts';
import { type DeskComment, deskComment } from '../../../db/comments.ts';
import { dispositionsOf } from '../../../db/dispositions.ts';
import { clausesById } from '../../../db/drafts.ts';
import { noticeState } from '../../../db/notices.ts';
import type { Screenable } from '../../../db/screenings.ts';
import { may } from '../../../domain/officer.ts';
import { isPublic, type Words } from '../../../domain/screening.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Link } from '../../public/shapes.ts';
import { assignTo } from '../assignment/of-comment.ts';
import { type CommentCard, groupCards, plainCard } from '../comment-cards.ts';
import { addressOf } from '../comments.ts';
import type { HintedChoice, Matter } from '../contexts.ts';
import { type Grouping, groupingOf } from '../groups/of-comment.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import { commentPlaces } from '../versions/comment-places.ts';
import type { ConsultationVisit } from '../visit.ts';
import { aroundComments } from './around.ts';
import { verdictChoices } from './bulk-form.ts';
import { listQuery, readList, unscreened } from './filter.ts';
import { disposedHistory, type HistoryLine } from './history.ts';
import { nextFound } from './portion.ts';
import { ownPassages, type RedactionForm, redactionForm } from './redaction-form.ts';

export interface CommentPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly clause: string;
  readonly paragraphs: readonly string[];
  readonly card: CommentCard;
  /** What the public reads now, or would read; the comment itself may say more. */
  readonly published: Words;
  /** Whether the public reads it, and why not. */
  readonly publicity: string;
  readonly mayScreen: boolean;
  readonly redaction: RedactionForm;
  readonly verdicts: readonly HintedChoice[];
  readonly grouping: Grouping;
  /** What was decided on it, each with what stood before. */
  readonly disposed: readonly HistoryLine[];
  /** To whom it was given, each with whose it was before. */
  readonly assignments: readonly HistoryLine[];
  /** Where it is given to somebody; empty for whoever may not, and where there is nothing to give. */
  readonly assignTo: string;
  /** What officers told each other about it; never public. */
  readonly notes: readonly CommentNote[];
  /** Id of the last note, 0 for none. */
  readonly seenNote: number;
  /** True where the list has the form for its disposition. */
  readonly mayDispose: boolean;
  /** What it returns to when its disposition is taken back; empty where nothing can be. */
  readonly returnsTo: string;
  /** Which of the forms was made for an older state of things. */
  readonly stale: 'screening' | 'redaction' | 'grouping' | 'disposition' | 'note' | '';
  /** Goes with each form, so that the way back leads to the same list. */
  readonly list: string;
  readonly back: Link;
  /** The next comment that waits to be screened, after one was; empty when none is left. */
  readonly nextTo: string;
}

/** What came back from one of the two forms. */
export interface CommentState {
  readonly list: string;
  readonly form?: FormState;
  readonly passages?: readonly string[];
  readonly preview?: Words | null;
  readonly stale?: CommentPage['stale'];
  /** The number of a group that was typed, and why it was not taken: there is none, or the comment was put elsewhere. */
  readonly grouping?: { readonly typed: string; readonly isStale: boolean };
  readonly status?: 200 | 409 | 422;
}

/** One comment with its screening, what is published of it, and the history of both. */
export async function showComment(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendComment(visit, { list: queryOf(visit.request, 'list') });
}

/** The page of the comment that the address names. */
export async function sendComment(visit: ConsultationVisit, state: CommentState): Promise<FastifyReply> {
  const { site, request, consultation, officer } = visit;
  const { sentences } = site;
  const comment = await deskComment(site.db, idIn(request, 'comment') ?? 0);
  if (comment?.consultationId !== consultation.id) return sendNotFound(visit);
  const around = (await aroundComments(visit, [comment]))(comment);
  const places = await commentPlaces(visit, [comment]);
  const clauses = await clausesById(site.db, comment.clauseId === null ? [] : [comment.clauseId]);
  const card = { ...plainCard(comment, around, sentences), ...places.placeOf(comment) };
  const [group] = groupCards([comment], clauses, sentences, places.nameOf, () => card);
  const disposed = disposedHistory(await dispositionsOf(site.db, comment.id), sentences);
  const notes = await notesOn(site.db, comment.id);
  const list = readList(new URLSearchParams(state.list));
  const mayDispose = await disposes(visit);
  const isStanding = !comment.withdrawn && !comment.late;
  const back = addressOf(visit, { at: comment.id, list });
  const page = {
    title: sentences.desk.screenComment,
    crumbs: [...crumbsOf(visit), { to: back, text: sentences.desk.pages.comments }],
    matter: matterOf(visit, 'comments'),
    form: state.form ?? savedForm(around.reading, sentences, state.grouping),
    grouping: await groupingOf(visit, comment),
    clause: group?.heading ?? '',
    paragraphs: group?.paragraphs ?? [],
    card,
    published: around.reading.published,
    publicity: publicityOf(comment, card, consultation.showsComments, sentences),
    mayScreen: may(officer, 'screen'),
    redaction: redactionForm(around.reading, state, sentences),
    verdicts: verdictChoices(sentences),
    stale: state.grouping?.isStale ? ('grouping' as const) : (state.stale ?? ''),
    disposed,
    assignments: around.assignments,
    assignTo: await assignTo(visit, comment, listQuery(list)),
    notes,
    seenNote: notes.at(-1)?.id ?? 0,
    mayDispose: mayDispose && isStanding,
    returnsTo: mayDispose ? (disposed.at(-1)?.from ?? '') : '',
    list: listQuery(list),
    back: { to: back, text: sentences.desk.backToList },
    nextTo: await nextTo(visit, comment.id, listQuery(list)),
  };
  return sendDesk(visit, 'desk/comment', page, state.status ?? 200);
}

function savedForm(reading: Screenable, sentences: Sentences, grouping: CommentState['grouping']): FormState {
  const values = { passages: ownPassages(reading, sentences), groupNumber: grouping?.typed ?? '' };
  const isUnknown = grouping !== undefined && !grouping.isStale;
  return formState(values, isUnknown ? [{ field: 'groupNumber', key: 'noSuchGroup' }] : [], sentences);
}

async function disposes({ site, consultation, officer }: ConsultationVisit): Promise<boolean> {
  const notice = await noticeState(site.db, consultation.id);
  return consultation.closedAt !== null && notice?.signing?.verdict !== 'signed' && may(officer, 'dispose');
}

/** The address of one comment's page. */
export function commentAddress(
  { consultation }: ConsultationVisit,
  { id, list, done }: { readonly id: number; readonly list: string; readonly done?: string },
): string {
  const query = new URLSearchParams({ ...(done ? { done } : {}), ...(list ? { list } : {}) }).toString();
  return `${baseOf(consultation)}/comments/${id}${query && `?${query}`}`;
}

async function nextTo(visit: ConsultationVisit, id: number, list: string): Promise<string> {
  if (queryOf(visit.request, 'done') !== 'screened') return '';
  const next = await nextFound(visit, unscreened, id, Number.MAX_SAFE_INTEGER);
  return next === 0 ? '' : commentAddress(visit, { id: next, list });
}

function publicityOf(
  { withdrawn, late, consent }: DeskComment,
  { screening }: CommentCard,
  showsComments: boolean,
  { desk }: Sentences,
): string {
  const { publicity } = desk;
  if (isPublic({ screening, consent, withdrawn, late, showsComments })) return publicity.public;
  if (withdrawn) return publicity.withdrawn;
  if (late) return publicity.late;
  if (consent === 'no') return publicity.consent;
  if (screening === 'hidden') return publicity.hidden;
  return showsComments ? publicity.waiting : publicity.notShown;
}
