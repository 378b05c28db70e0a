import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { publicVersion, publicVersionAlone } from '../../src/db/public-version.ts';
import { openTestDatabase } from '../database.ts';

const change = sql`update public_version set version = version + 1`;

t.test(
  'the version of what is public is never older than the call, whatever else is asked meanwhile',
  async (t) => {
    const database = await openTestDatabase(t);
    const { db } = database;
    const deeds = {
      change: () => change.execute(db),
      look: () => sql`select 1`.execute(db),
      'change in a transaction': () =>
        db.transaction().execute(async (trx) => {
          await sql`select 1`.execute(trx);
          await change.execute(trx);
          await sql`select 1`.execute(trx);
        }),
      fail: () => sql`select 1 / 0`.execute(db).catch(() => {}),
    };
    const steps = fc.array(
      fc.record({
        deed: fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[])),
        isAwaited: fc.boolean(),
        asks: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 12 },
    );
    const holds = fc.asyncProperty(steps, async (taken) => {
      for (const { deed, isAwaited, asks } of taken) {
        const under = deeds[deed]();
        if (isAwaited) await under;
        const atLeast = isAwaited ? await publicVersion(db) : 0;
        const answers = await Promise.all(Array.from({ length: asks }, () => database.publicVersion()));
        if (answers.some((answer) => answer < atLeast)) return false;
        await under;
        if ((await database.publicVersion()) !== (await publicVersion(db))) return false;
      }
      return true;
    });
    await fc.assert(holds, { numRuns: 60 });
  },
);

t.test('alone with its database, a process asks again only when something else was asked', async (t) => {
  const { db } = await openTestDatabase(t);
  let sent = 0;
  let isOvertaken = false;
  const counting = new Proxy(db, {
    get: (target, name) =>
      name !== 'executeQuery'
        ? Reflect.get(target, name)
        : (query: Parameters<typeof db.executeQuery>[0]) => {
            sent += isOvertaken ? 2 : 1;
            return target.executeQuery(query);
          },
  });
  const version = publicVersionAlone(counting, () => sent);
  const first = await version();
  t.same([await version(), sent], [first, 1], 'not asked again');
  await change.execute(db);
  sent += 1;
  t.same([await version(), sent], [first + 1, 3], 'asked again');
  sent += 1;
  isOvertaken = true;
  await version();
  t.same([await version(), sent], [first + 1, 8], 'and again where something was sent meanwhile');
});
