import type { Db, Trx } from './session.ts';

/** How often something was tried in vain, in a row, and until when it is locked. */
export interface Failures {
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

/** What is known under a key, held until the transaction ends; nobody else counts it meanwhile. */
export async function holdFailures(trx: Trx, key: Buffer, now: Date): Promise<Failures> {
  const row = await trx
    .insertInto('sign_in_failures')
    .values({ key, failures: 0, locked_until: null, failed_at: now })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ failed_at: now }))
    .returning(['failures', 'locked_until as lockedUntil'])
    .executeTakeFirstOrThrow();
  return row;
}

/** Writes down what is held. */
export async function writeFailures(trx: Trx, key: Buffer, held: Failures): Promise<void> {
  const set = { failures: held.failures, locked_until: held.lockedUntil };
  await trx.updateTable('sign_in_failures').set(set).where('key', '=', key).execute();
}

/** Forgets failures, and ends a lock. */
export async function clearFailures(db: Db, keys: readonly Buffer[]): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('key', 'in', keys).execute();
}

/** The latest instant until which one of these keys is locked, or null. */
export async function lockedUntil(db: Db, keys: readonly Buffer[], now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('sign_in_failures')
    .select('locked_until')
    .where('key', 'in', keys)
    .where('locked_until', '>', now)
    .orderBy('locked_until', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.locked_until ?? null;
}

/** Those of these keys that are locked, in hex. */
export async function lockedKeys(db: Db, keys: readonly Buffer[], now: Date): Promise<Set<string>> {
  const rows = await db
    .selectFrom('sign_in_failures')
    .select('key')
    .where('key', 'in', keys)
    .where('locked_until', '>', now)
    .execute();
  return new Set(rows.map(({ key }) => key.toString('hex')));
}

/** Forgets failures that nobody added to since an instant. */
export async function forgetFailures(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('failed_at', '<', before).execute();
}
