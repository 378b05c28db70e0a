import { sql } from 'kysely';
import t from 'tap';
import { openTestDatabase } from '../database.ts';

t.test('every value has the same type on every database', async (t) => {
  const { db } = await openTestDatabase(t);
  const { rows } = await sql`select 9007199254740991::int8 as id, count(*) as count, date '2026-03-01' as day,
    timestamptz '2026-03-01 09:00+08' as at, '{"a":[1,null]}'::jsonb as data, '\\x00ff'::bytea as bytes,
    array['一', null, '"'] as words, null::int8 as nothing, current_setting('TimeZone') as zone`.execute(db);
  t.same(rows, [
    {
      id: Number.MAX_SAFE_INTEGER,
      count: 1,
      day: '2026-03-01',
      at: new Date('2026-03-01T01:00:00Z'),
      data: { a: [1, null] },
      bytes: Buffer.from([0, 255]),
      words: ['一', null, '"'],
      nothing: null,
      zone: 'UTC',
    },
  ]);
});

t.test('Chinese text is found by its trigrams', async (t) => {
  const { db } = await openTestDatabase(t);
  const { rows } = await sql`select similarity('征求意见稿', '征求意见') > 0.5 as near`.execute(db);
  t.same(rows, [{ near: true }]);
});

t.test('each test finds the database as the migrations left it', async (t) => {
  for (const _round of [1, 2])
    await t.test('one of two', async (t) => {
      const { db } = await openTestDatabase(t);
      const made = { name: '某区政府', short_name: '区政府', created_at: new Date() };
      const agency = db.insertInto('agencies').values(made).returning('id');
      t.equal((await agency.executeTakeFirstOrThrow()).id, 1);
      t.same(await db.selectFrom('public_version').select('version').execute(), [{ version: 2 }]);
    });
});
