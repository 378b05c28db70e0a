import type { FastifyReply } from 'fastify';
import { takeBackBatch } from '../../../actions/take-back-dispositions.ts';
import { lastBatch } from '../../../db/disposition-batches.ts';
import { type FormBody, raw } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The last batch of a consultation, as the list shows it. */
export interface BatchShown {
  readonly id: number;
  readonly outcome: string;
  readonly size: number;
  readonly who: string;
  readonly at: Date;
}

/** The batch that can be taken back as a whole, or null. */
export async function batchShown({ site, consultation }: ConsultationVisit): Promise<BatchShown | null> {
  const batch = await lastBatch(site.db, consultation.id);
  if (!batch) return null;
  const { id, size, officerName: who, createdAt: at } = batch;
  return { id, outcome: site.sentences.outcomes[batch.outcome], size, who, at };
}

/** Takes the last batch back as a whole. */
export async function takeBatchBack(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const batchId = Number(raw(body, 'batch')) || 0;
  const input = { officer, consultationId: consultation.id, batchId };
  const { takenBack, passedOver } = await takeBackBatch(site.db, input, now);
  const query = new URLSearchParams(raw(body, 'list'));
  query.set('takenBack', String(takenBack));
  query.set('passed', String(passedOver));
  return goTo(visit, `${baseOf(consultation)}/comments?${query}`);
}
