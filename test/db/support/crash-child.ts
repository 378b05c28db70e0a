import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../../../src/db/open.ts';
import type { Tables } from '../../../src/db/tables.ts';
import '../../compiled-once.ts';

// Writes transactions into the embedded database in the folder it is told and names each on a line of its output
// once it is acknowledged, until it is killed.
const [dataDir = '', life = ''] = process.argv.slice(2);
const { db } = await openDatabase({ dataDir, onFailure: () => {} });
console.log('open');
await Promise.all([0, 1, 2, 3].map((writer) => write(db, writer)));

async function write(db: Kysely<Tables>, writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const name = `${life}-${writer}-${n}`;
    const body = name.repeat(1 + (n % 400));
    await db.transaction().execute(async (trx) => {
      await sql`insert into crash_first values (${name}, ${body})`.execute(trx);
      await sql`insert into crash_second values (${name})`.execute(trx);
      await sql`update crash_count set n = n + 1`.execute(trx);
    });
    console.log(name);
    if (writer === 0 && n % 40 === 39) await sql`checkpoint`.execute(db);
  }
}
