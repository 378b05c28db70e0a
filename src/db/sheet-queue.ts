import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** A table that is being tried or entered by whoever holds its lease. */
export interface LeasedSheet {
  readonly id: number;
  readonly consultationId: number;
  readonly draftId: number;
  readonly state: 'waiting' | 'storing';
  readonly bytes: Buffer;
  /** Who confirmed it; null while it is only tried. */
  readonly confirmedBy: number | null;
  readonly entries: number;
  readonly entriesStored: number;
  readonly createdAt: Date;
  /** How often it was begun since it last got on, this time included. */
  readonly attempts: number;
  readonly leasedUntil: Date;
}

/** Takes the oldest table at work whose holder is none or did not come back in time; nobody else gets it for `leaseMs`. */
export async function takeNextSheet(db: Db, now: Date, leaseMs: number): Promise<LeasedSheet | undefined> {
  const { rows } = await sql<LeasedSheet>`
    update sheet_imports
    set leased_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
    where id = (
      select id from sheet_imports
      where state in ('waiting', 'storing') and (leased_until is null or leased_until <= ${now})
      order by id limit 1 for update skip locked)
    returning id, consultation_id as "consultationId", draft_id as "draftId", state, bytes,
      confirmed_by as "confirmedBy", entries, entries_stored as "entriesStored", created_at as "createdAt", attempts,
      leased_until as "leasedUntil"`.execute(db);
  return rows[0];
}

type Lease = Pick<LeasedSheet, 'id' | 'leasedUntil'>;

/** Gives a table back: whoever comes next goes on with it. */
export async function giveSheetBack(db: Db, lease: Lease): Promise<void> {
  await leased(db, lease).set({ leased_until: null }).execute();
}

/** Holds the table's row; false when the lease went to somebody else or the table was set aside. */
export async function holdSheetLease(trx: Trx, lease: Lease): Promise<boolean> {
  const row = await trx
    .selectFrom('sheet_imports')
    .select('id')
    .where('id', '=', lease.id)
    .where('leased_until', '=', lease.leasedUntil)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Rows of tables that are held under this lease, to be changed. */
export function leased(db: Db, { id, leasedUntil }: Lease) {
  return db.updateTable('sheet_imports').where('id', '=', id).where('leased_until', '=', leasedUntil);
}
