import { touchConsultation } from '../db/consultation-writes.ts';
import { saveDraftWork } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';
import type { Block } from '../domain/outline.ts';
import { holdUnpublished } from './hold.ts';

/** Saves the corrected clause tree and its source. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`. */
export async function saveOutline(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly revision: number;
    readonly source: string;
    readonly blocks: readonly Block[];
  },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    await holdUnpublished(trx, input.officer, 'prepare', input);
    await touchConsultation(trx, input.id);
    await saveDraftWork(trx, { consultationId: input.id, source: input.source, blocks: input.blocks }, now);
    await writeLedger(
      trx,
      { what: 'outlineSaved', consultationId: input.id, officerId: input.officer.id },
      now,
    );
  });
}
