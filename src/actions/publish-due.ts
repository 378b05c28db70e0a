import { markPublicationFailed } from '../db/consultation-writes.ts';
import { holdConsultation } from '../db/consultations.ts';
import { draftWork } from '../db/draft-work.ts';
import { consultationsToPublish } from '../db/due-consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { IsWorkingDay } from '../domain/consultation.ts';
import { missingApproval } from './approval.ts';
import { publishHeld, publishingIssues } from './publish-consultation.ts';

/**
 * Publishes every consultation whose arranged instant has come, once each however many processes do this at the same
 * time, and also after a time in which none ran: it is judged as of its instant. One that cannot be published any more
 * is given back to its officers. Gives how many it published.
 */
export async function publishDue(db: Db, isWorkingDay: IsWorkingDay, now: Date): Promise<number> {
  let published = 0;
  for (const id of await consultationsToPublish(db, now))
    if (await publishOne(db, id, isWorkingDay, now)) published += 1;
  return published;
}

async function publishOne(db: Db, id: number, isWorkingDay: IsWorkingDay, now: Date): Promise<boolean> {
  return transaction(db, async (trx) => {
    const consultation = await holdConsultation(trx, id);
    const { publishAt, scheduledBy } = consultation ?? {};
    if (!consultation || !publishAt || !scheduledBy || publishAt > now) return false;
    const work = await draftWork(trx, id);
    const issues = [
      ...publishingIssues(consultation, work, isWorkingDay, publishAt),
      ...(await missingApproval(trx, consultation, work, scheduledBy)),
    ];
    const isOver = !consultation.closesAt || consultation.closesAt <= now;
    if (issues.length === 0 && work && !isOver) {
      await publishHeld(trx, consultation, work, { id: scheduledBy }, now);
      return true;
    }
    await markPublicationFailed(trx, id, now);
    await writeLedger(trx, { what: 'publicationFailed', consultationId: id }, now);
    return false;
  });
}
