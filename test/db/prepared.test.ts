import { sql } from 'kysely';
import t from 'tap';
import { agencyConsultation } from '../../src/db/consultations.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { testSite } from '../support.ts';

t.test('what every desk page asks is prepared once a connection, and outlives a migration', async (t) => {
  const { db, clock, officers } = await testSite(t);
  const caseworker = officers['caseworker'] as Officer;
  const { id, number } = await publish(db, caseworker, clock());
  const migrated = new Error('taken back');
  const onOneConnection = db.transaction().execute(async (trx) => {
    const ask = () => agencyConsultation(trx, caseworker.agencyId, id);
    await ask();
    await ask();
    const { rows } = await sql<{ name: string }>`
      select name from pg_prepared_statements where name = 'consultation of agency'`.execute(trx);
    t.equal(rows.length, 1);
    await sql`alter table consultations add column of_the_next_version integer`.execute(trx);
    await sql`alter table announcements add column of_the_next_version integer`.execute(trx);
    t.equal((await ask())?.number, number, 'the process of before goes on beside the next version');
    throw migrated;
  });
  await t.rejects(onOneConnection, migrated);
});
