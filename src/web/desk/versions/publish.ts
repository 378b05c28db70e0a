import type { FastifyReply } from 'fastify';
import { type Mapping, mapVersions } from '../../../actions/map-versions.ts';
import { workIssues } from '../../../actions/publish-consultation.ts';
import { publishVersion } from '../../../actions/publish-version.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, sentenceFor } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import { lookAgain, revisionIn, wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { kindCounts, knownLinks } from './mapping.ts';
import { versionName } from './name.ts';

export interface VersionPublishPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  readonly name: string;
  readonly stale: boolean;
  /** What of the draft itself still stands in the way. */
  readonly blocked: readonly string[];
  readonly counts: ReturnType<typeof kindCounts>;
  readonly doubtful: number;
  /** Corrections that fit nothing any more. */
  readonly lost: number;
  /** Comments so far, and how many of them will have lost their clause. */
  readonly comments: number;
  readonly orphaned: number;
}

/** What the public will read of the new version, to fill in and publish. */
export async function showVersionPublication(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendPublication(visit, {});
}

/** Publishes the new version. */
export async function takeVersionPublication(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const words = { title: line(body, 'draftTitle'), note: line(body, 'note') };
  const deed = publishVersion(
    site.db,
    { officer, id: consultation.id, revision: revisionIn(body), ...words },
    now,
  );
  if (await wentStale(deed)) return sendPublication(await lookAgain(visit), { words, stale: true });
  const result = await deed;
  if ('issues' in result) return sendPublication(visit, { words, issues: result.issues });
  return goTo(visit, `${baseOf(consultation)}/versions?done=versionPublished`);
}

async function sendPublication(
  visit: ConsultationVisit,
  state: {
    readonly words?: { readonly title: string; readonly note: string };
    readonly issues?: readonly Issue[];
    readonly stale?: boolean;
  },
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const mapping = await mapVersions(site.db, consultation.id);
  if (!mapping) return goTo(visit, baseOf(consultation));
  const { issues = [], stale = false } = state;
  const { title, note } = state.words ?? { title: mapping.old.title, note: '' };
  const fields = issues.filter(({ field }) => field !== 'source');
  const page = {
    title: sentences.desk.versionSteps.publish,
    crumbs: [
      ...crumbsOf(visit),
      { to: `${baseOf(consultation)}/versions`, text: sentences.desk.pages.versions },
    ],
    matter: matterOf(visit, 'versions'),
    form: formState({ draftTitle: title, note }, fields, sentences),
    revision: consultation.revision,
    name: versionName(mapping.old.version + 1, sentences),
    stale,
    blocked: workIssues(mapping.work).map((issue) => sentenceFor(issue, sentences)),
    ...(await effectOf(visit, mapping)),
  };
  return sendDesk(visit, 'desk/version-publish', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

async function effectOf(visit: ConsultationVisit, mapping: Mapping) {
  const known = await knownLinks(visit, mapping);
  const sum = (links: typeof known) => links.reduce((total, { comments }) => total + comments, 0);
  return {
    counts: kindCounts(visit, mapping.links),
    doubtful: known.filter(({ doubtful }) => doubtful).length,
    lost: mapping.lost.length,
    comments: sum(known),
    orphaned: sum(known.filter(({ link }) => link.to.length === 0)),
  };
}
