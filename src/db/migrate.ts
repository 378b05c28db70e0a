import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';

/** The folder of the project's own migrations; the same step up from the source and from the build. */
export const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/**
 * Runs every migration in `directory` (a URL that ends in a slash) that `db` lacks, in order, and returns their names.
 * Several processes may do so at once: one migrates, the others wait. A failing migration leaves no trace and throws.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration may meet tables of any time
export async function migrateToLatest(db: Kysely<any>, directory = MIGRATIONS): Promise<string[]> {
  const provider = { getMigrations: () => readMigrations(directory) };
  return db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection); // waiting for another process, or building an index
    const { error, results = [] } = await new Migrator({ db: connection, provider }).migrateToLatest();
    await sql`reset statement_timeout`.execute(connection);
    if (error !== undefined) throw error;
    return results.map((result) => result.migrationName);
  });
}

/** Names of the migrations in `directory`, oldest first, without extension: source and build agree on them. */
export async function migrationNames(directory = MIGRATIONS): Promise<string[]> {
  return [...(await migrationFiles(directory)).keys()];
}

async function readMigrations(directory: URL): Promise<Record<string, Migration>> {
  const files = [...(await migrationFiles(directory))];
  const read = files.map(async ([name, file]) => [name, (await import(file.href)) as Migration] as const);
  return Object.fromEntries(await Promise.all(read));
}

async function migrationFiles(directory: URL): Promise<Map<string, URL>> {
  const entries = (await readdir(directory)).sort();
  const files = entries.filter((entry) => /^\d{4}_\w+\.(ts|js)$/.test(entry));
  return new Map(files.map((file) => [file.slice(0, -3), new URL(file, directory)]));
}
