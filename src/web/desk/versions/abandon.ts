import type { FastifyReply } from 'fastify';
import { abandonVersion } from '../../../actions/abandon-version.ts';
import { latestDraft } from '../../../db/drafts.ts';
import type { FormBody } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { lookAtWorkAgain, type WorkVisit, withWork } from '../imports/work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk, sendNotFound } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import { versionName } from './name.ts';

export interface AbandonPage {
  readonly matter: Matter;
  readonly revision: number;
  /** What the version would have been called. */
  readonly name: string;
  /** How many imports and rows of the working draft go with it. */
  readonly imports: number;
  readonly count: number;
  readonly stale: boolean;
}

/** Asks whether the version that is being prepared is to be given up. */
export const showAbandoning = withWork((visit) => sendAbandoning(visit, 200));

/** Gives up the version that is being prepared; what is published stays. */
export const takeAbandoning = withWork(async (visit) => {
  const { site, request, officer, consultation, now } = visit;
  const revision = revisionIn((request.body ?? {}) as FormBody);
  const deed = abandonVersion(site.db, { officer, id: consultation.id, revision }, now);
  if (await wentStale(deed)) return sendAbandoning(await lookAtWorkAgain(visit), 409);
  return goTo(visit, `${baseOf(consultation)}/versions?done=versionAbandoned`);
});

async function sendAbandoning(visit: WorkVisit, status: 200 | 409): Promise<FastifyReply> {
  const { site, consultation, work } = visit;
  const { sentences } = site;
  const newest = await latestDraft(site.db, consultation.id);
  if (!newest) return sendNotFound(visit);
  const page = {
    title: sentences.desk.versionSteps.abandon,
    crumbs: [
      ...crumbsOf(visit),
      { to: `${baseOf(consultation)}/versions`, text: sentences.desk.pages.versions },
    ],
    matter: matterOf(visit, 'versions'),
    revision: consultation.revision,
    name: versionName(newest.version + 1, sentences),
    imports: work.imports.length,
    count: work.blocks.length,
    stale: status === 409,
  };
  return sendDesk(visit, 'desk/version-abandon', page, status);
}
