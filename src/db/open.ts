import path from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Engine, startEngine } from './embedded/engine.ts';
import { tendTables } from './embedded/tend.ts';
import { type Connections, preparing } from './prepared.ts';
import { publicVersion, publicVersionAlone } from './public-version.ts';
import type { Tables } from './tables.ts';

/** An open database. Inside `db.transaction()` use only the transaction: the embedded one has a single connection. */
export interface Database {
  db: Kysely<Tables>;
  kind: 'embedded' | 'postgresql';
  /** The version of what is public; never older than the call. */
  publicVersion(): Promise<number>;
  /** Clears out dead rows and counts what changed much; PostgreSQL does so by itself, there it does nothing. */
  tend(): Promise<void>;
  /** Waits for what is running, writes everything out, and frees the directory; calling it again does no harm. */
  close(): Promise<void>;
}

/** What goes to the process log. */
export interface DatabaseLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Where the database is and who hears of it. `databaseUrl` wins over the embedded one under `dataDir`. */
export interface DatabaseOptions {
  databaseUrl?: string | undefined;
  dataDir: string;
  log?: DatabaseLog;
  /** How long a query waits for a free connection before it fails, in milliseconds. */
  connectionTimeoutMillis?: number;
  /** Hears that the embedded database broke down; the process should end and be started again. */
  onFailure?: (error: Error) => void;
}

const CONNECTION_TIMEOUT = 10_000;
const STATEMENT_TIMEOUT = 15_000;
const CLOSE_TIMEOUT = 10_000;
const OLDEST_POSTGRESQL = 15;
const SILENT: DatabaseLog = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Opens PostgreSQL at `databaseUrl`, or else the embedded database in `dataDir`, made at the first start. Throws a
 * sentence for the operator when it is too old, cannot search Chinese, is in use, or does not keep what it is given.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl === undefined
    ? openEmbedded(options)
    : openPostgresql(options, options.databaseUrl);
}

async function openPostgresql(options: DatabaseOptions, connectionString: string): Promise<Database> {
  const { connectionTimeoutMillis = CONNECTION_TIMEOUT, log = SILENT } = options;
  const pool = poolTo(connectionString, connectionTimeoutMillis, log);
  const database = databaseOver(pool, {
    kind: 'postgresql',
    log,
    tend: async () => {},
    stop: async () => {},
  });
  try {
    await refuseUnfit(database.db);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** The connection pool of a PostgreSQL server, where a query waits so many milliseconds for a free connection. */
export function poolTo(connectionString: string, connectionTimeoutMillis: number, log = SILENT): pg.Pool {
  // Compiling a query takes longer than any query of ours.
  const settings = { max: 10, statement_timeout: STATEMENT_TIMEOUT, options: '-c TimeZone=UTC -c jit=off' };
  return heard(new pg.Pool({ connectionString, connectionTimeoutMillis, types, ...settings }), log);
}

async function refuseUnfit(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ version: number; ctype: string; encoding: string }>`
    select current_setting('server_version_num')::int as version, datctype as ctype,
           pg_encoding_to_char(encoding) as encoding
    from pg_database where datname = current_database()`.execute(db);
  const { version = 0, ctype = '', encoding = '' } = rows[0] ?? {};
  const major = Math.floor(version / 10_000);
  if (major < OLDEST_POSTGRESQL)
    throw new Error(`PostgreSQL ${major} is too old: version ${OLDEST_POSTGRESQL} or later is needed.`);
  if (!['C', 'POSIX'].includes(ctype) && encoding === 'UTF8') return;
  throw new Error(
    `The database has LC_CTYPE ${ctype} and encoding ${encoding}, so searching Chinese finds nothing. ` +
      'Create it with: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME',
  );
}

async function openEmbedded(options: DatabaseOptions): Promise<Database> {
  const { log = SILENT, onFailure = () => {} } = options;
  const engine = await startEngine(
    { directory: path.join(options.dataDir, 'database'), kept: 'durably' },
    (error) => {
      log.error(error.message);
      onFailure(error);
    },
  );
  return databaseOn(engine, { ...options, stop: engine.close });
}

/** Makes a database of a running engine; only one at a time may use an engine. `stop` runs when it has been closed. */
export function databaseOn(
  engine: Engine,
  options: Pick<DatabaseOptions, 'connectionTimeoutMillis'> & Ending,
): Database {
  const { connectionTimeoutMillis = CONNECTION_TIMEOUT, log = SILENT, stop } = options;
  const pool = heard(poolOn(engine, connectionTimeoutMillis), log);
  const database = databaseOver(pool, { kind: 'embedded', tend: () => tendTables(pool), stop, log });
  return { ...database, publicVersion: publicVersionAlone(database.db, engine.asked) };
}

/** The connection pool of a running engine: one connection, for which others wait so many milliseconds. */
export function poolOn(engine: Engine, connectionTimeoutMillis: number): pg.Pool {
  const place = { host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false };
  const settings = { max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis };
  return new pg.Pool({ ...place, ...settings, types, stream: engine.connect });
}

function heard(pool: pg.Pool, log: DatabaseLog): pg.Pool {
  pool.on('error', (error) => log.warn(`A connection to the database broke: ${error.message}`));
  // A connection that breaks while in use fails its query; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

interface Ending extends Pick<DatabaseOptions, 'log'> {
  readonly stop: () => Promise<void>;
}

/** Makes a database of its connections. `stop` runs when they have been closed. */
export function databaseOver(
  pool: Connections,
  { kind, tend, stop, log = SILENT }: Pick<Database, 'kind' | 'tend'> & Ending,
): Database {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= endOrGiveUp(pool, log).then(stop));
  return { db, kind, tend, close, publicVersion: () => publicVersion(db) };
}

async function endOrGiveUp(pool: Connections, log: DatabaseLog): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT);
  });
  await Promise.race([
    pool.end(),
    late.then(() => log.warn('The database is closed over a transaction still open.')),
  ]);
  clearTimeout(timer);
}

const INT8 = 20;
const DATE = 1082;

/** The same JavaScript types from every database: int8 is a number (our ids fit), `date` stays `YYYY-MM-DD`. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};
