import { sql } from 'kysely';
import type { Db } from './session.ts';

/** Counts one more in the window that `now` falls into; gives the count and the milliseconds left in it. */
export async function countInWindow(
  db: Db,
  key: string,
  windowMs: number,
  now: Date,
): Promise<{ current: number; ttl: number }> {
  const startsAt = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const row = await db
    .insertInto('rate_windows')
    .values({ key, starts_at: startsAt, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['key', 'starts_at']).doUpdateSet({ count: sql`rate_windows.count + 1` }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return { current: row.count, ttl: startsAt.getTime() + windowMs - now.getTime() };
}

/** Forgets windows that began before an instant. */
export async function forgetWindows(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('rate_windows').where('starts_at', '<', before).execute();
}
