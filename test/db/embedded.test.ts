import { spawn, spawnSync } from 'node:child_process';
import fs, { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import t from 'tap';
import { openData } from '../../src/db/embedded/data.ts';
import { startEngine } from '../../src/db/embedded/engine.ts';
import { lockByPidFile } from '../../src/db/embedded/lock.ts';
import { tendTables } from '../../src/db/embedded/tend.ts';
import { openDatabase, poolOn } from '../../src/db/open.ts';
import { program } from '../program.ts';
import { emptyDataDir, migratedDataDir } from './support/embedded.ts';
import { fuzz } from './support/fuzz.ts';

const openChild = program('test/db/support/open-child.ts');

t.test('one engine', async (t) => {
  const dataDir = await migratedDataDir();
  const engine = await startEngine({ directory: databaseIn(dataDir), kept: 'unsynced' });

  await t.test('mixed good, failing, rolled-back and broken-off work gets no wrong answer', async (t) => {
    const pool = poolOn(engine, 60_000);
    const result = await fuzz(pool, 20_261_123);
    t.equal(result.steps, 1800);
    t.same(result.wrong, []);
    t.same(result.found, result.committed);
    await pool.end();
  });

  await t.test('a query outside the transaction, inside it, fails instead of waiting forever', async (t) => {
    const pool = poolOn(engine, 50);
    const inside = await pool.connect();
    await inside.query('begin');
    await t.rejects(pool.query('select 1'), { message: /timeout exceeded when trying to connect/ });
    await inside.query('commit');
    inside.release();
    await pool.end();
  });

  await t.test('timers run while it works', async (t) => {
    const pool = poolOn(engine, 10_000);
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await pool.query('select count(*) from generate_series(1, 300000)');
    clearInterval(timer);
    t.ok(ticks > 1, `${ticks} ticks`);
    await pool.end();
  });

  await t.test(
    'a statement that was planned on an empty table finds its index once the table has grown',
    async (t) => {
      const pool = poolOn(engine, 10_000);
      await pool.query('create table grown (id text primary key)');
      await pool.query(
        'prepare find (text[]) as select id from grown join unnest($1) as given (id) using (id)',
      );
      const plan = async () => {
        const { rows } = await pool.query("explain execute find (array['1'])");
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      };
      await pool.query("set plan_cache_mode = 'force_generic_plan'");
      t.match(await plan(), 'Seq Scan');
      await pool.query('insert into grown select n::text from generate_series(1, 20000) as n');
      t.match(await plan(), 'Seq Scan', 'the plan is remembered');
      await tendTables(pool);
      t.match(await plan(), 'grown_pkey');
      await pool.query('reset plan_cache_mode');
      await pool.end();
    },
  );

  await t.test('what is written does not pile up in the write-ahead log', async (t) => {
    const pool = poolOn(engine, 10_000);
    await pool.query('create table heap (a text); alter table heap alter a set storage external');
    const megabyte = 'x'.repeat(1_000_000);
    for (let n = 0; n < 150; n++) await pool.query('insert into heap values ($1)', [megabyte]);
    const log = readdirSync(path.join(dataDir, 'database/pg18/pg_wal'));
    const segments = log.filter((name) => /^[0-9A-F]{24}$/.test(name));
    t.ok(segments.length < 9, `${segments.length} segments of 16 MB`);
    await pool.end();
  });

  await engine.close();
});

t.test('a directory in use is refused by name', async (t) => {
  const dataDir = await migratedDataDir();
  const database = await openDatabase({ dataDir });
  const refusal = `The database in ${dataDir}/database is in use by another process; only one may open it at a time.`;
  await t.rejects(openDatabase({ dataDir }), { message: refusal }, 'in the same process');
  const other = spawnSync(process.execPath, [...openChild, dataDir], { encoding: 'utf8' });
  t.equal(other.stdout.trim(), refusal, 'in another process');
  await database.close();
  await database.close();
  const again = await openDatabase({ dataDir });
  await again.close();
});

t.test('without abstract sockets a file with the process number holds the directory', async (t) => {
  const directory = emptyDataDir();
  const lock = await lockByPidFile(directory);
  await t.rejects(lockByPidFile(directory), /is in use by another process/, 'in the same process');
  await lock.release();
  t.same(readdirSync(directory), []);

  const holder = spawn('sleep', ['60']);
  writeFileSync(path.join(directory, 'in-use-by'), String(holder.pid));
  await t.rejects(lockByPidFile(directory), new RegExp(directory), 'a living process keeps it');
  holder.kill('SIGKILL');
  await new Promise((resolve) => holder.once('exit', resolve));
  const after = await lockByPidFile(directory);
  t.equal(
    readFileSync(path.join(directory, 'in-use-by'), 'utf8'),
    String(process.pid),
    'a dead one does not',
  );
  await after.release();
});

t.test('a commit is on the disk before it is acknowledged', async (t) => {
  const data = await openHere(await migratedDataDir());
  const before = syncs;
  for (let n = 0; n < 20; n++) await data.query('select pg_logical_emit_message(true, $1, $1)', [String(n)]);
  t.ok(syncs - before >= 20, `${syncs - before} fsyncs for 20 commits`);
  const beforeCheckpoint = syncs;
  await data.exec('create table written (a int); checkpoint');
  t.ok(syncs - beforeCheckpoint > 3, 'a checkpoint waits for the tables too');
  await data.close();
});

t.test('an engine whose commits do not reach the disk is refused', async (t) => {
  const create = PGlite.create;
  t.teardown(() => Object.assign(PGlite, { create }));
  const withoutSync = (given: { startParams: string[] }) =>
    Reflect.apply(create, PGlite, [{ ...given, startParams: [...given.startParams, '-c', 'fsync=off'] }]);
  Object.assign(PGlite, { create: withoutSync });
  await t.rejects(openHere(await migratedDataDir()), /does not write commits to the disk/);
});

t.test('a database made by another major version of PostgreSQL is refused with both versions', async (t) => {
  const dataDir = emptyDataDir();
  fs.mkdirSync(path.join(dataDir, 'database/pg17'), { recursive: true });
  await t.rejects(openDatabase({ dataDir }), /was made by PostgreSQL 17, this version runs 18/);
});

t.test('a damaged database says so and leaves its directory free', async (t) => {
  const dataDir = await migratedDataDir();
  fs.rmSync(path.join(dataDir, 'database/pg18/global/pg_control'));
  await t.rejects(openDatabase({ dataDir }), /does not start: .*pg_control/);
  await t.rejects(openDatabase({ dataDir }), /does not start: .*pg_control/);
});

let syncs = 0;

/** Opens the database on this thread, where the calls to the disk can be counted. */
async function openHere(dataDir: string): Promise<PGlite> {
  const { fsyncSync } = fs;
  fs.fsyncSync = (descriptor) => {
    syncs += 1;
    fsyncSync(descriptor);
  };
  syncBuiltinESMExports();
  t.teardown(() => {
    fs.fsyncSync = fsyncSync;
    syncBuiltinESMExports();
  });
  return openData({ directory: databaseIn(dataDir), kept: 'durably' }, (reason) => {
    throw new Error(reason);
  });
}

function databaseIn(dataDir: string): string {
  return path.join(dataDir, 'database');
}
