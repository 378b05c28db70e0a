import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { confirmSheet as markConfirmed, discardSheet as markDiscarded } from '../db/sheet-writes.ts';
import { holdSheet } from '../db/sheets.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { openForEntering } from './enter-submission.ts';
import { holdFor } from './hold.ts';

interface SheetInput {
  readonly officer: Officer;
  readonly consultationId: number;
  readonly sheetId: number;
}

/**
 * Lets the good entries of a table that was tried be stored in the background, or the rest of one that stopped; twice is
 * as once. Throws RuleBroken `sheetGone` for one that was set aside, and as enterSubmission does.
 */
export async function confirmSheet(db: Db, input: SheetInput, now: Date): Promise<void> {
  const { officer, consultationId, sheetId } = input;
  await transaction(db, async (trx) => {
    const held = await holdFor(trx, officer, 'enter', consultationId);
    const sheet = await holdSheet(trx, consultationId, sheetId);
    if (sheet?.state === 'storing' || sheet?.state === 'stored') return;
    await openForEntering(trx, held, now);
    const isReady = sheet?.state === 'checked' || sheet?.state === 'stopped';
    if (!isReady || sheet.entries === 0) throw new RuleBroken('sheetGone');
    await markConfirmed(trx, sheetId, officer.id, now);
    const detail = { submissions: sheet.entries - sheet.entriesStored, sheetId };
    await writeLedger(trx, { what: 'sheetConfirmed', consultationId, officer, detail }, now);
  });
}

/** Sets a table aside that is not being entered; twice is as once. Throws RuleBroken `sheetGone`, `notAllowed`. */
export async function discardSheet(db: Db, input: SheetInput, now: Date): Promise<void> {
  const { officer, consultationId, sheetId } = input;
  await transaction(db, async (trx) => {
    await holdFor(trx, officer, 'enter', consultationId);
    const sheet = await holdSheet(trx, consultationId, sheetId);
    if (!sheet || sheet.state === 'storing' || sheet.state === 'stored') throw new RuleBroken('sheetGone');
    if (sheet.state === 'discarded') return;
    await markDiscarded(trx, sheetId);
    const entry = { what: 'sheetDiscarded', consultationId, officer, detail: { sheetId } } as const;
    await writeLedger(trx, entry, now);
  });
}
