import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import type { Clause, Draft } from '../../db/drafts.ts';
import { draftVersion, versionsOf } from '../../db/versions.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { hrefIn, keyIn, readingFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { blockViews, nameOf, withDescendants } from './blocks.ts';
import { crumbsOf, neighboursOf } from './clause-links.ts';
import { kinOf } from './kin.ts';
import { formAt } from './links.ts';
import { withCounts } from './shown/counts.ts';
import { beforeIn, shownPortion } from './shown/portion.ts';
import { nextChange } from './timing.ts';
import { versionIn } from './version.ts';
import type { ClausePage } from './version-contexts.ts';

interface Asked {
  readonly number: string;
  readonly address: string;
  /** Only comments before this one; null for the latest. */
  readonly before: number | null;
  /** Null: the newest. */
  readonly version: number | null;
}

interface Query {
  readonly before?: unknown;
}

/** A clause on a page of its own: of the newest version, or of one version at an address that stays. */
export function registerClause(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { number: string; address: string }; Querystring: Query }>(
    '/consultations/:number/clauses/:address',
    async (request, reply) => {
      const asked = { ...request.params, version: null, before: beforeIn(request.query.before) };
      if (!(await send(app, site, request, reply, asked))) await lead(site, request, reply, asked);
      return reply;
    },
  );
  app.get<{ Params: { number: string; version: string; address: string }; Querystring: Query }>(
    '/consultations/:number/versions/:version/clauses/:address',
    async (request, reply) => {
      const version = versionIn(request.params.version);
      const asked = { ...request.params, version, before: beforeIn(request.query.before) };
      if (!(await send(app, site, request, reply, asked))) reply.callNotFound();
      return reply;
    },
  );
}

async function send(
  app: FastifyInstance,
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
): Promise<boolean> {
  const frame = readingFrame(request, site);
  const { number, version, address, before } = asked;
  const place = version === null ? '' : `/versions/${version}`;
  const key = keyIn(frame, `/consultations/${number}${place}/clauses/${address}?before=${before ?? ''}`);
  return site.cache.send(request, reply, key, async () => {
    const consultation = await publishedConsultation(site.db, number);
    const page = consultation && (await clausePage(site, consultation, asked));
    if (!page) return undefined;
    const validUntil = nextChange(consultation, site.clock());
    return { html: await renderPage(app, 'public/clause', page, frame), validUntil };
  });
}

/** What the newest version lacks is shown as it last stood; that page says what became of it. */
async function lead(site: Site, request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<void> {
  const consultation = await publishedConsultation(site.db, asked.number);
  const versions = consultation ? await versionsOf(site.db, consultation.id) : [];
  for (const { version } of versions.toReversed()) {
    const draft = consultation && (await draftVersion(site.db, consultation.id, version));
    if (!draft || !clauseAt(draft, asked.address)) continue;
    if (version === versions.at(-1)?.version) break;
    const to = `/consultations/${asked.number}/versions/${version}/clauses/${encodeURIComponent(asked.address)}`;
    const { large, script } = readingFrame(request, site);
    reply.header('cache-control', 'no-store').redirect(hrefIn(large, to, script), 302);
    return;
  }
  reply.callNotFound();
}

function clauseAt(draft: Draft, address: string): Clause | undefined {
  return draft.clauses.find((clause) => clause.address === address && clause.kind !== 'furniture');
}

async function clausePage(
  site: Site,
  consultation: PublishedConsultation,
  asked: Asked,
): Promise<(ClausePage & { readonly title: string }) | undefined> {
  const versions = await versionsOf(site.db, consultation.id);
  const newest = versions.at(-1)?.version;
  const draft = await draftVersion(site.db, consultation.id, asked.version ?? newest ?? 0);
  const clause = draft && clauseAt(draft, asked.address);
  if (!clause) return undefined;
  const { announcement } = consultation;
  const base = `/consultations/${consultation.number}`;
  const isNewest = draft.version === newest;
  const to = asked.version === null ? base : `${base}/versions/${draft.version}`;
  const open = isNewest && phaseOf(consultation, site.clock()) === 'open';
  const permanent = `${base}/versions/${draft.version}/clauses/${encodeURIComponent(clause.address)}`;
  const shown = await shownHere(site, consultation, draft, clause, { to, before: asked.before });
  if (shown === undefined) return undefined;
  return {
    title: `${nameOf(clause)}　${announcement.draftName}`,
    crumbs: crumbsOf(draft, clause, announcement.draftName, to, asked.version === null ? null : base),
    draftName: announcement.draftName,
    name: clause.citation || nameOf(clause),
    version: draft.version,
    isNewest,
    ...shown,
    askTo: open ? `${formAt(base, draft.version)}&clause=${encodeURIComponent(clause.address)}` : '',
    placeTo: `${to}#${clause.address}`,
    permanent: { to: permanent, text: `${site.config.publicUrl}${permanent}` },
    newestTo: `${base}#draft`,
    neighbours: neighboursOf(draft.clauses, clause, to),
    kin: await kinOf(site.db, { base, consultationId: consultation.id, versions, draft, clause }),
  };
}

/** The clause with all below it, and what was said about it; undefined when nothing is `before`. */
async function shownHere(
  site: Site,
  consultation: PublishedConsultation,
  draft: Draft,
  clause: Clause,
  { to, before }: { readonly to: string; readonly before: number | null },
): Promise<Pick<ClausePage, 'blocks' | 'shown'> | undefined> {
  const standing = await site.standingIn(consultation, draft);
  const [own, ...below] = blockViews(subtree(draft.clauses, clause), '');
  const blocks = own ? [own, ...withCounts(below, standing, `${to}/clauses/`)] : [];
  if (!standing) return { blocks, shown: null };
  const { address } = clause;
  const portion = {
    ...{ clauseIds: standing.idsAt(address), clauseId: clause.id, count: standing.countAt(address) },
    ...{ to: `${to}/clauses/${encodeURIComponent(address)}`, before },
  };
  const shown = await shownPortion(site, consultation, standing, portion);
  return shown && { blocks, shown };
}

/** A clause with all below it as a list of its own: the clause stands at the top. */
export function subtree(clauses: readonly Clause[], clause: Clause): Clause[] {
  const inside = withDescendants(clauses, clause);
  const places = new Map(inside.map((each, index) => [clauses.indexOf(each), index]));
  return inside.map((each) => ({
    ...each,
    parent: each.parent === null ? null : (places.get(each.parent) ?? null),
  }));
}
