import { countInWindows, windowStart } from '../db/rate-windows.ts';
import type { Db } from '../db/session.ts';

/** How often a key came in the window that is running, and how much of that window is left. */
export interface RateCount {
  readonly count: number;
  readonly leftMs: number;
}

/** Counts how often a key came in the window of `windowMs` milliseconds that is running. */
export interface RateCounts {
  /** Counts once more; nobody waits for the database. */
  add(key: string, windowMs: number): RateCount;
  /** The same without counting. */
  read(key: string, windowMs: number): RateCount;
  /** Takes one back that was counted in the window that is running. */
  takeBack(key: string, windowMs: number): void;
  /** Tells the other processes what was counted here, and learns what they told. */
  flush(): Promise<void>;
}

interface Entry {
  readonly key: string;
  /** What the key is called in the database; made when it is first written. */
  name: string;
  readonly startsAt: Date;
  readonly endsAt: number;
  /** What all other processes counted, as far as known. */
  others: number;
  /** What this process counted, and how much of it is written. */
  mine: number;
  written: number;
}

const pauseMs = 500;

/**
 * Counts in memory and, at most half a second later and many keys in one statement, in the database, so that every
 * process knows. What cannot be written is counted here all the same, and written with what comes next. A key is
 * written as `nameOf` gives it, so that nobody can read there whom it is about.
 */
export function createRateCounts(db: Db, clock: () => Date, nameOf: (key: string) => string): RateCounts {
  const entries = new Map<string, Entry>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function find(key: string, windowMs: number) {
    const now = clock();
    const startsAt = windowStart(now, windowMs);
    const endsAt = startsAt.getTime() + windowMs;
    const id = `${endsAt} ${key}`;
    return { id, entry: entries.get(id), startsAt, endsAt, leftMs: endsAt - now.getTime() };
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // One after another: each run must know what the one before it has written.
    writing = writing.catch(() => undefined).then(writeAll);
    return writing;
  }

  function writeAll(): Promise<void> {
    const now = clock().getTime();
    for (const [id, entry] of entries) if (entry.endsAt <= now) entries.delete(id);
    const due = [...entries.values()].filter((entry) => entry.written !== entry.mine);
    for (const entry of due) entry.name ||= nameOf(entry.key);
    return writeCounts(db, due);
  }

  function flushSoon(): void {
    timer ??= setTimeout(() => void flush().catch(() => undefined), pauseMs).unref();
  }

  return {
    flush,
    add(key, windowMs) {
      const { id, entry: known, startsAt, endsAt, leftMs } = find(key, windowMs);
      const entry = known ?? { key, name: '', startsAt, endsAt, others: 0, mine: 0, written: 0 };
      if (!known) entries.set(id, entry);
      entry.mine += 1;
      flushSoon();
      return { count: entry.others + entry.mine, leftMs };
    },
    takeBack(key, windowMs) {
      const { entry } = find(key, windowMs);
      if (!entry) return;
      entry.mine -= 1;
      flushSoon();
    },
    read(key, windowMs) {
      const { entry, leftMs } = find(key, windowMs);
      return { count: entry ? entry.others + entry.mine : 0, leftMs };
    },
  };
}

async function writeCounts(db: Db, due: readonly Entry[]): Promise<void> {
  if (due.length === 0) return;
  const mine = due.map((entry) => entry.mine);
  const items = due.map(({ name, startsAt, mine, written }) => ({
    key: name,
    startsAt,
    times: mine - written,
  }));
  const counts = await countInWindows(db, items);
  for (const [index, entry] of due.entries()) {
    entry.written = mine[index] ?? 0;
    entry.others = (counts[index] ?? 0) - entry.written;
  }
}
