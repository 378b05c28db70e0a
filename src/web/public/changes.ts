import type { FastifyInstance } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import type { Draft } from '../../db/drafts.ts';
import { draftVersion, linksOf, versionsOf } from '../../db/versions.ts';
import { linkKinds, type VersionClause } from '../../domain/versions/clause.ts';
import { type ComparedClause, compareVersions, wordsOf } from '../../domain/versions/compare.ts';
import { keyIn, publicFrame, readingFrame } from '../frame.ts';
import { fingerprintOf, marksView } from '../origin-marks.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { nameOf } from './blocks.ts';
import { homeLink } from './links.ts';
import { comparisonText } from './papers/comparison.ts';
import { sourceOf } from './papers/paper.ts';
import { sidesOf } from './sides.ts';
import { versionIn } from './version.ts';
import type { ChangeRow, ChangesPage } from './version-contexts.ts';

/** 修改对照表 of a version against the one before: a page, and a sheet of it for the printer. */
export function registerChanges(app: FastifyInstance, site: Site): void {
  for (const view of ['public/changes', 'sheets/changes'] as const) {
    const end = view === 'sheets/changes' ? '/sheet' : '';
    app.get<{ Params: { number: string; version: string } }>(
      `/consultations/:number/versions/:version/changes${end}`,
      async (request, reply) => {
        const { number, version } = request.params;
        const frame = end ? publicFrame(request, site) : readingFrame(request, site);
        const key = keyIn(frame, `/consultations/${number}/versions/${version}/changes${end}`);
        const sent = await site.cache.send(request, reply, key, async () => {
          const page = await changesPage(site, number, versionIn(version));
          return page && { html: await renderPage(app, view, page, frame), validUntil: null };
        });
        if (!sent) reply.callNotFound();
        return reply;
      },
    );
  }
}

/** 修改对照表 of a version against the one before; undefined where there is none. */
export async function changesPage(
  site: Site,
  number: string,
  version: number,
): Promise<(ChangesPage & { readonly title: string }) | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  if (!consultation || version < 2) return undefined;
  const old = await draftVersion(site.db, consultation.id, version - 1);
  const next = await draftVersion(site.db, consultation.id, version);
  const shown = (await versionsOf(site.db, consultation.id)).find((each) => each.version === version);
  if (!old || !next || !shown) return undefined;
  const { draftName } = consultation.announcement;
  const to = `/consultations/${number}`;
  const versionTo = `${to}/versions/${version}`;
  const compared = compareVersions(old.clauses, next.clauses, await linksOf(site.db, next.id));
  const said = {
    title: `${draftName}修改对照表`,
    note: shown.note,
    rows: rowsOf(compared, old, next),
  };
  return {
    ...said,
    crumbs: [homeLink, { to, text: draftName }, { to: versionTo, text: `第${version}稿` }],
    draftName,
    oldVersion: version - 1,
    version,
    createdAt: shown.createdAt,
    versionTo,
    sheetTo: `${versionTo}/changes/sheet`,
    backTo: `${versionTo}/changes`,
    counts: countsOf(compared),
    marks: marksView(
      sourceOf(site, consultation),
      fingerprintOf(comparisonText(number, said)),
      site.sentences,
    ),
  };
}

function countsOf(compared: readonly ComparedClause[]): ChangesPage['counts'] {
  return linkKinds
    .map((kind) => ({ kind, count: compared.filter(({ link }) => link.kind === kind).length }))
    .filter(({ count }) => count > 0);
}

/** A row for each change; clauses without a change that follow each other are one row. */
export function rowsOf(compared: readonly ComparedClause[], old: Draft, next: Draft): ChangeRow[] {
  const rows: ChangeRow[] = [];
  let same: { name: string; text: string }[] = [];
  const close = () => {
    const [first, last] = [same[0], same.at(-1)];
    if (first && last) rows.push({ view: 'unchanged', first: first.name, last: last.name, clauses: same });
    same = [];
  };
  for (const each of compared) {
    if (each.link.kind !== 'same') {
      close();
      rows.push(changeRow(each, old, next));
    } else same.push(...each.next.map((clause) => ({ name: cite(clause, next), text: wordsOf(clause) })));
  }
  close();
  return rows;
}

function cite(clause: VersionClause, { clauses }: Draft): string {
  return clauses.find(({ address }) => address === clause.address)?.citation || nameOf(clause);
}

function changeRow(compared: ComparedClause, old: Draft, next: Draft): ChangeRow {
  const { kind, from, to } = compared.link;
  const [draft, addresses] = to.length > 0 ? [next, to] : [old, from];
  const clauses = draft.clauses.filter((clause) => addresses.includes(clause.address));
  const name = clauses.map((clause) => cite(clause, draft)).join('、');
  const id = to[0] ?? `old-${from[0] ?? ''}`;
  const tall = [...compared.old, ...compared.next].some(
    (clause) => wordsOf(clause).length > mostKeptTogether,
  );
  return { view: 'change', id, kind, name, ...sidesOf(compared), tall };
}

// Ten lines of the printed table, a quarter of a page.
const mostKeptTogether = 160;
