import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** The database or a transaction in it: the first parameter of every query. */
export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** Runs work in one transaction; what it throws rolls everything back. Inside, use only `trx`. */
export function transaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}
