import { type Consultation, holdConsultation } from '../db/consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { giveSheetBack, holdSheetLease, type LeasedSheet } from '../db/sheet-queue.ts';
import { sheetGotOn, sheetStopped, sheetStored } from '../db/sheet-writes.ts';
import { insertSubmissions } from '../db/submissions.ts';
import { versionsOf } from '../db/versions.ts';
import { type Rule, RuleBroken } from '../domain/issue.ts';
import type { SheetWords } from '../domain/sheets/columns.ts';
import type { SheetEntry, SheetReader } from '../domain/sheets/judge.ts';
import {
  type Entry,
  type EntryGround,
  entryGround,
  newSubmission,
  openForEntering,
} from './enter-submission.ts';
import { saltBytes } from './seal.ts';

/** How long a table is nobody else's after a step of the work on it. */
export const sheetLeaseMs = 180_000;
const entriesPerCommit = 100;

/** What the work on tables needs beside the database. */
export interface SheetTools {
  readonly reader: SheetReader;
  readonly words: SheetWords;
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
}

/**
 * Stores the entries of a table that was confirmed, from where it stands, a hundred in one transaction; stops with a
 * note when nothing can be entered any more.
 */
export async function storeSheet(
  db: Db,
  tools: SheetTools,
  sheet: LeasedSheet,
  entries: readonly SheetEntry[],
): Promise<void> {
  let lease: LeasedSheet | null = sheet;
  while (lease) {
    const current: LeasedSheet = lease;
    lease = await orGiveBack(db, current, () => storeNext(db, tools, current, entries));
  }
}

/** Stores the next hundred; gives the lease to go on with, null at the end or when nothing can be entered any more. */
function storeNext(
  db: Db,
  { clock, random }: SheetTools,
  lease: LeasedSheet,
  entries: readonly SheetEntry[],
): Promise<LeasedSheet | null> {
  return transaction(db, async (trx) => {
    const now = clock();
    const held = await holdConsultation(trx, lease.consultationId);
    if (!held || !(await holdSheetLease(trx, lease))) return null;
    const ground = await groundOrRefusal(trx, held, lease, now);
    if (typeof ground === 'string') {
      await sheetStopped(trx, lease, ground);
      return null;
    }
    const part = entries.slice(lease.entriesStored, lease.entriesStored + entriesPerCommit);
    const entered = { by: lease.confirmedBy ?? 0, at: now };
    await insertSubmissions(
      trx,
      part.map((entry) => newSubmission(ground, withTokens(entry, lease, random), entered)),
    );
    const stored = lease.entriesStored + part.length;
    const next = { ...lease, entriesStored: stored, leasedUntil: new Date(now.getTime() + sheetLeaseMs) };
    await sheetGotOn(trx, lease, stored, next.leasedUntil);
    if (stored < entries.length) return next;
    await finishStoring(trx, next, now);
    return null;
  });
}

async function groundOrRefusal(
  trx: Trx,
  held: Consultation,
  { draftId }: LeasedSheet,
  now: Date,
): Promise<EntryGround | Rule> {
  try {
    const consultation = await openForEntering(trx, held, now);
    const versions = await versionsOf(trx, consultation.id);
    return await entryGround(trx, consultation, versions.find(({ id }) => id === draftId)?.version ?? 0);
  } catch (error) {
    if (error instanceof RuleBroken) return error.rule;
    throw error;
  }
}

// The row's number makes it arrive once, whoever stores it.
function withTokens(
  { row, arrival, submission }: SheetEntry,
  { id }: LeasedSheet,
  random: SheetTools['random'],
): Entry {
  return {
    ...{ arrival, submission, formToken: `sheet ${id} row ${row}` },
    receiptToken: random(18).toString('base64url'),
    salt: random(saltBytes),
  };
}

async function finishStoring(trx: Trx, lease: LeasedSheet, now: Date): Promise<void> {
  await sheetStored(trx, lease, now);
  const detail = { submissions: lease.entriesStored };
  await writeLedger(trx, { what: 'sheetStored', consultationId: lease.consultationId, detail }, now);
}

/** Does a piece of work on a table; when it fails, whoever comes next may go on with the table at once. */
export async function orGiveBack<T>(db: Db, lease: LeasedSheet, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await giveSheetBack(db, lease);
    throw error;
  }
}
