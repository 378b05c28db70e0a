import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { draftVersion, type Version, versionsOf } from '../../db/versions.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { keyIn, readingFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { blockViews, contentsOf } from './blocks.ts';
import { formAt, homeLink } from './links.ts';
import { withCounts } from './shown/counts.ts';
import { nextChange } from './timing.ts';
import type { VersionPage, VersionsView } from './version-contexts.ts';

/** One version of a draft, at an address that stays. */
export function registerVersion(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { number: string; version: string } }>(
    '/consultations/:number/versions/:version',
    async (request, reply) => {
      const { number, version } = request.params;
      const frame = readingFrame(request, site);
      const key = keyIn(frame, `/consultations/${number}/versions/${version}`);
      const sent = await site.cache.send(request, reply, key, async () => {
        const consultation = await publishedConsultation(site.db, number);
        const page = consultation && (await versionPage(site, consultation, versionIn(version)));
        if (!page) return undefined;
        const validUntil = nextChange(consultation, site.clock());
        return { html: await renderPage(app, 'public/version', page, frame), validUntil };
      });
      if (!sent) reply.callNotFound();
      return reply;
    },
  );
}

/** The number of a version as it stands in an address; 0, which no version has, for anything else. */
export function versionIn(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
}

async function versionPage(
  site: Site,
  consultation: PublishedConsultation,
  version: number,
): Promise<(VersionPage & { readonly title: string }) | undefined> {
  const { id, number, announcement } = consultation;
  const draft = await draftVersion(site.db, id, version);
  if (!draft) return undefined;
  const to = `/consultations/${number}`;
  const versions = versionsView(to, await versionsOf(site.db, id), version);
  const open = versions.isNewest && phaseOf(consultation, site.clock()) === 'open';
  const commentTo = open ? formAt(to, version) : '';
  const clausesTo = `${to}/versions/${version}/clauses/`;
  const standing = await site.standingIn(consultation, draft);
  const blocks = withCounts(
    blockViews(draft.clauses, commentTo && `${commentTo}&clause=`, clausesTo),
    standing,
    clausesTo,
  );
  return {
    title: `${announcement.draftName}（第${version}稿）`,
    crumbs: [homeLink, { to, text: announcement.draftName }],
    draftName: announcement.draftName,
    commentTo,
    newestTo: `${to}#draft`,
    blocks,
    contents: contentsOf(blocks),
    versions,
  };
}

/** What the versions of a consultation at `to` say of the one shown. Throws an Error when it is none of them. */
export function versionsView(to: string, versions: readonly Version[], shown: number): VersionsView {
  const one = versions.find(({ version }) => version === shown);
  if (!one) throw new Error(`no version ${shown}`);
  const all = versions.map(({ version, createdAt }) => ({
    version,
    to: `${to}/versions/${version}`,
    createdAt,
  }));
  return {
    version: shown,
    createdAt: one.createdAt,
    note: one.note,
    isNewest: shown === versions.at(-1)?.version,
    all: all.reverse(),
    changesTo: shown > 1 ? `${to}/versions/${shown}/changes` : '',
  };
}
