import { nextConsultationNumber, startConsultationRow } from '../db/consultation-writes.ts';
import { beginWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { agencyById } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import type { ConsultationKind } from '../domain/consultation.ts';
import type { Officer } from '../domain/officer.ts';
import { bareAnnouncement } from '../domain/proposed-announcement.ts';
import { holdWorkOf } from './hold.ts';
import { type Intake, readNow, takeImport } from './take-import.ts';

/**
 * Makes an unpublished consultation from pasted text or a file: fields and clause tree are filled in for the officer
 * to confirm, at once or, for a file or a long text, when it has been read. Gives its id. Throws RuleBroken
 * `notAllowed`.
 */
export async function startConsultation(
  db: Db,
  input: { readonly officer: Officer; readonly kind: ConsultationKind } & Intake,
  now: Date,
): Promise<number> {
  const { officer, kind } = input;
  const paste = readNow(input);
  return transaction(db, async (trx) => {
    const id = await startConsultationRow(trx, {
      number: await nextConsultationNumber(trx, now),
      agencyId: officer.agencyId,
      kind,
      opensAt: now,
      closesAt: null,
      createdBy: officer.id,
      announcement: bareAnnouncement(await agencyById(trx, officer.agencyId)),
      now,
    });
    await beginWork(trx, { consultationId: id, officerId: officer.id }, now);
    const held = await holdWorkOf(trx, officer, 'prepare', id);
    await takeImport(trx, held, { officerId: officer.id, intake: input, paste }, now);
    await writeLedger(trx, { what: 'consultationStarted', consultationId: id, officer }, now);
    return id;
  });
}
