import type { FastifyReply } from 'fastify';
import { startNextRound } from '../../../actions/start-next-round.ts';
import { baseOf } from '../matter.ts';
import { goTo } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

/** Starts the round that follows a consultation, or goes on to the one that was started. */
export async function takeNextRound(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const id = await startNextRound(site.db, { officer, id: consultation.id }, now);
  return goTo(visit, `${baseOf({ id })}/announcement?done=nextRound`);
}
