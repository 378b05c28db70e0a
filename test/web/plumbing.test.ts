import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { ConfigError, loadConfig, makeClock } from '../../src/config.ts';
import { startScheduler } from '../../src/scheduler.ts';
import { loadSentences } from '../../src/sentences.ts';
import { batched } from '../../src/web/batched.ts';
import { createFormTokens } from '../../src/web/form-token.ts';
import { formState, line, list, text } from '../../src/web/forms.ts';
import { hrefIn, withoutLarge } from '../../src/web/frame.ts';
import { acceptedEncoding, shareWork } from '../../src/web/plugins/page-cache.ts';

t.test('every setting that cannot be used is named, all at once', async (t) => {
  const wrong = {
    PORT: 'x',
    PUBLIC_URL: 'ftp://a',
    DATABASE_URL: 'mysql://a',
    LOG_LEVEL: 'loud',
    CLOCK: 'soon',
    SMTP_URL: 'a',
    SECRET_KEY: 'short',
    SAMPLE_DATA: 'yes',
    TRUST_PROXY: 'on',
    FEEDBACK_DAYS: '0',
  };
  const error = await Promise.resolve()
    .then(() => loadConfig(wrong))
    .catch((reason: unknown) => reason);
  t.type(error, ConfigError);
  for (const name of Object.keys(wrong)) t.match(String(error), name);
});

t.test('production refuses the trial clock and the sample data', async (t) => {
  for (const wrong of [{ CLOCK: '2021-08-01' }, { SAMPLE_DATA: 'on' }] as Record<string, string>[])
    t.throws(() => loadConfig({ NODE_ENV: 'production', ...wrong }), ConfigError);
});

t.test('a secret key is made once, kept private, and found again', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-config-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const { secretKey } = loadConfig({ DATA_DIR: folder });
  t.equal(loadConfig({ DATA_DIR: folder }).secretKey, secretKey);
  t.equal(readFileSync(path.join(folder, 'secret-key'), 'utf8'), secretKey);
  t.equal(statSync(path.join(folder, 'secret-key')).mode & 0o077, 0);
  t.ok(secretKey.length >= 40);
});

t.test('the trial clock starts at its instant and goes on from there', async (t) => {
  const start = new Date('2021-08-01T01:00:00Z');
  const clock = makeClock(start);
  t.ok(clock().getTime() >= start.getTime() && clock().getTime() - start.getTime() < 60_000);
});

t.test('a form token is good for its form for 24 hours, and cannot be made by others', async (t) => {
  let now = new Date('2026-03-01T09:00:00Z');
  let count = 0;
  const random = (bytes: number) => {
    count += 1;
    return Buffer.alloc(bytes, count);
  };
  const tokens = createFormTokens('secret', () => now, random);
  const token = tokens.make('2026-0001');
  t.equal(tokens.judge('2026-0001', token), 'good');
  t.equal(tokens.judge('2026-0002', token), 'forged');
  t.equal(createFormTokens('other', () => now, random).judge('2026-0001', token), 'forged');
  for (const wrong of ['', '.', '..', 'a.b.c', `${token}x`])
    t.equal(tokens.judge('2026-0001', wrong), 'forged', wrong);
  now = new Date('2026-03-02T09:00:01Z');
  t.equal(tokens.judge('2026-0001', token), 'expired');
});

t.test('large type has its own address and leads back', async () => {
  const addresses = fc.webPath().filter((each) => each.startsWith('/') && !each.startsWith('/large'));
  fc.assert(
    fc.property(
      addresses,
      (address) => withoutLarge(hrefIn(true, address)) === address && hrefIn(false, address) === address,
    ),
  );
});

t.test('an address that only begins like /large is left alone', async (t) => {
  t.equal(withoutLarge('/largest'), '/largest');
  t.equal(withoutLarge('/large?q=水'), '/?q=水');
  t.equal(withoutLarge('/large'), '/');
});

t.test('the best accepted encoding is chosen, and a refused one is not', async (t) => {
  t.equal(acceptedEncoding('gzip, deflate, br'), 'br');
  t.equal(acceptedEncoding('gzip;q=1.0, br;q=0'), 'gzip');
  t.equal(acceptedEncoding('identity'), 'identity');
  t.equal(acceptedEncoding(undefined), 'identity');
});

t.test('shared work always began after the call, and never runs twice at a time', async (t) => {
  const gates: (() => void)[] = [];
  let begun = 0;
  const shared = shareWork(() => {
    begun += 1;
    const own = begun;
    return new Promise<number>((resolve) => gates.push(() => resolve(own)));
  });
  const untilBegun = async (runs: number) => {
    while (begun < runs) await new Promise(setImmediate);
  };
  const [first, together] = [shared(), shared()];
  await untilBegun(1);
  const [second, third] = [shared(), shared()];
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  t.equal(begun, 1, 'the next run waits for the one under way');
  gates[0]?.();
  t.same(await Promise.all([first, together]), [1, 1]);
  await untilBegun(2);
  gates[1]?.();
  t.same(await Promise.all([second, third]), [2, 2], 'who came during a run is answered by the next one');
});

t.test('a batch gives each item its own result, also when one of them is bad', async (t) => {
  const runs: number[][] = [];
  const work = batched(
    async (items: readonly number[]) => {
      runs.push([...items]);
      if (items.includes(13)) throw new Error('unlucky');
      return items.map((item) => item * 2);
    },
    { most: 3, enough: 9 },
  );
  const results = await Promise.allSettled([1, 2, 13, 4, 5].map(work));
  t.same(
    results.map((each) => (each.status === 'fulfilled' ? each.value : 'failed')),
    [2, 4, 'failed', 8, 10],
  );
  t.ok(
    runs.some((run) => run.length === 3),
    'items that waited shared a run',
  );
});

t.test('of a burst two batches are under way, never more', async (t) => {
  const runs: { items: readonly number[]; finish: () => void }[] = [];
  const work = batched(
    (items: readonly number[]) =>
      new Promise<readonly number[]>((resolve) => runs.push({ items, finish: () => resolve(items) })),
    { most: 10, enough: 2 },
  );
  const given = [work(1)];
  const pause = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await pause();
  given.push(work(2));
  await pause();
  t.same(
    runs.map(({ items }) => items),
    [[1]],
    'one that waits goes on waiting',
  );
  given.push(work(3), work(4), work(5));
  await pause();
  t.same(
    runs.map(({ items }) => items),
    [[1], [2, 3, 4, 5]],
    'two begin a second run',
  );
  given.push(work(6), work(7));
  await pause();
  t.equal(runs.length, 2, 'there is no third');
  for (const run of runs) run.finish();
  await pause();
  for (const run of runs) run.finish();
  t.same(await Promise.all(given), [1, 2, 3, 4, 5, 6, 7]);
});

t.test('a task that fails runs again, and stopping waits for it', async (t) => {
  const errors: unknown[] = [];
  let runs = 0;
  await new Promise<void>((resolve) => {
    const scheduler = startScheduler(
      [
        {
          name: 'failing',
          everyMs: 1,
          run: async () => {
            runs += 1;
            if (runs === 3) void scheduler.stop().then(resolve);
            throw new Error('no');
          },
        },
      ],
      { error: (entry: unknown) => void errors.push(entry) } as never,
    );
  });
  t.equal(runs, 3);
  t.equal(errors.length, 3);
});

t.test('a form keeps what was typed and names what is wrong', async (t) => {
  const body = { a: ' x\u0000 y ', b: ['1', '2'], c: 'l1\r\nl2' };
  t.equal(line(body, 'a'), 'x y');
  t.same(list(body, 'b'), ['1', '2']);
  t.equal(text(body, 'c'), 'l1\nl2');
  t.equal(line(body, 'none'), '');
  const state = formState(
    { text: 'x' },
    [{ field: 'text', key: 'tooLong', values: { limit: 20_000, length: 20_001 } }],
    loadSentences(),
  );
  t.match(state, { values: { text: 'x' }, errorFor: { text: /20000.*20001/ } });
});
