import type { FastifyReply } from 'fastify';
import { type PlaceChoice, placeComments } from '../../../actions/place-comment.ts';
import { latestPlacement, olderCommentsOn, type Placed } from '../../../db/comment-placements.ts';
import { deskCommentsWith } from '../../../db/comments.ts';
import { clausesById, latestDraft } from '../../../db/drafts.ts';
import { clausePlaces } from '../../../db/placements.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { isMapped } from '../../../domain/versions/clause.ts';
import { type FormBody, type FormState, formState, line, list, raw } from '../../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Choice } from '../../public/shapes.ts';
import { type CommentCard, plainCard } from '../comment-cards.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import { aroundComments } from '../received/around.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { byHandAfter, type PlacedByHand } from './by-hand.ts';
import { clauseNameOf } from './place-text.ts';

export interface OrphanPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly to: string;
  readonly orphansTo: string;
  readonly orphaned: boolean;
  /** How many comments stand on the clause; the page shows a portion of them. */
  readonly count: number;
  readonly cards: readonly CommentCard[];
  readonly chosen: readonly number[];
  readonly pages: readonly PageOf[];
  readonly targets: readonly Choice[];
  readonly scopes: readonly Choice[];
  readonly version: number;
  /** The latest placement that the page shows, 0 for none. */
  readonly seen: number;
  readonly mayPlace: boolean;
  readonly stale: boolean;
  /** What colleagues placed since the page was opened, where it went stale. */
  readonly theirs: readonly PlacedByHand[];
}

const perPage = 50;
const wholeDraft = '*';

/** The comments that stand on one clause of an older version, to put them on another. */
export async function showOrphan(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendOrphan(visit, { typed: { scope: 'all', clause: '' } });
}

/** Puts some or all of them on a clause of the newest version, or on the whole draft. */
export async function takeOrphan(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { scope: line(body, 'scope'), clause: line(body, 'clause') };
  const chosen = list(body, 'comments').flatMap((id) => Number(id) || []);
  const placed: Placed =
    typed.scope === 'all' ? { standingOn: idIn(request, 'clause') ?? 0 } : { commentIds: chosen };
  if (typed.clause === '')
    return sendOrphan(visit, { typed, chosen, issues: [{ field: 'clause', key: 'choose' }] });
  const choice: PlaceChoice = typed.clause === wholeDraft ? 'wholeDraft' : { address: typed.clause };
  const version = Number(raw(body, 'version')) || 0;
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, version, seen, placed, choice };
  const deed = placeComments(site.db, input, now);
  if (await wentStale(deed)) return sendOrphan(visit, { typed, chosen, staleSince: seen });
  const result = await deed;
  if ('issue' in result) return sendOrphan(visit, { typed, chosen, issues: [result.issue] });
  return goTo(visit, `${baseOf(consultation)}/orphans?done=commentsPlaced`);
}

async function sendOrphan(
  visit: ConsultationVisit,
  state: {
    readonly typed: { readonly scope: string; readonly clause: string };
    readonly chosen?: readonly number[];
    readonly issues?: readonly Issue[];
    /** The latest placement that a stale page knew. */
    readonly staleSince?: number;
  },
): Promise<FastifyReply> {
  const { site, consultation, officer, request } = visit;
  const { sentences } = site;
  const places = await clausePlaces(site.db, consultation.id);
  const name = places.names.get(idIn(request, 'clause') ?? 0);
  const [clause] = name ? await clausesById(site.db, [name.id]) : [];
  if (!name || !clause) return sendNotFound(visit);
  const { chosen = [], issues = [], staleSince } = state;
  const stale = staleSince !== undefined;
  const orphansTo = `${baseOf(consultation)}/orphans`;
  const to = `${orphansTo}/${name.id}`;
  const page = {
    title: sentences.desk.placeComments,
    crumbs: [...crumbsOf(visit), { to: orphansTo, text: sentences.desk.pages.orphans }],
    matter: matterOf(visit, 'comments'),
    form: formState(state.typed, issues, sentences),
    name: clauseNameOf(name, places, sentences),
    paragraphs: clause.text.split('\n').filter((each) => each.trim() !== ''),
    rows: clause.rows ?? [],
    ...{ to, orphansTo, chosen, stale },
    orphaned: places.places.get(name.id)?.state === 'orphaned',
    ...(await cardsOn(visit, name.id, places.versions.at(-1)?.id ?? 0, to)),
    targets: await targetsOf(visit),
    scopes: (['all', 'some'] as const).map((value) => ({ value, label: sentences.desk.placeScopes[value] })),
    version: places.versions.at(-1)?.version ?? 0,
    seen: await latestPlacement(site.db),
    theirs: stale ? await byHandAfter(visit, places, staleSince) : [],
    mayPlace: may(officer, 'dispose'),
  };
  return sendDesk(visit, 'desk/version-orphan', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

async function cardsOn(visit: ConsultationVisit, clauseId: number, newestDraftId: number, to: string) {
  const { site, consultation, request } = visit;
  const clause = { consultationId: consultation.id, clauseId, newestDraftId };
  const asked = pageWithin(queryOf(request, 'page'), Number.MAX_SAFE_INTEGER);
  const { count, ids } = await olderCommentsOn(site.db, clause, {
    limit: perPage,
    offset: (asked - 1) * perPage,
  });
  const comments = await deskCommentsWith(site.db, ids);
  const around = await aroundComments(visit, comments);
  const last = Math.max(1, Math.ceil(count / perPage));
  return {
    count,
    cards: comments.map((comment) => plainCard(comment, around(comment), site.sentences)),
    pages: pagesOf(to, Math.min(asked, last), last),
  };
}

async function targetsOf({ site, consultation }: ConsultationVisit): Promise<Choice[]> {
  const draft = await latestDraft(site.db, consultation.id);
  const clauses = (draft?.clauses ?? []).filter(isMapped).map(({ address, citation, heading, kind }) => ({
    value: address,
    label: [citation || site.sentences.blockKinds[kind], heading].filter(Boolean).join('　'),
  }));
  const { chooseClause } = site.sentences.desk;
  return [
    { value: '', label: chooseClause },
    { value: wholeDraft, label: site.sentences.notice.wholeDraft },
    ...clauses,
  ];
}
