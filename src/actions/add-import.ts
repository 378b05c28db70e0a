import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';
import { holdWorkOf } from './hold.ts';
import { type Intake, readNow, takeImport } from './take-import.ts';

/**
 * Adds pasted text or a file to the draft that is being prepared, behind what is there; a file or a long text comes in
 * when it has been read. Gives the import's id. Throws RuleBroken `alreadyPublished`, `notAllowed`.
 */
export async function addImport(
  db: Db,
  input: { readonly officer: Officer; readonly id: number } & Intake,
  now: Date,
): Promise<number> {
  const { officer, id } = input;
  const paste = readNow(input);
  return transaction(db, async (trx) => {
    const held = await holdWorkOf(trx, officer, 'prepare', id);
    const importId = await takeImport(trx, held, { officerId: officer.id, intake: input, paste }, now);
    const detail = { importId, name: 'file' in input ? input.file.name : '' };
    await writeLedger(trx, { what: 'importAdded', consultationId: id, officer, detail }, now);
    return importId;
  });
}
