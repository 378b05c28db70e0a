import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import t from 'tap';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { program } from '../program.ts';
import { emptyDataDir, migratedDataDir } from './support/embedded.ts';
import { randomFrom } from './support/fuzz.ts';

const seed = 20_261_123;
const kills = 20;
const crashChild = program('test/db/support/crash-child.ts');

t.test(`of ${kills} kill -9 none loses or tears what was acknowledged (seed ${seed})`, async (t) => {
  const dataDir = await migratedDataDir();
  await prepare(dataDir);
  const random = randomFrom(seed);
  const acknowledged: string[] = [];
  for (let life = 0; life < kills; life++) {
    const dying = startChild(dataDir, String(life));
    const code = await killAfter(dying, Math.ceil(random() * 120), acknowledged);
    if (code !== null) t.fail(`life ${life} ended by itself with code ${code}`);
  }
  const database = await openDatabase({ dataDir });
  const found = await read(database);
  t.ok(acknowledged.length > kills, `${acknowledged.length} transactions were acknowledged`);
  t.same(
    acknowledged.filter((name) => !found.names.has(name)),
    [],
    'nothing acknowledged is lost',
  );
  t.equal(found.names.size, found.count, 'each transaction is there whole');
  t.ok(
    found.names.size - acknowledged.length <= kills * 4,
    'only what was under way at a kill is there besides',
  );
  await sql`reindex table crash_first`.execute(database.db);
  await database.close();
});

t.test('when the disk takes no more, nothing is acknowledged and nothing acknowledged is lost', async (t) => {
  const dataDir = await migratedDataDir();
  await prepare(dataDir);
  const acknowledged: string[] = [];
  // No file may grow to the size of the next piece of the write-ahead log: PostgreSQL panics there.
  const child = startChild(dataDir, 'full', 'ulimit -f 32767;');
  const code = await killAfter(child, Number.POSITIVE_INFINITY, acknowledged);
  t.equal(code, 1, 'the process ends by itself');
  const database = await openDatabase({ dataDir });
  const found = await read(database);
  t.ok(acknowledged.length > 0, `${acknowledged.length} transactions were acknowledged`);
  t.same(
    acknowledged.filter((name) => !found.names.has(name)),
    [],
  );
  t.equal(found.names.size, found.count);
  await database.close();
});

t.test('a first start that is killed, early or late, is done again', async (t) => {
  const dataDir = emptyDataDir();
  for (const sign of ['pg18.new/global', 'pg18.new/base/5/PG_VERSION', 'pg18']) {
    const child = startChild(dataDir, 'first');
    while (!existsSync(path.join(dataDir, 'database', sign))) await delay(5);
    child.kill('SIGKILL');
    await exitOf(child);
  }
  const database = await openDatabase({ dataDir });
  t.same((await sql`select 1 as a`.execute(database.db)).rows, [{ a: 1 }]);
  await database.close();
  t.same(readdirSync(path.join(dataDir, 'database')), ['pg18']);
});

type Child = ChildProcessByStdio<null, Readable, null>;

function startChild(dataDir: string, life: string, limit = ''): Child {
  // tap preloads itself into every Node below it, which costs time and catches the signal of a file too long.
  const shell = `unset NODE_OPTIONS; ${limit} exec "$0" "$@"`;
  const given = ['-c', shell, process.execPath, ...crashChild, dataDir, life];
  return spawn('/bin/sh', given, { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Kills the child once it named so many transactions, keeps every name it wrote, and gives its exit code. */
async function killAfter(child: Child, count: number, acknowledged: string[]): Promise<number | null> {
  let named = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line === 'open') continue;
    acknowledged.push(line);
    named += 1;
    if (named === count) child.kill('SIGKILL');
  }
  return exitOf(child);
}

async function exitOf(child: Child): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function prepare(dataDir: string): Promise<void> {
  const { db, close } = await openDatabase({ dataDir });
  await sql`create table crash_first (name text primary key, body text)`.execute(db);
  await sql`create table crash_second (name text primary key)`.execute(db);
  await sql`create table crash_count as select 0 as n`.execute(db);
  await close();
}

/** Names that stand in both tables, and the count kept beside them; they agree when no transaction is torn. */
async function read({ db }: Database): Promise<{ names: Set<string>; count: number }> {
  const { rows } = await sql<{ name: string }>`
    select name from crash_first full join crash_second using (name)`.execute(db);
  const counted = await sql<{ n: number }>`
    select n from crash_count where (select count(*) from crash_first) = n
      and (select count(*) from crash_second) = n`.execute(db);
  return { names: new Set(rows.map((row) => row.name)), count: counted.rows[0]?.n ?? -1 };
}
