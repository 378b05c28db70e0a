import type { FastifyReply } from 'fastify';
import { takeBackBatch } from '../../../actions/take-back-dispositions.ts';
import { lastBatch } from '../../../db/disposition-batches.ts';
import { type FormBody, raw } from '../../forms.ts';
import { sendComments } from '../comments.ts';
import { baseOf } from '../matter.ts';
import { deedDone, type ToldDeed } from '../meanwhile.ts';
import { goTo } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { readList } from './filter.ts';

/** The last batch of a consultation, as the list shows it. */
export interface BatchShown {
  readonly id: number;
  readonly outcome: string;
  readonly size: number;
  readonly who: string;
  readonly at: Date;
}

/** A batch that could not be taken back: who did so before; null where its comments were disposed of anew instead. */
export interface BatchGone {
  readonly deed: ToldDeed | null;
}

/** The batch that can be taken back as a whole, or null. */
export async function batchShown({ site, consultation }: ConsultationVisit): Promise<BatchShown | null> {
  const batch = await lastBatch(site.db, consultation.id);
  if (!batch) return null;
  const { id, size, officerName: who, createdAt: at } = batch;
  return { id, outcome: site.sentences.outcomes[batch.outcome], size, who, at };
}

/** Takes the last batch back as a whole; whoever comes too late gets the list with who did what. */
export async function takeBatchBack(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const batchId = Number(raw(body, 'batch')) || 0;
  const input = { officer, consultationId: consultation.id, batchId };
  const takingBack = takeBackBatch(site.db, input, now);
  if (await wentStale(takingBack)) return sendTooLate(visit, batchId);
  const { takenBack, passedOver } = await takingBack;
  const query = new URLSearchParams(raw(body, 'list'));
  query.set('takenBack', String(takenBack));
  query.set('passed', String(passedOver));
  return goTo(visit, `${baseOf(consultation)}/comments?${query}`);
}

async function sendTooLate(visit: ConsultationVisit, batchId: number): Promise<FastifyReply> {
  const list = readList(new URLSearchParams(raw((visit.request.body ?? {}) as FormBody, 'list')));
  const asked = { consultationId: visit.consultation.id, detail: { batchId } };
  const deed = await deedDone(visit, { ...asked, deeds: ['batchTakenBack'] });
  return sendComments(visit, { list, at: 0, batchGone: { deed } });
}
