import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SheetProblem } from '../domain/sheets/lines.ts';
import type { Db, Trx } from './session.ts';
import { type LeasedSheet, leased } from './sheet-queue.ts';

/** Stores a table of comments that waits to be tried; gives its id. */
export async function insertSheet(
  trx: Trx,
  sheet: {
    readonly consultationId: number;
    readonly draftId: number;
    readonly officerId: number;
    readonly name: string;
    readonly bytes: Uint8Array;
  },
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('sheet_imports')
    .values({
      consultation_id: sheet.consultationId,
      draft_id: sheet.draftId,
      officer_id: sheet.officerId,
      name: sheet.name,
      sha256: createHash('sha256').update(sheet.bytes).digest(),
      bytes: Buffer.from(sheet.bytes),
      state: 'waiting',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What trying a table found. */
export interface TriedSheet {
  readonly rowsRead: number;
  readonly badRows: number;
  readonly entries: number;
  readonly comments: number;
  readonly lateEntries: number;
  readonly problems: readonly SheetProblem[];
}

/** Notes what trying a table found; nothing of it is entered. */
export async function sheetTried(trx: Trx, lease: LeasedSheet, tried: TriedSheet, now: Date): Promise<void> {
  await leased(trx, lease)
    .set({
      ...{ state: 'checked', leased_until: null, attempts: 0, checked_at: now },
      ...{ rows_read: tried.rowsRead, bad_rows: tried.badRows, entries: tried.entries },
      ...{ comments: tried.comments, late_entries: tried.lateEntries },
      problems: JSON.stringify(tried.problems),
    })
    .execute();
}

/** Notes why nothing can be taken from a table; its file is dropped. */
export async function sheetFailed(trx: Trx, lease: LeasedSheet, refusal: string, now: Date): Promise<void> {
  await leased(trx, lease)
    .set({ state: 'failed', refusal, bytes: null, leased_until: null, checked_at: now })
    .execute();
}

/** Sends a table to be entered, or on where it stopped. */
export async function confirmSheet(trx: Trx, id: number, officerId: number, now: Date): Promise<void> {
  await trx
    .updateTable('sheet_imports')
    .set({ state: 'storing', refusal: null, attempts: 0, confirmed_by: officerId, confirmed_at: now })
    .where('id', '=', id)
    .execute();
}

/** Notes that entering stopped half-way; what is left keeps its file. */
export async function sheetStopped(trx: Trx, lease: LeasedSheet, refusal: string): Promise<void> {
  await leased(trx, lease).set({ state: 'stopped', refusal, leased_until: null }).execute();
}

/** Notes how many entries are stored by now, and holds the table until `leasedUntil`. */
export async function sheetGotOn(
  trx: Trx,
  lease: LeasedSheet,
  stored: number,
  leasedUntil: Date,
): Promise<void> {
  await leased(trx, lease).set({ entries_stored: stored, attempts: 0, leased_until: leasedUntil }).execute();
}

/** Notes that everything is stored; the file is dropped, what was wrong with it is kept for whoever puts it right. */
export async function sheetStored(trx: Trx, lease: LeasedSheet, now: Date): Promise<void> {
  await leased(trx, lease)
    .set({ state: 'stored', bytes: null, leased_until: null, stored_at: now })
    .execute();
}

/** Sets a table aside, with its file and what was wrong with it. */
export async function discardSheet(trx: Trx, id: number): Promise<void> {
  await trx
    .updateTable('sheet_imports')
    .set({ state: 'discarded', bytes: null, problems: '[]', leased_until: null })
    .where('id', '=', id)
    .execute();
}

/** Sets tables aside that were brought before an instant and not entered to their end; forgets what was wrong with others. */
export async function forgetSheets(db: Db, before: Date): Promise<void> {
  await sql`
    update sheet_imports set state = 'discarded', bytes = null, problems = '[]', leased_until = null
    where state in ('waiting', 'checked', 'stopped') and greatest(created_at, confirmed_at) < ${before}`.execute(
    db,
  );
  await sql`
    update sheet_imports set problems = '[]'
    where state = 'stored' and stored_at < ${before} and problems <> '[]'`.execute(db);
}
