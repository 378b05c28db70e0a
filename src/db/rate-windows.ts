import { sql } from 'kysely';
import type { Db } from './session.ts';

/** One thing counted: `key` came so many `times` in the window that began at `startsAt`. */
export interface Counted {
  readonly key: string;
  readonly startsAt: Date;
  readonly times: number;
}

/** Adds each item to its window; gives the count of each after all of them, in their order. */
export async function countInWindows(db: Db, items: readonly Counted[]): Promise<number[]> {
  const { rows } = await sql<{ key: string; starts_at: Date; count: number }>`
    insert into rate_windows as w (key, starts_at, count)
    select key, starts_at, sum(times) from unnest(${items.map((item) => item.key)}::text[],
      ${items.map((item) => item.startsAt)}::timestamptz[], ${items.map((item) => item.times)}::integer[]
    ) as given(key, starts_at, times) group by key, starts_at order by key, starts_at
    on conflict (key, starts_at) do update set count = w.count + excluded.count
    returning key, starts_at, count`.execute(db);
  const counts = new Map(rows.map((row) => [nameOf(row.key, row.starts_at), row.count]));
  return items.map((item) => counts.get(nameOf(item.key, item.startsAt)) ?? 0);
}

/** Counts one thing once more in the window that `now` falls into; gives its count. */
export async function countInWindow(
  db: Db,
  key: string,
  windowMs: number,
  now: Date,
): Promise<{ current: number; ttl: number }> {
  const startsAt = windowStart(now, windowMs);
  const [current = 0] = await countInWindows(db, [{ key, startsAt, times: 1 }]);
  return { current, ttl: startsAt.getTime() + windowMs - now.getTime() };
}

/** When the window of `windowMs` milliseconds began that `now` falls into. */
export function windowStart(now: Date, windowMs: number): Date {
  return new Date(Math.floor(now.getTime() / windowMs) * windowMs);
}

/** Forgets windows that began before an instant. */
export async function forgetWindows(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('rate_windows').where('starts_at', '<', before).execute();
}

function nameOf(key: string, startsAt: Date): string {
  return `${startsAt.getTime()} ${key}`;
}
