import { once } from 'node:events';
import type pg from 'pg';
import type { Connections } from '../../../src/db/prepared.ts';

/**
 * A pool for one test of those that use it one after another. Ended, it gives no connection any more, so that nothing a
 * test left behind reaches the database of the next; the connections stay open. `end` waits for those in use.
 */
export function lent(pool: pg.Pool): Connections {
  let ended = false;
  return {
    async connect() {
      if (ended) throw new Error('The test that used this database has ended.');
      return pool.connect();
    },
    async end() {
      ended = true;
      // What breaks meanwhile is told as an error of the pool, which is no reason to stop waiting.
      while (isUsed(pool)) await once(pool, 'release').catch(() => {});
    },
  };
}

/** Whether somebody has a connection of the pool, or waits for one. */
export function isUsed({ totalCount, idleCount, waitingCount }: pg.Pool): boolean {
  return totalCount > idleCount || waitingCount > 0;
}
