import { touchConsultation } from '../db/consultation-writes.ts';
import { pushEdit } from '../db/draft-work.ts';
import { dropImport } from '../db/import-writes.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { withoutImport } from '../domain/work-imports.ts';
import { holdWork, type Page } from './hold.ts';

/**
 * Takes an import out of the draft: its blocks go, those of others stay with their edits, and undoing brings it back.
 * One that was not read yet, or could not be, is gone. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function discardImport(
  db: Db,
  input: Page & { readonly officer: Officer; readonly importId: number },
  now: Date,
): Promise<void> {
  const { officer, id, importId } = input;
  await transaction(db, async (trx) => {
    const { work } = await holdWork(trx, officer, 'prepare', input);
    const found = work.imports.find((each) => each.id === importId);
    if (!found) throw new RuleBroken('notAllowed');
    await dropImport(trx, importId, now);
    if (work.used.some((each) => each.importId === importId)) {
      const content = withoutImport(work, importId);
      await pushEdit(trx, { consultationId: id, officerId: officer.id, what: 'discarded', ...content }, now);
      await touchConsultation(trx, id);
    }
    const detail = { importId, name: found.name };
    await writeLedger(trx, { what: 'importDiscarded', consultationId: id, officer, detail }, now);
  });
}
