import { holdConsultation } from '../db/consultations.ts';
import { clausesOf } from '../db/drafts.ts';
import { type Db, transaction } from '../db/session.ts';
import { holdSheetLease, type LeasedSheet, takeNextSheet } from '../db/sheet-queue.ts';
import { sheetFailed, sheetStopped, sheetTried } from '../db/sheet-writes.ts';
import { datedAt } from '../domain/entry.ts';
import { dayOf } from '../domain/shanghai.ts';
import type { JudgedSheet } from '../domain/sheets/judge.ts';
import type { SheetRefusal } from '../domain/sheets/table.ts';
import { orGiveBack, type SheetTools, sheetLeaseMs, storeSheet } from './store-sheet.ts';

// A file that ends its reader's process each time must not do so for ever.
const mostAttempts = 4;

/**
 * Tries the tables that wait, and stores the entries of those that were confirmed, a hundred in one transaction. Several
 * processes may do so at once; one that dies leaves the rest to the next, and every row is entered once. Gives how many
 * tables it came to an end with.
 */
export async function workOnSheets(db: Db, tools: SheetTools): Promise<number> {
  for (let count = 0; ; count += 1) {
    const sheet = await takeNextSheet(db, tools.clock(), sheetLeaseMs);
    if (!sheet) return count;
    await orGiveBack(db, sheet, () => workOn(db, tools, sheet));
  }
}

async function workOn(db: Db, tools: SheetTools, sheet: LeasedSheet): Promise<void> {
  const isTooOften = sheet.attempts > mostAttempts;
  const judged = isTooOften ? ({ refusal: 'corrupt' } as const) : await judge(db, tools, sheet);
  if (sheet.state === 'waiting') return finishTrying(db, tools, sheet, judged);
  // What was tried by another release may be judged otherwise by this one.
  const isOther = 'refusal' in judged || judged.entries.length !== sheet.entries;
  if (isOther) return transaction(db, (trx) => sheetStopped(trx, sheet, 'broken'));
  return storeSheet(db, tools, sheet, judged.entries);
}

// As of the day it came: what was good when it was tried is good when it is entered.
async function judge(
  db: Db,
  { reader, words }: SheetTools,
  { draftId, bytes, createdAt }: LeasedSheet,
): Promise<JudgedSheet | { readonly refusal: SheetRefusal }> {
  const clauses = await clausesOf(db, draftId);
  return reader.readSheet(bytes, { words, today: dayOf(createdAt), clauses });
}

async function finishTrying(
  db: Db,
  { clock }: SheetTools,
  sheet: LeasedSheet,
  judged: JudgedSheet | { readonly refusal: SheetRefusal },
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdConsultation(trx, sheet.consultationId);
    if (!(await holdSheetLease(trx, sheet))) return;
    if ('refusal' in judged) return sheetFailed(trx, sheet, judged.refusal, clock());
    const { entries, problems, rows } = judged;
    const closesAt = consultation?.closesAt;
    const found = {
      ...{ rowsRead: rows, problems, entries: entries.length },
      badRows: new Set(problems.map(({ row }) => row)).size,
      comments: entries.reduce((sum, { submission }) => sum + submission.comments.length, 0),
      lateEntries: entries.filter(({ arrival }) => closesAt && datedAt(arrival) >= closesAt).length,
    };
    await sheetTried(trx, sheet, found, clock());
  });
}
