import { updateConsultation } from '../db/consultation-writes.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Announcement } from '../domain/announcement-issues.ts';
import type { Asks } from '../domain/comment.ts';
import type { ConsultationKind } from '../domain/consultation.ts';
import type { Officer } from '../domain/officer.ts';
import { holdUnpublished } from './hold.ts';

/**
 * Saves what the officer confirmed or corrected, complete or not: publishing judges it. The end, if any, must lie
 * after the start. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function saveAnnouncement(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly revision: number;
    readonly kind: ConsultationKind;
    readonly opensAt: Date | null;
    readonly closesAt: Date | null;
    readonly announcement: Announcement;
    readonly asks: Asks;
    readonly showsComments: boolean;
  },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    await holdUnpublished(trx, input.officer, 'prepare', input);
    await updateConsultation(trx, input.id, input);
    await writeLedger(
      trx,
      { what: 'announcementSaved', consultationId: input.id, officer: input.officer },
      now,
    );
  });
}
