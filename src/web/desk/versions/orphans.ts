import type { FastifyReply } from 'fastify';
import { placeComments } from '../../../actions/place-comment.ts';
import { commentsByClause } from '../../../db/clause-counts.ts';
import { latestPlacement } from '../../../db/comment-placements.ts';
import { isPublished } from '../../../db/consultations.ts';
import { type ClausePlaces, clausePlaces } from '../../../db/placements.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, raw } from '../../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, queryOf, sendDesk } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { byHandAfter, type PlacedByHand } from './by-hand.ts';
import { countPlaces, type PlaceCounts } from './place-counts.ts';
import { clauseNameOf } from './place-text.ts';

export interface OrphansPage {
  readonly matter: Matter;
  readonly counts: PlaceCounts;
  /** Deleted clauses with the comments that stand on them. */
  readonly groups: readonly { readonly to: string; readonly name: string; readonly count: number }[];
  readonly pages: readonly PageOf[];
  /** What officers put somewhere by hand, latest first. */
  readonly byHand: readonly PlacedByHand[];
  readonly version: number;
  /** The latest placement that the page shows, 0 for none. */
  readonly seen: number;
  readonly mayPlace: boolean;
  readonly stale: boolean;
}

const perPage = 50;

/** The comments whose clause was deleted, by clause, and those that were put somewhere else by hand. */
export async function showOrphans(visit: ConsultationVisit): Promise<FastifyReply> {
  return isPublished(visit.consultation)
    ? sendOrphans(visit, false)
    : goTo(visit, baseOf(visit.consultation));
}

/** Takes a placement by hand back: the comment stands again where the links put it. */
export async function takePlacementUndo(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const placed = { commentIds: [Number(raw(body, 'comment')) || 0] };
  const version = Number(raw(body, 'version')) || 0;
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, version, seen, placed, choice: 'undo' } as const;
  if (await wentStale(placeComments(site.db, input, now))) return sendOrphans(visit, true);
  return goTo(visit, `${baseOf(consultation)}/orphans?done=placementUndone`);
}

async function sendOrphans(visit: ConsultationVisit, stale: boolean): Promise<FastifyReply> {
  const { site, consultation, officer, request } = visit;
  const places = await clausePlaces(site.db, consultation.id);
  const byClause = await commentsByClause(site.db, consultation.id);
  const base = `${baseOf(consultation)}/orphans`;
  const groups = groupsOf(visit, places, byClause);
  const last = Math.max(1, Math.ceil(groups.length / perPage));
  const current = pageWithin(queryOf(request, 'page'), last);
  const page = {
    title: site.sentences.desk.pages.orphans,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'comments'),
    counts: countPlaces(places, byClause),
    groups: groups.slice((current - 1) * perPage, current * perPage),
    pages: pagesOf(base, current, last),
    byHand: await byHandAfter(visit, places, 0),
    version: places.versions.at(-1)?.version ?? 0,
    seen: await latestPlacement(site.db),
    mayPlace: may(officer, 'dispose'),
    stale,
  };
  return sendDesk(visit, 'desk/version-orphans', page, stale ? 409 : 200);
}

function groupsOf(
  { site, consultation }: ConsultationVisit,
  places: ClausePlaces,
  byClause: ReadonlyMap<number | null, number>,
): OrphansPage['groups'] {
  return [...places.names.values()].flatMap((name) => {
    const count = byClause.get(name.id) ?? 0;
    if (count === 0 || places.places.get(name.id)?.state !== 'orphaned') return [];
    const to = `${baseOf(consultation)}/orphans/${name.id}`;
    return [{ to, name: clauseNameOf(name, places, site.sentences), count }];
  });
}
