import { sql } from 'kysely';
import pg from 'pg';
import t from 'tap';
import { openDatabase } from '../../../src/db/open.ts';
import { openTestDatabase } from '../../database.ts';
import { fuzz } from './fuzz.ts';
import { emptyPostgresql } from './postgresql.ts';

/** What only a server can show; `serverUrl` is where one runs. */
export function testServer(serverUrl: string): void {
  t.test('the same work gets the same answers from PostgreSQL', async (t) => {
    const { url, drop } = await emptyPostgresql(serverUrl);
    const pool = new pg.Pool({ connectionString: url, max: 10 });
    const result = await fuzz(pool, 20_261_123);
    t.same(result.wrong, []);
    t.same(result.found, result.committed);
    await pool.end();
    await drop();
  });

  t.test('a PostgreSQL that cannot search Chinese is refused', async (t) => {
    const name = `jianyan_test_c_${process.pid}`;
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
    const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
    await t.rejects(openDatabase({ databaseUrl: url, dataDir: '' }), /LC_CTYPE C .* searching Chinese/);
    await client.query(`drop database ${name}`);
    await client.end();
  });

  t.test('a connection that PostgreSQL breaks off fails its transaction and nothing else', async (t) => {
    const { db } = await openTestDatabase(t);
    const broken = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      await sql`select pg_sleep(5)`.execute(trx);
    });
    await t.rejects(broken);
    t.same((await sql`select 1 as a`.execute(db)).rows, [{ a: 1 }]);
  });
}
