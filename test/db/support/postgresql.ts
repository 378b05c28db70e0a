import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { migrateToLatest } from '../../../src/db/migrate.ts';
import { type Database, databaseOver, openDatabase, poolTo } from '../../../src/db/open.ts';
import type { Tables } from '../../../src/db/tables.ts';
import { begin } from './begin.ts';
import { isUsed, lent } from './lent-pool.ts';
import { migrationsHash } from './migrations-hash.ts';

// Copying and dropping a database takes longer than most tests, and so do new connections: what a test gave back is
// used again.
const idle: pg.Pool[] = [];
const copies: string[] = [];

/**
 * A database on `server` as the migrations leave it; `close` gives it to the next test of this process. Only a
 * superuser may empty it; with another role each test gets a new one.
 */
export async function postgresqlTestDatabase(
  server: string,
  connectionTimeoutMillis: number,
): Promise<Database> {
  const pool = idle.pop() ?? (await poolToCopy(server, connectionTimeoutMillis));
  let isReusable = false;
  const database = databaseOver(lent(pool), {
    kind: 'postgresql',
    tend: async () => {},
    stop: async () => {
      if (isReusable && !isUsed(pool)) idle.push(pool);
      else void pool.end();
    },
  });
  if (await isSuperuser(database.db)) {
    isReusable = await begin(database.db);
    if (!isReusable) {
      await database.close();
      return postgresqlTestDatabase(server, connectionTimeoutMillis);
    }
  }
  return database;
}

async function poolToCopy(server: string, connectionTimeoutMillis: number): Promise<pg.Pool> {
  const pool = poolTo(await copyOfTemplate(server), connectionTimeoutMillis);
  pool.options.allowExitOnIdle = true;
  return pool;
}

async function isSuperuser(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select current_setting('is_superuser')::bool as is`.execute(db);
  return rows[0]?.is === true;
}

/** The address of a new database on `server`, a copy of the migrated template; dropped when this process ends. */
export async function copyOfTemplate(server: string): Promise<string> {
  const name = `jianyan_test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(server, async (client) => {
    const template = await ensureTemplate(client, server);
    await client.query(`create database ${name} template ${template}`);
  });
  if (copies.push(name) === 1) process.once('beforeExit', () => dropCopies(server));
  return urlOf(server, name);
}

async function dropCopies(server: string): Promise<void> {
  for (const name of copies) await dropDatabase(server, name);
}

/** A new database without any table, for tests that migrate by themselves. */
export async function emptyPostgresql(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `jianyan_test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(server, (client) => createEmpty(client, name));
  return { url: urlOf(server, name), drop: () => dropDatabase(server, name) };
}

function dropDatabase(server: string, name: string): Promise<void> {
  return asAdministrator(server, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
  });
}

async function ensureTemplate(client: pg.Client, server: string): Promise<string> {
  const name = `jianyan_template_${migrationsHash()}`;
  await client.query(`select pg_advisory_lock(hashtext('jianyan test template'))`);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await makeTemplate(client, server, name);
  await client.query(`select pg_advisory_unlock(hashtext('jianyan test template'))`);
  return name;
}

async function makeTemplate(client: pg.Client, server: string, name: string): Promise<void> {
  const aside = `${name}_new`;
  await client.query(`drop database if exists ${aside} with (force)`);
  await createEmpty(client, aside);
  const database = await openDatabase({ databaseUrl: urlOf(server, aside), dataDir: '' });
  await migrateToLatest(database.db);
  await database.close();
  await client.query(`alter database ${aside} rename to ${name}`);
}

async function createEmpty(client: pg.Client, name: string): Promise<void> {
  await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`);
}

async function asAdministrator<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
