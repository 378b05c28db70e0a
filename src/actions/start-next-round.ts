import {
  nextConsultationNumber,
  startConsultationRow,
  updateConsultation,
} from '../db/consultation-writes.ts';
import { type Consultation, phaseNow } from '../db/consultations.ts';
import { beginWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { nextRoundOf } from '../db/rounds.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { mayFollow } from '../domain/lifecycle.ts';
import type { Officer } from '../domain/officer.ts';
import { dayOf } from '../domain/shanghai.ts';
import { holdFor } from './hold.ts';

/**
 * Makes an unpublished consultation that follows one which is over: with the facts of its announcement, without a
 * period or a draft. A second time gives the one that was made. Gives its id. Throws RuleBroken `notAllowed`,
 * `notClosed`.
 */
export async function startNextRound(
  db: Db,
  input: { readonly officer: Officer; readonly id: number },
  now: Date,
): Promise<number> {
  const { officer } = input;
  return transaction(db, async (trx) => {
    const before = await holdFor(trx, officer, 'prepare', input.id);
    if (!mayFollow(phaseNow(before, now))) throw new RuleBroken('notClosed');
    const made = await nextRoundOf(trx, before.id);
    if (made) return made.id;
    const id = await copyAnnouncement(trx, before, officer, now);
    await beginWork(trx, { consultationId: id, officerId: officer.id }, now);
    const what = 'nextRoundStarted';
    for (const consultationId of [before.id, id])
      await writeLedger(trx, { what, consultationId, officer }, now);
    return id;
  });
}

async function copyAnnouncement(
  trx: Trx,
  before: Consultation,
  officer: Officer,
  now: Date,
): Promise<number> {
  const { agencyId, kind, asks, showsComments } = before;
  // What belonged to the round before alone.
  const own = { documentNumber: '', reasonForShortening: '', announcedOn: dayOf(now) };
  const announcement = { ...before.announcement, ...own };
  const period = { opensAt: now, closesAt: null };
  const id = await startConsultationRow(trx, {
    number: await nextConsultationNumber(trx, now),
    ...{ agencyId, kind, announcement, now, ...period },
    createdBy: officer.id,
    followsId: before.id,
  });
  await updateConsultation(trx, id, { kind, announcement, asks, showsComments, ...period });
  return id;
}
