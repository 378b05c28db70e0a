import type { Database } from '../src/db/open.ts';
import { embeddedTestDatabase } from './db/support/embedded.ts';
import { postgresqlTestDatabase } from './db/support/postgresql.ts';

/** The test a database lives as long as; tap's `t` is one. */
export interface Owner {
  teardown(close: () => Promise<void>): void;
}

/** Set by hand or by the pipeline to run every test on a PostgreSQL server instead of the embedded database. */
export const serverUrl = process.env['DATABASE_URL'] || undefined;

/** How long a test waits for a connection; a query on `db` inside a transaction never gets one and fails so. */
export const testConnectionTimeout = 5_000;

/**
 * A database for this test alone, migrated, holding what the migrations put in and nothing else, opened the way
 * production opens it; closed when the test ends. On PostgreSQL when DATABASE_URL is set.
 */
export async function openTestDatabase(t: Owner): Promise<Database> {
  const database =
    serverUrl === undefined
      ? await embeddedTestDatabase()
      : await postgresqlTestDatabase(serverUrl, testConnectionTimeout);
  t.teardown(() => database.close());
  return database;
}
