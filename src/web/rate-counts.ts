import { countInWindows, windowStart } from '../db/rate-windows.ts';
import type { Db } from '../db/session.ts';
import { batched } from './batched.ts';

/** Counts how often a key came in the window of `windowMs` milliseconds that is running. */
export interface RateCounts {
  count(key: string, windowMs: number): Promise<{ readonly current: number; readonly ttl: number }>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

interface Entry {
  readonly key: string;
  readonly startsAt: Date;
  readonly endsAt: number;
  /** Resolves when the database has told what others counted before. */
  known: Promise<void>;
  /** What all other processes counted, as far as known. */
  others: number;
  /** What this process counted, and how much of it is written. */
  mine: number;
  written: number;
}

const pauseMs = 500;
const mostAtOnce = 500;

/**
 * Counts in the database, so that every process knows: a key's first time in a window asks for the count so far, the
 * next ones are counted here and written together, at most half a second later.
 */
export function createRateCounts(db: Db, clock: () => Date): RateCounts {
  const entries = new Map<string, Entry>();
  const write = (due: readonly Entry[]) => writeCounts(db, due);
  const begin = batched(async (fresh: readonly Entry[]) => write(fresh).then(() => fresh), mostAtOnce);
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const now = clock().getTime();
    const due = [...entries.values()].filter((entry) => entry.written > 0 && entry.written < entry.mine);
    if (due.length > 0) await write(due);
    for (const [name, entry] of entries)
      if (entry.endsAt <= now && entry.written === entry.mine) entries.delete(name);
  }

  function flushSoon(): void {
    // What could not be written is counted here all the same.
    timer ??= setTimeout(() => void flush().catch(() => undefined), pauseMs).unref();
  }

  function enter(name: string, key: string, startsAt: Date, windowMs: number): Entry {
    const endsAt = startsAt.getTime() + windowMs;
    const entry: Entry = { key, startsAt, endsAt, known: Promise.resolve(), others: 0, mine: 1, written: 0 };
    entry.known = begin(entry).then(() => undefined);
    entry.known.catch(() => entries.delete(name));
    entries.set(name, entry);
    return entry;
  }

  return {
    flush,
    async count(key, windowMs) {
      const now = clock();
      const startsAt = windowStart(now, windowMs);
      const name = `${startsAt.getTime()} ${key}`;
      const known = entries.get(name);
      const entry = known ?? enter(name, key, startsAt, windowMs);
      if (known) {
        known.mine += 1;
        flushSoon();
      }
      const place = entry.mine;
      await entry.known;
      return { current: entry.others + place, ttl: entry.endsAt - now.getTime() };
    },
  };
}

async function writeCounts(db: Db, due: readonly Entry[]): Promise<void> {
  const items = due.map(({ key, startsAt, mine, written }) => ({ key, startsAt, times: mine - written }));
  const written = due.map((entry) => entry.mine);
  // Said before it is done, so that nobody else writes it meanwhile.
  for (const entry of due) entry.written = entry.mine;
  const counts = await countInWindows(db, items);
  for (const [index, entry] of due.entries()) entry.others = (counts[index] ?? 0) - (written[index] ?? 0);
}
