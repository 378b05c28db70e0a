import { touchConsultation } from '../db/consultation-writes.ts';
import { isPublished } from '../db/consultations.ts';
import { beginWork, hasWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Begins the next version of a published draft, empty; where one is under way already nothing happens. Throws
 * RuleBroken `notPublished` before the first version is, `notAllowed`, also when the consultation was withdrawn.
 */
export async function startVersion(
  db: Db,
  input: { readonly officer: Officer; readonly id: number },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, input.officer, 'prepare', input.id);
    if (!isPublished(consultation)) throw new RuleBroken('notPublished');
    if (consultation.withdrawnAt) throw new RuleBroken('notAllowed');
    if (await hasWork(trx, input.id)) return;
    await beginWork(trx, { consultationId: input.id, officerId: input.officer.id }, now);
    await touchConsultation(trx, input.id);
    const entry = { what: 'versionStarted', consultationId: input.id, officer: input.officer } as const;
    await writeLedger(trx, entry, now);
  });
}
