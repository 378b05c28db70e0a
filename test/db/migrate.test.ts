import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Kysely, sql } from 'kysely';
import t from 'tap';
import { exportData } from '../../src/db/export.ts';
import { migrateToLatest, migrationNames } from '../../src/db/migrate.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import type { Tables } from '../../src/db/tables.ts';
import { type Owner, serverUrl } from '../database.ts';
import { program } from '../program.ts';
import { emptyDataDir, migratedDataDir } from './support/embedded.ts';
import { testServer } from './support/on-a-server.ts';
import { emptyPostgresql } from './support/postgresql.ts';

const MIGRATIONS = new URL('./support/migrations/', import.meta.url);
// What needs a PostgreSQL server is tested where there is one: .ci/run gives one in its second run.
const hasServer = serverUrl !== undefined;
if (serverUrl !== undefined) testServer(serverUrl);

const names = ['0001_every_type', '0002_later'];

t.test('migrations', async (t) => {
  const { db } = await (serverUrl === undefined ? openEmbedded(t) : openTarget(t));

  await t.test('a failing migration leaves no trace', async (t) => {
    const folder = folderOf({
      '0001_good.js':
        'export const up = (db) => db.schema.createTable("left").addColumn("a", "integer").execute();',
      '0002_bad.js': 'export const up = async () => { throw new Error("this one fails"); };',
    });
    await t.rejects(migrateToLatest(db, folder), /this one fails/);
    const { rows } = await sql`select to_regclass('left')::text as found`.execute(db);
    t.same(rows, [{ found: null }]);
  });

  await t.test('they run in order, once, and the same ones when built', async (t) => {
    t.same(await migrationNames(MIGRATIONS), names);
    t.same(await migrateToLatest(db, MIGRATIONS), names);
    t.same(await migrateToLatest(db, MIGRATIONS), []);
    const built = folderOf(
      Object.fromEntries(names.map((name) => [`${name}.js`, 'export const up = null;'])),
    );
    t.same(await migrateToLatest(db, built), []);
  });

  await t.test('nothing but migrations is taken for one', async (t) => {
    const folder = folderOf({
      '0001_a.js': '',
      '0001_a.js.map': '',
      '0001_a.d.ts': '',
      'readme.md': '',
      '2_b.js': '',
    });
    t.same(await migrationNames(folder), ['0001_a']);
  });

  if (hasServer)
    await t.test('afterwards a statement has its usual time limit', async (t) => {
      t.same((await sql`show statement_timeout`.execute(db)).rows, [{ statement_timeout: '15s' }]);
    });
});

if (hasServer)
  t.test('processes that start at once migrate one after another', async (t) => {
    const { url, drop } = await emptyPostgresql(serverUrl as string);
    t.teardown(drop);
    const environment = { ...process.env, DATABASE_URL: url, DATA_DIR: emptyDataDir() };
    const migrate = () =>
      promisify(execFile)(process.execPath, program('src/db/cli-migrate.ts'), { env: environment });
    const said = (await Promise.all([migrate(), migrate(), migrate()])).map(({ stdout }) => stdout.trim());
    t.same(said.sort(), [
      `Migrated: ${(await migrationNames()).join(', ')}`,
      'The database is up to date.',
      'The database is up to date.',
    ]);
  });

t.test('an export of the embedded database', async (t) => {
  const { db } = await openEmbedded(t);
  await migrateToLatest(db, MIGRATIONS);
  await fill(db);
  const file = path.join(emptyDataDir(), 'export.sql');
  writeFileSync(file, await textOf(db));

  if (hasServer)
    await t.test('restores to equal rows, and new ones continue the numbers', async (t) => {
      const target = await openTarget(t);
      await migrateToLatest(target.db, MIGRATIONS);
      t.match(restore(target.url, file), { status: 0, stderr: '' });
      for (const table of ['b_parents', 'a_children', 'a_amount'])
        t.same(await rowsOf(target.db, table), await rowsOf(db, table), table);
      t.ok((await textOf(target.db)) === (await textOf(db)), 'and exports to the same again');
      const next = sql`insert into b_parents default values returning id`;
      t.same((await next.execute(target.db)).rows, (await next.execute(db)).rows);
      await t.rejects(sql`delete from a_children`.execute(target.db), /insert-only/, 'triggers are back');
      const child = sql`insert into a_children (parent_id, note) values (999999, 'x')`;
      await t.rejects(child.execute(target.db), { code: '23503' }, 'foreign keys hold');
      t.match(restore(target.url, file), { status: 3, stderr: /This database already holds data/ });
    });

  if (hasServer)
    await t.test('changes nothing in a database with other migrations', async (t) => {
      const target = await openTarget(t);
      t.match(restore(target.url, file), {
        status: 3,
        stderr: /has not exactly the migrations of the export/,
      });
      await sql`create table kysely_migration (name text)`.execute(target.db);
      t.match(restore(target.url, file), { status: 3, stderr: /0001_every_type, 0002_later/ });
    });

  if (hasServer)
    await t.test('broken off anywhere changes nothing', async (t) => {
      const target = await openTarget(t);
      await migrateToLatest(target.db, MIGRATIONS);
      const text = readFileSync(file, 'utf8');
      writeFileSync(`${file}.part`, text.slice(0, text.lastIndexOf('commit;')));
      restore(target.url, `${file}.part`);
      t.same(await rowsOf(target.db, 'b_parents'), []);
    });
});

t.test('npm run db:export writes the embedded database to a new file', async (t) => {
  const dataDir = await migratedDataDir();
  const { db, close } = await openDatabase({ dataDir });
  const agency = { name: "某'区", short_name: '区', created_at: new Date('2026-03-01T01:00:00Z') };
  await db.insertInto('agencies').values(agency).execute();
  await close();
  const file = path.join(dataDir, 'export.sql');
  const { DATABASE_URL: _server, ...environment } = process.env;
  const run = () =>
    spawnSync(process.execPath, [...program('src/db/cli-export.ts'), file], {
      env: { ...environment, DATA_DIR: dataDir },
      encoding: 'utf8',
    });
  t.match(run(), { status: 0, stderr: '' });
  t.equal(statSync(file).mode & 0o777, 0o600, 'that only its owner may read');
  t.match(run(), { status: 1, stderr: /EEXIST/ }, 'and never over another');

  if (hasServer)
    await t.test('which restores into PostgreSQL', async (t) => {
      const target = await openTarget(t);
      await migrateToLatest(target.db);
      t.match(restore(target.url, file), { status: 0, stderr: '' });
      t.match(await target.db.selectFrom('agencies').selectAll().execute(), [{ id: 1, ...agency }]);
      t.same(await target.db.selectFrom('public_version').select('version').execute(), [{ version: 2 }]);
    });
});

async function fill(db: Kysely<Tables>): Promise<void> {
  const texts = ["it's", 'back\\slash \\n', 'line\r\nline\ttab', '𠮷野家', ':name $1 $$ -- ;', '', null, '%'];
  for (const [index, text] of texts.entries())
    await sql`insert into b_parents (words, data, bytes, at, day, yes, amount, ratio, text, long) values (
      ${[text, 'a,"b"{}', null]}::text[], ${JSON.stringify({ text, deep: [1, { a: null }] })}::jsonb,
      ${Buffer.from([0, 255, 39, 92, index])}, ${'2026-03-01T01:00:00.123456Z'}::timestamptz, '2026-02-28',
      ${index % 2 === 0}, 12345678901234567890.123, ${index / 3}::float8, ${text}, '1 day 02:03:04')`.execute(
      db,
    );
  await sql`insert into b_parents default values`.execute(db);
  await sql`insert into b_parents (text) select repeat('长', 3000) from generate_series(1, 700)`.execute(db);
  await sql`insert into a_children (parent_id, sibling_id, note)
    select 1 + n % 5, nullif(n + 1, 51), 'n' from generate_series(1, 50) n`.execute(db);
}

async function textOf(db: Kysely<Tables>): Promise<string> {
  const pieces: string[] = [];
  await exportData(db, async (piece) => void pieces.push(piece));
  t.ok(Math.max(...pieces.map((piece) => piece.length)) < 6_000_000, 'it comes in pieces');
  return pieces.join('');
}

async function rowsOf(db: Kysely<Tables>, table: string): Promise<unknown> {
  const { rows } = await sql`select md5(t::text) from ${sql.table(table)} t order by t::text`.execute(db);
  return rows;
}

function restore(url: string, file: string) {
  return spawnSync('psql', ['--no-psqlrc', '--quiet', `--file=${file}`, url], { encoding: 'utf8' });
}

async function openTarget(t: Owner): Promise<Database & { url: string }> {
  const { url, drop } = await emptyPostgresql(serverUrl as string);
  t.teardown(drop);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' });
  t.teardown(() => database.close());
  return { ...database, url };
}

async function openEmbedded(t: Owner): Promise<Database> {
  const database = await openDatabase({ dataDir: await migratedDataDir() });
  t.teardown(() => database.close());
  await sql`drop schema public cascade`.execute(database.db);
  await sql`create schema public`.execute(database.db);
  return database;
}

function folderOf(files: Record<string, string>): URL {
  const folder = emptyDataDir();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return pathToFileURL(`${folder}/`);
}
