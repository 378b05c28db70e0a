import t from 'tap';
import { createRateCounts } from '../../src/web/rate-counts.ts';
import { openTestDatabase } from '../database.ts';

const hour = 3_600_000;

t.test('one process counts exactly, without waiting for what it writes', async (t) => {
  const { db } = await openTestDatabase(t);
  const counts = createRateCounts(db, () => new Date('2026-05-06T09:10:00+08:00'));
  t.teardown(() => counts.flush());
  const together = await Promise.all([1, 2, 3].map(() => counts.count('here', hour)));
  t.same(together.map((each) => each.current).sort(), [1, 2, 3], 'three at once are the first three');
  t.equal((await counts.count('here', hour)).current, 4);
  t.equal((await counts.count('elsewhere', hour)).current, 1, 'each key is counted for itself');
});

t.test('what one process counted, the others know once it is written', async (t) => {
  const { db } = await openTestDatabase(t);
  const clock = () => new Date('2026-05-06T09:10:00+08:00');
  const [one, other] = [createRateCounts(db, clock), createRateCounts(db, clock)];
  for (let time = 0; time < 5; time++) await one.count('here', hour);
  await one.flush();
  t.equal((await other.count('here', hour)).current, 6, 'a first time asks what came before');
  await other.count('here', hour);
  await other.flush();
  await one.count('here', hour);
  await one.flush();
  t.equal((await one.count('here', hour)).current, 9, 'writing tells what the others counted meanwhile');
  await one.flush();
});

t.test('a new window begins with nothing', async (t) => {
  const { db } = await openTestDatabase(t);
  let now = new Date('2026-05-06T09:59:00+08:00');
  const counts = createRateCounts(db, () => now);
  t.teardown(() => counts.flush());
  await counts.count('here', hour);
  t.same(await counts.count('here', hour), { current: 2, ttl: 60_000 });
  now = new Date('2026-05-06T10:00:00+08:00');
  t.same(await counts.count('here', hour), { current: 1, ttl: hour });
});
