import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { type Engine, startCopyInMemory, startEngine } from '../../../src/db/embedded/engine.ts';
import { type Lock, lockDirectory } from '../../../src/db/embedded/lock.ts';
import { migrateToLatest } from '../../../src/db/migrate.ts';
import { type Database, databaseOn } from '../../../src/db/open.ts';
import type { Tables } from '../../../src/db/tables.ts';
import { root } from '../../../src/root.ts';
import { migrationsHash } from './migrations-hash.ts';

// Starting an engine takes a second, emptying one some milliseconds: an engine a test gave back is used again.
const idle: Engine[] = [];
let beginning: Beginning | undefined;

/** What the migrations themselves put in. */
interface Beginning {
  tables: { name: string; rows: string }[];
  sequences: { name: string; value: number | null }[];
}

/** An embedded database as the migrations leave it; `close` gives its engine to the next test of this process. */
export async function embeddedTestDatabase(): Promise<Database> {
  const used = idle.pop();
  const engine = used ?? (await startCopy());
  engine.keepAlive(true);
  const database = databaseOn(engine, {
    connectionTimeoutMillis: 5_000,
    stop: async () => {
      engine.keepAlive(false);
      idle.push(engine);
    },
  });
  if (used === undefined) beginning ??= await readBeginning(database.db);
  else await reset(database.db);
  return database;
}

async function readBeginning(db: Kysely<Tables>): Promise<Beginning> {
  const names = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%'`.execute(
    db,
  );
  const tables = [];
  for (const { name } of names.rows) {
    const { rows } = await sql<{ rows: string }>`
      select coalesce(jsonb_agg(t), '[]')::text as rows from ${sql.table(name)} t`.execute(db);
    tables.push({ name, rows: rows[0]?.rows ?? '[]' });
  }
  const sequences = await sql<{ name: string; value: number }>`
    select format('%I', sequencename) as name, last_value as value
    from pg_sequences where schemaname = 'public'`.execute(db);
  return { tables, sequences: sequences.rows };
}

// Truncating a table makes new files for it and its indexes, which takes longer than deleting some rows.
async function reset(db: Kysely<Tables>): Promise<void> {
  const { tables, sequences } = beginning as Beginning;
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx); // insert-only tables refuse otherwise
    const filled = tables.map(
      ({ name }) => sql`select ${name} as name, pg_relation_size(${name}) > 1000000 as large
        where exists (select 1 from ${sql.table(name)})`,
    );
    const found = sql<{ name: string; large: boolean }>`${sql.join(filled, sql` union all `)}`;
    for (const { name, large } of (await found.execute(trx)).rows)
      await sql`${sql.raw(large ? 'truncate' : 'delete from')} ${sql.table(name)}`.execute(trx);
    for (const { name, rows } of tables.filter((table) => table.rows !== '[]'))
      await sql`insert into ${sql.table(name)} overriding system value
        select * from jsonb_populate_recordset(null::${sql.table(name)}, ${rows}::jsonb)`.execute(trx);
    const starts = sequences.map(({ name, value }) => sql`setval(${name}, ${value ?? 1}, ${value !== null})`);
    await sql`select ${sql.join(starts)}`.execute(trx);
  });
}

async function startCopy(): Promise<Engine> {
  return startCopyInMemory(await template());
}

/** A new `dataDir` with a migrated embedded database in it, not open; removed when this process ends. */
export async function migratedDataDir(): Promise<string> {
  const dataDir = emptyDataDir();
  const database = path.join(dataDir, 'database');
  cpSync(await template(), database, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return dataDir;
}

/** A new, empty `dataDir`; removed when this process ends. */
export function emptyDataDir(): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'jianyan-test-'));
  if (folders.push(dataDir) === 1) process.once('exit', removeFolders);
  return dataDir;
}

const folders: string[] = [];

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function template(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/jianyan');
  const directory = path.join(cache, `database-${migrationsHash()}`);
  if (existsSync(directory)) return directory;
  mkdirSync(cache, { recursive: true });
  const lock = await waitForLock(cache);
  if (!existsSync(directory)) {
    await makeTemplate(directory);
    removeOldTemplates(cache);
  }
  await lock.release();
  return directory;
}

async function makeTemplate(directory: string): Promise<void> {
  const aside = `${directory}.new`;
  rmSync(aside, { recursive: true, force: true });
  const engine = await startEngine({ directory: aside, kept: 'unsynced' });
  const database = databaseOn(engine, { stop: engine.close });
  await migrateToLatest(database.db);
  await database.close();
  renameSync(aside, directory);
}

function removeOldTemplates(cache: string): void {
  const yesterday = Date.now() - 86_400_000;
  for (const name of readdirSync(cache).filter((name) => name.startsWith('database-'))) {
    const template = path.join(cache, name);
    if (statSync(template).mtimeMs < yesterday) rmSync(template, { recursive: true, force: true });
  }
}

async function waitForLock(directory: string): Promise<Lock> {
  for (;;) {
    try {
      return await lockDirectory(directory);
    } catch {
      await delay(100);
    }
  }
}
