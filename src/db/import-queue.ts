import { sql } from 'kysely';
import type { ImportKind, IntakeNote } from '../domain/import.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import type { Db, Trx } from './session.ts';

/** An import that is being read by whoever holds its lease. */
export interface LeasedImport {
  readonly id: number;
  readonly consultationId: number;
  readonly officerId: number;
  readonly replaces: number | null;
  readonly name: string;
  readonly kind: ImportKind;
  /** The file; null where the text is known already. */
  readonly bytes: Buffer | null;
  readonly text: string;
  readonly notes: readonly IntakeNote[];
  readonly settings: ParseSettings;
  /** How often it was begun, this time included. */
  readonly attempts: number;
  readonly leasedUntil: Date;
}

/** Takes the oldest import that waits, or whose reader did not come back in time; nobody else gets it for `leaseMs`. */
export async function takeNextImport(db: Db, now: Date, leaseMs: number): Promise<LeasedImport | undefined> {
  const { rows } = await sql<LeasedImport>`
    update draft_imports
    set state = 'reading', leased_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
    where id = (
      select id from draft_imports
      where discarded_at is null and draft_id is null and (state = 'waiting' or (state = 'reading' and leased_until <= ${now}))
      order by id limit 1 for update skip locked)
    returning id, consultation_id as "consultationId", officer_id as "officerId", replaces, name, kind, bytes, text,
      notes, settings, attempts, leased_until as "leasedUntil"`.execute(db);
  return rows[0];
}

type Lease = Pick<LeasedImport, 'id' | 'leasedUntil'>;

/** Notes how far the holder of a lease is, in percent. */
export async function saveProgress(db: Db, lease: Lease, percent: number): Promise<void> {
  await db
    .updateTable('draft_imports')
    .set({ percent })
    .where('id', '=', lease.id)
    .where('leased_until', '=', lease.leasedUntil)
    .execute();
}

/** Gives an import back unread: whoever comes next begins it anew. */
export async function giveBack(db: Db, lease: Lease): Promise<void> {
  await db
    .updateTable('draft_imports')
    .set({ state: 'waiting', leased_until: null, percent: 0 })
    .where('id', '=', lease.id)
    .where('leased_until', '=', lease.leasedUntil)
    .execute();
}

/** Holds the import's row; false when the lease went to somebody else or the import was set aside. */
export async function holdLease(trx: Trx, lease: Lease): Promise<boolean> {
  const row = await trx
    .selectFrom('draft_imports')
    .select('id')
    .where('id', '=', lease.id)
    .where('leased_until', '=', lease.leasedUntil)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}
