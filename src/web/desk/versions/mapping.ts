import type { FastifyReply } from 'fastify';
import { type Mapping, mapVersions } from '../../../actions/map-versions.ts';
import { commentsByClause } from '../../../db/clause-counts.ts';
import { clausePlaces } from '../../../db/placements.ts';
import { may } from '../../../domain/officer.ts';
import { isDoubtful } from '../../../domain/versions/doubtful.ts';
import { type ClauseLink, linkKinds } from '../../../domain/versions/map.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Matter, PageLink } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, queryOf, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type LinkRow, linkRows } from './link-rows.ts';
import { versionName } from './name.ts';
import { countOnNewest } from './place-counts.ts';

export interface MappingPage {
  readonly matter: Matter;
  readonly oldName: string;
  readonly newName: string;
  /** All links, those to check first, and each kind there is, with their numbers. */
  readonly filters: readonly (PageLink & { readonly count: number })[];
  readonly doubtful: number;
  /** Corrections that fit nothing any more, since the draft was edited. */
  readonly lost: readonly { readonly to: string; readonly text: string }[];
  readonly rows: readonly LinkRow[];
  readonly pages: readonly PageOf[];
  readonly mayPublish: boolean;
  /** False while the working draft has no text yet. */
  readonly hasText: boolean;
}

/** A link with what is known of it. */
export interface KnownLink {
  readonly link: ClauseLink;
  /** Comments that stand on its old clauses. */
  readonly comments: number;
  readonly doubtful: boolean;
}

const perPage = 50;

/** Old and new clauses side by side, with what became of each; `?show=` narrows them. */
export async function showMapping(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation, officer, request } = visit;
  const { sentences } = site;
  const mapping = await mapVersions(site.db, consultation.id);
  if (!mapping) return goTo(visit, baseOf(consultation));
  const known = await knownLinks(visit, mapping);
  const doubtful = known.filter((each) => each.doubtful).length;
  const show = queryOf(request, 'show') || (doubtful > 0 ? 'check' : 'all');
  const listed = known.filter((each) => isShown(each, show));
  const last = Math.max(1, Math.ceil(listed.length / perPage));
  const current = pageWithin(queryOf(request, 'page'), last);
  const base = `${baseOf(consultation)}/mapping`;
  const page = {
    title: sentences.desk.pages.mapping,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'mapping'),
    oldName: versionName(mapping.old.version, sentences),
    newName: versionName(mapping.old.version + 1, sentences),
    filters: filtersOf(visit, known, show),
    doubtful,
    lost: mapping.lost.map(({ from }) => ({ to: `${base}/${from}`, text: citationAt(mapping, from) })),
    rows: linkRows(mapping, listed.slice((current - 1) * perPage, current * perPage), base, sentences),
    pages: pagesOf(`${base}?show=${encodeURIComponent(show)}`, current, last),
    mayPublish: may(officer, 'publish'),
    hasText: mapping.next.length > 0,
  };
  return sendDesk(visit, 'desk/version-mapping', page);
}

/** The links with the numbers of comments on their old clauses. */
export async function knownLinks(
  { site, consultation }: ConsultationVisit,
  { links, old }: Mapping,
): Promise<KnownLink[]> {
  const places = await clausePlaces(site.db, consultation.id);
  const counts = countOnNewest(places, await commentsByClause(site.db, consultation.id));
  const byAddress = new Map(old.clauses.map(({ address, id }) => [address, counts.get(id) ?? 0]));
  return links.map((link) => {
    const comments = link.from.reduce((sum, address) => sum + (byAddress.get(address) ?? 0), 0);
    return { link, comments, doubtful: isDoubtful(link, comments) };
  });
}

/** How many links there are of each kind, in words; kinds that do not occur are left out. */
export function kindCounts({ site }: ConsultationVisit, links: readonly ClauseLink[]) {
  return linkKinds
    .map((kind) => ({
      kind,
      text: site.sentences.linkKinds[kind],
      count: links.filter((link) => link.kind === kind).length,
    }))
    .filter(({ count }) => count > 0);
}

function filtersOf(visit: ConsultationVisit, known: readonly KnownLink[], show: string) {
  const { desk } = visit.site.sentences;
  const base = `${baseOf(visit.consultation)}/mapping`;
  const kinds = kindCounts(
    visit,
    known.map(({ link }) => link),
  );
  const doubtful = known.filter((each) => each.doubtful).length;
  return [
    ...(doubtful > 0 ? [{ kind: 'check', text: desk.checkFirst, count: doubtful }] : []),
    { kind: 'all', text: desk.allClauses, count: known.length },
    ...kinds,
  ].map(({ kind, text, count }) => ({ to: `${base}?show=${kind}`, text, count, current: kind === show }));
}

function isShown({ link, doubtful }: KnownLink, show: string): boolean {
  if (show === 'check') return doubtful;
  return show === 'all' || link.kind === show;
}

function citationAt({ old }: Mapping, address: string): string {
  const clause = old.clauses.find((each) => each.address === address);
  return clause?.citation || address;
}
