import type { FastifyReply } from 'fastify';
import { startVersion } from '../../../actions/start-version.ts';
import { commentsByClause } from '../../../db/clause-counts.ts';
import { isPublished } from '../../../db/consultations.ts';
import { clausePlaces } from '../../../db/placements.ts';
import { may } from '../../../domain/officer.ts';
import type { Link } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { versionName } from './name.ts';
import { countPlaces, type PlaceCounts } from './place-counts.ts';

export interface VersionsPage {
  readonly matter: Matter;
  readonly versions: readonly {
    readonly name: string;
    readonly to: string;
    readonly title: string;
    readonly note: string;
    readonly createdAt: Date;
  }[];
  readonly mayPrepare: boolean;
  /** The ways to go on with the version that is being prepared; none where there is no such. */
  readonly ways: readonly Link[];
  /** What a version prepared now will be called. */
  readonly nextName: string;
  /** Where comments stand on the newest version; null while there is one only. */
  readonly counts: PlaceCounts | null;
}

/** The published versions, newest first, and the one that is being prepared. */
export async function showVersions(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  const { sentences } = site;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const places = await clausePlaces(site.db, consultation.id);
  const published = `/consultations/${consultation.number}`;
  const mayPrepare = may(officer, 'prepare') && !consultation.withdrawnAt;
  const page = {
    title: sentences.desk.pages.versions,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'versions'),
    versions: [...places.versions].reverse().map(({ version, title, note, createdAt }) => ({
      name: versionName(version, sentences),
      to: `${published}/versions/${version}`,
      ...{ title, note, createdAt },
    })),
    mayPrepare,
    ways: mayPrepare && consultation.hasWork ? waysOf(visit) : [],
    nextName: versionName(places.versions.length + 1, sentences),
    counts:
      places.versions.length > 1
        ? countPlaces(places, await commentsByClause(site.db, consultation.id))
        : null,
  };
  return sendDesk(visit, 'desk/versions', page);
}

/** Begins a new version and leads to where its text is brought in. */
export async function takeVersion(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  await startVersion(site.db, { officer, id: consultation.id }, now);
  return goTo(visit, `${baseOf(consultation)}/source?done=versionStarted`);
}

function waysOf({ site, consultation }: ConsultationVisit): Link[] {
  const { desk } = site.sentences;
  const base = baseOf(consultation);
  return [
    { to: `${base}/source`, text: desk.versionSteps.source },
    { to: `${base}/draft`, text: desk.versionSteps.draft },
    { to: `${base}/mapping`, text: desk.versionSteps.mapping },
    { to: `${base}/versions/publish`, text: desk.versionSteps.publish },
  ];
}
