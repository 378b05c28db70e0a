import type { FastifyReply } from 'fastify';
import { discardImport } from '../../../actions/discard-import.ts';
import type { FormBody } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { sendKept } from '../kept.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { deedDone } from '../meanwhile.ts';
import { goTo, sendDesk, sendNotFound } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import { type ListedImport, listedImport, sendImports } from './list.ts';
import { importIn, lookAtWorkAgain, type WorkVisit, withWork } from './work.ts';

export interface DiscardPage {
  readonly matter: Matter;
  readonly revision: number;
  readonly one: ListedImport;
  /** How many rows of the draft go with it. */
  readonly count: number;
  readonly stale: boolean;
}

/** Asks whether an import is to be taken out of the draft. */
export const showDiscard = withWork((visit) => sendDiscard(visit, 200));

/** Takes an import out of the draft; the others stay. */
export const takeDiscard = withWork(async (visit) => {
  const { site, request, officer, consultation, now } = visit;
  const one = importIn(visit);
  if (!one) return sendNotFound(visit);
  const revision = revisionIn((request.body ?? {}) as FormBody);
  if (one.state === 'discarded') return sendRemoved(visit, one.id);
  const input = { officer, id: consultation.id, revision, importId: one.id };
  if (await wentStale(discardImport(site.db, input, now)))
    return sendStale(await lookAtWorkAgain(visit), one.id);
  return goTo(visit, `${baseOf(consultation)}/imports?done=importDiscarded`);
});

function sendStale(visit: WorkVisit, importId: number): Promise<FastifyReply> {
  return importIn(visit)?.state === 'discarded' ? sendRemoved(visit, importId) : sendDiscard(visit, 409);
}

async function sendRemoved(visit: WorkVisit, importId: number): Promise<FastifyReply> {
  const about = { consultationId: visit.consultation.id, detail: { importId } };
  const removed = await deedDone(visit, { ...about, deeds: ['importDiscarded'] });
  return removed ? sendImports(visit, removed) : sendKept(visit, 'stale');
}

function sendDiscard(visit: WorkVisit, status: 200 | 409): Promise<FastifyReply> {
  const { site, consultation, work } = visit;
  const one = importIn(visit);
  if (!one || one.state === 'discarded') return sendNotFound(visit);
  const listed = listedImport(one, baseOf(consultation), site.sentences);
  const page = {
    title: site.sentences.desk.discardTitle,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    revision: consultation.revision,
    one: listed,
    count: work.blocks.filter(({ importId }) => importId === one.id).length,
    stale: status === 409,
  };
  return sendDesk(visit, 'desk/import-discard', page, status);
}
