import fc from 'fast-check';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { captchaAnswer } from '../../src/db/captchas.ts';
import { networkShare } from '../../src/deps.ts';
import { originOf } from '../../src/web/origin.ts';
import { createRateCounts } from '../../src/web/rate-counts.ts';
import { publish } from '../consultation.ts';
import { openTestDatabase } from '../database.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const [minute, hour] = [60_000, 3_600_000];
const written = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');
const half = () => new Date('2026-05-06T09:10:00+08:00');

const named = (key: string) => `counted ${key}`;

t.test('a sender is an IPv4 address or a /64, a network the /24 or the /48 around it', async (t) => {
  const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(bytes, fc.nat(255), ([a, b, c, d], other) => {
      const [one, next] = [originOf(`${a}.${b}.${c}.${d}`), originOf(`${a}.${b}.${c}.${other}`)];
      const asIPv6 = originOf(`::ffff:${a}.${b}.${c}.${d}`);
      const isSame = asIPv6.sender === one.sender && asIPv6.network === one.network;
      return isSame && one.network === next.network && (one.sender === next.sender) === (d === other);
    }),
  );
  fc.assert(
    fc.property(groups, fc.integer({ min: 1, max: 0xffff }), fc.nat(7), (one, change, at) => {
      const changed = one.with(at, (one[at] ?? 0) ^ change);
      fc.pre(one[0] !== 0 && changed[0] !== 0);
      const [before, after] = [originOf(written(one)), originOf(written(changed))];
      const isSender = before.sender === after.sender;
      return isSender === at >= 4 && (before.network === after.network) === at >= 3;
    }),
  );
  const short = originOf('2001:db8::1:2');
  for (const same of ['2001:0DB8:0:0:0:0:1:2', '2001:db8::0.1.0.2', '2001:db8::1:2%eth0'])
    t.same(originOf(same), short);
  t.same(originOf('unix:'), { sender: 'unix:', network: 'unix:' });
});

t.test('one process counts exactly, without waiting for what it writes', async (t) => {
  const { db } = await openTestDatabase(t);
  const counts = createRateCounts(db, half, named);
  t.teardown(() => counts.flush());
  t.same(
    [1, 2, 3].map(() => counts.add('here', hour).count),
    [1, 2, 3],
  );
  t.equal(counts.add('elsewhere', hour).count, 1, 'each key is counted for itself');
  t.same(counts.read('here', hour), { count: 3, leftMs: 50 * 60_000 });
  t.equal(counts.read('here', hour).count, 3, 'reading does not count');
});

t.test('what is taken back counts nowhere, written or not', async (t) => {
  const { db } = await openTestDatabase(t);
  const [one, other] = [createRateCounts(db, half, named), createRateCounts(db, half, named)];
  t.teardown(() => Promise.all([one.flush(), other.flush()]));
  one.add('here', hour);
  one.takeBack('here', hour);
  t.equal(one.read('here', hour).count, 0);
  one.add('here', hour);
  one.add('here', hour);
  await one.flush();
  one.takeBack('here', hour);
  await one.flush();
  other.add('here', hour);
  await other.flush();
  t.equal(other.read('here', hour).count, 2, 'one of the first process, one of its own');
  other.takeBack('nobody counted this', hour);
  t.equal(other.read('nobody counted this', hour).count, 0);
});

t.test('what one process counted, the others know once both have written', async (t) => {
  const { db } = await openTestDatabase(t);
  const [one, other] = [createRateCounts(db, half, named), createRateCounts(db, half, named)];
  for (let time = 0; time < 5; time++) one.add('here', hour);
  await one.flush();
  t.equal(other.add('here', hour).count, 1);
  await other.flush();
  t.equal(other.add('here', hour).count, 7);
  await Promise.all([other.flush(), one.flush(), other.flush()]);
  one.add('here', hour);
  await one.flush();
  t.equal(one.read('here', hour).count, 8, 'nothing is counted twice, however often it is written');
});

t.test('what could not be written is written with what comes next', async (t) => {
  const { db } = await openTestDatabase(t);
  const counts = createRateCounts(db, half, named);
  counts.add('here', hour);
  await sql`alter table rate_windows rename to gone`.execute(db);
  await t.rejects(counts.flush());
  await sql`alter table gone rename to rate_windows`.execute(db);
  t.equal(counts.add('here', hour).count, 2, 'and counted here meanwhile');
  await counts.flush();
  const other = createRateCounts(db, half, named);
  other.add('here', hour);
  await other.flush();
  t.equal(other.read('here', hour).count, 3);
});

t.test('a new window begins with nothing', async (t) => {
  const { db } = await openTestDatabase(t);
  let now = new Date('2026-05-06T09:59:00+08:00');
  const counts = createRateCounts(db, () => now, named);
  t.teardown(() => counts.flush());
  counts.add('here', hour);
  t.same(counts.add('here', hour), { count: 2, leftMs: 60_000 });
  now = new Date('2026-05-06T10:00:00+08:00');
  t.same(counts.add('here', hour), { count: 1, leftMs: hour });
});

async function crowd(t: Test, limits: Parameters<typeof testSite>[1]) {
  const site = await testSite(t, limits);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const to = `/consultations/${consultation.number}/comments`;
  /** Sends a comment without a captcha: it is counted, and refused for that (422), until it is too often (429). */
  const post = (from: string, { on = site.app, at = to } = {}) =>
    on.inject({
      method: 'POST',
      url: at,
      remoteAddress: from,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ 'text-0': '建议延长期限', name: '朱明远', do: 'send' }).toString(),
    });
  const statuses = async (addresses: readonly string[], options = {}) => {
    const found: number[] = [];
    for (const address of addresses) found.push((await post(address, options)).statusCode);
    return found;
  };
  return { ...site, caseworker, consultation, to, post, statuses };
}

t.test('whoever changes the lower half of an IPv6 address stays one sender', async (t) => {
  const { statuses } = await crowd(t, { limits: { submissions: { max: 2, windowMs: minute } } });
  const from = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9'];
  t.same(await statuses(from), [422, 422, 429, 429]);
  t.same(await statuses(['2001:db8:1:3::1']), [422], 'the next /64 is somebody else');
});

t.test(
  'a network may do ten times what one sender may, and one who is refused takes nothing from it',
  async (t) => {
    const { statuses } = await crowd(t, { limits: { submissions: { max: 1, windowMs: minute } } });
    t.same(await statuses(Array(20).fill('10.1.2.1')), [422, ...Array(19).fill(429)]);
    const neighbours = Array.from({ length: networkShare }, (_, host) => `10.1.2.${host + 2}`);
    t.same(await statuses(neighbours), [...Array(networkShare - 1).fill(422), 429]);
    t.same(await statuses(['10.1.3.1']), [422], 'the next network is free');
  },
);

t.test('too many requests keep every word, and say when to come again', async (t) => {
  const { post, clock } = await crowd(t, { limits: { submissions: { max: 1, windowMs: minute } } });
  clock.set('2026-03-01T09:00:20+08:00');
  await post('10.1.2.1');
  const often = await post('10.1.2.1');
  t.equal(often.statusCode, 429);
  t.equal(often.headers['retry-after'], '40');
  t.match(often.body, /提交太频繁.*请40秒后再试.*建议延长期限.*朱明远/s);
  t.match(often.body, /<form method="post" action="\/consultations\/2026-\d+\/comments">.*再试一次/s);
  t.match(often.body, '<input type="hidden" name="text-0" value="建议延长期限">');
  clock.set('2026-03-01T09:01:00+08:00');
  t.equal((await post('10.1.2.1')).statusCode, 422);
});

t.test('a flood on one consultation leaves the others free; what is refused does not fill it', async (t) => {
  const limits = { bursts: { max: 2, windowMs: minute } };
  const { db, clock, caseworker, consultation, post, app } = await crowd(t, { limits });
  const other = await publish(db, caseworker, clock());
  const visitor = visit(app);
  const send = async (number: string) => {
    await visitor.get(`/consultations/${number}/comments/new`);
    const check = await visitor.send('/comments', words, 'do=check');
    const captcha = await captchaAnswer(db, check.field('captchaId') ?? '', clock());
    return visitor.send('/comments', { consent: 'no', captcha: captcha ?? '' }, 'do=send');
  };
  for (const from of ['10.1.1.1', '10.1.2.1', '10.1.3.1']) await post(from);
  t.match((await send(consultation.number)).text, '意见已收到');
  t.match((await send(consultation.number)).text, '意见已收到');
  const full = await send(consultation.number);
  t.equal(full.status, 429);
  t.match(full.text, /这次征求意见此刻收到的提交太多，请60秒后再试.*建议写明检测项目/);
  t.match((await send(other.number)).text, '意见已收到');
  clock.set('2026-03-01T09:01:00+08:00');
  t.match((await send(consultation.number)).text, '意见已收到');
});

const words = { 'stance-0': 'amend', 'text-0': '建议写明检测项目。' };

t.test('two processes hold a sender to one limit, once they have told each other', async (t) => {
  const site = await crowd(t, { limits: { submissions: { max: 3, windowMs: minute } } });
  const [first, second] = [await site.another(), await site.another()];
  t.same(await site.statuses(['10.1.2.1', '10.1.2.1'], { on: first }), [422, 422]);
  await first.rateCounts.flush();
  t.same(await site.statuses(['10.1.2.1'], { on: second }), [422]);
  await second.rateCounts.flush();
  t.same(await site.statuses(['10.1.2.1'], { on: second }), [429]);
  const kept = await site.db.selectFrom('rate_windows').select('key').execute();
  t.notMatch(JSON.stringify(kept), '10.1.2', 'no address is kept');
});
