import { holdConsultation } from '../db/consultations.ts';
import { draftWork } from '../db/draft-work.ts';
import { giveBack, holdLease, type LeasedImport, saveProgress, takeNextImport } from '../db/import-queue.ts';
import { finishImport, type ReadImport } from '../db/import-writes.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { type FileReader, longestText, ReadingRefused } from '../domain/import.ts';
import type { Paste } from '../domain/parse/paste.ts';
import { useImport } from './take-import.ts';

// Longer than any reading may take; a file whose reader died is read again after it.
const leaseMs = 180_000;
const progressMs = 1_000;
// A file that ends its reader's process each time must not do so for ever.
const mostAttempts = 4;

/**
 * Reads the imports that wait, one after the other, and makes them part of their drafts, or notes why not. Several
 * processes may do so at once. Gives how many it read; a failure of the reader itself is thrown, and the import is
 * read again later.
 */
export async function readWaitingImports(db: Db, reader: FileReader, clock: () => Date): Promise<number> {
  for (let count = 0; ; count += 1) {
    const one = await takeNextImport(db, clock(), leaseMs);
    if (!one) return count;
    await readOne(db, reader, clock, one);
  }
}

interface Read {
  readonly result: ReadImport;
  readonly paste: Paste | null;
}

async function readOne(db: Db, reader: FileReader, clock: () => Date, one: LeasedImport): Promise<void> {
  try {
    await finish(db, one, await readingOf(db, reader, clock, one), clock());
  } catch (error) {
    await giveBack(db, one);
    throw error;
  }
}

function readingOf(db: Db, reader: FileReader, clock: () => Date, one: LeasedImport): Promise<Read> {
  if (one.attempts > mostAttempts) return Promise.resolve(refused('corrupt'));
  return one.bytes ? readBytes(db, reader, clock, one, one.bytes) : divide(reader, one);
}

async function readBytes(
  db: Db,
  reader: FileReader,
  clock: () => Date,
  one: LeasedImport,
  bytes: Uint8Array,
): Promise<Read> {
  const progress = progressOf(db, clock, one);
  const read = await reader.read(bytes, one.name, one.settings, progress.note);
  await progress.settled();
  if ('refusal' in read.result) return refused(read.result.refusal);
  return read.result.text.length > longestText ? refused('tooLarge') : read;
}

async function divide(reader: FileReader, one: LeasedImport): Promise<Read> {
  const { kind, text, notes, settings } = one;
  try {
    return { result: { kind, text, notes }, paste: await reader.parse(text, settings) };
  } catch (error) {
    if (error instanceof ReadingRefused) return refused(error.refusal);
    throw error;
  }
}

function refused(refusal: ReadingRefused['refusal']): Read {
  return { result: { refusal }, paste: null };
}

/** Stores progress at most once a second, one statement at a time. */
function progressOf(db: Db, clock: () => Date, one: LeasedImport) {
  let [storedAt, storing, isStoring] = [clock().getTime(), Promise.resolve(), false];
  const store = async (percent: number) => {
    isStoring = true;
    await saveProgress(db, one, percent).finally(() => {
      isStoring = false;
    });
  };
  return {
    note(percent: number) {
      if (isStoring || clock().getTime() - storedAt < progressMs) return;
      storedAt = clock().getTime();
      // What could not be stored is told by `settled`.
      storing = store(Math.min(99, Math.max(0, Math.floor(percent))));
      storing.catch(() => undefined);
    },
    settled: () => storing,
  };
}

async function finish(db: Db, one: LeasedImport, { result, paste }: Read, now: Date): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdConsultation(trx, one.consultationId);
    if (!consultation || !(await holdLease(trx, one))) return;
    await finishImport(trx, one.id, result, now);
    const work = await draftWork(trx, one.consultationId);
    if (paste && work) await useImport(trx, { consultation, work }, { ...one, paste }, now);
    if (!('refusal' in result)) return;
    const detail = { importId: one.id, name: one.name, refusal: result.refusal };
    await writeLedger(trx, { what: 'importFailed', consultationId: one.consultationId, detail }, now);
  });
}
