import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import t, { type Test } from 'tap';
import { ReadingRefused } from '../../src/domain/import.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { autoSettings } from '../../src/domain/parse/settings.ts';
import { createReader, type ReaderLimits } from '../../src/intake/off-thread.ts';
import { lines, tinyPdf } from './tiny-pdf.ts';

const draft = '清源县河道保洁办法\n第一条 为了加强河道保洁，制定本办法。\n第二条 保洁每日一次。';
const small = Buffer.from(draft);
// Takes many seconds and more memory than a small heap has.
const heavy = Buffer.from('<p>甲'.repeat(3_000_000));

t.test('a file is read and divided in another thread, as it would be in this one', async (t) => {
  const { reader, workers } = started(t);
  const { result, paste } = await reader.read(small, 'a.txt', autoSettings, () => {});
  t.same(result, { kind: 'txt', text: draft, notes: [] });
  t.same(paste, readPaste(draft, autoSettings));
  t.same(
    await reader.parse(draft, { ...autoSettings, family: 'none' }),
    readPaste(draft, { ...autoSettings, family: 'none' }),
  );
  t.equal(small.toString(), draft, 'the caller keeps its bytes');
  t.equal(workers.length, 1, 'the thread is used again');
});

t.test('a refused file has no paste', async (t) => {
  const { reader } = started(t);
  t.same(await reader.read(Buffer.from('%PDF-1.4 x'), 'a.pdf', autoSettings, () => {}), {
    result: { refusal: 'corrupt' },
    paste: null,
  });
});

t.test('progress is told on the way, never backwards', async (t) => {
  const { reader } = started(t);
  const pages = ['第一条 甲。', '第二条 乙。', '第三条 丙。', '第四条 丁。'].map((text) => lines([text]));
  const heard: number[] = [];
  const { result } = await reader.read(tinyPdf(pages), 'a.pdf', autoSettings, (percent) =>
    heard.push(percent),
  );
  t.match(result, { kind: 'pdf' });
  t.same(heard, [20, 40, 60, 80, 80]);
});

t.test('a file that takes too long is given up, and the next one is read', async (t) => {
  const { reader, workers } = started(t, { timeMs: 3_000, memoryMb: 4_000 });
  const { result, paste } = await reader.read(heavy, 'a.html', autoSettings, () => {});
  t.same([result, paste], [{ refusal: 'tookTooLong' }, null]);
  t.match((await reader.read(small, 'a.txt', autoSettings, () => {})).result, { kind: 'txt' });
  t.equal(workers.length, 2, 'in a new thread');
});

t.test('a file that takes too much memory is given up, and the next one is read', async (t) => {
  const { reader, workers } = started(t, { memoryMb: 80 });
  const { result } = await reader.read(heavy, 'a.html', autoSettings, () => {});
  t.same(result, { refusal: 'tookTooMuchMemory' });
  t.match((await reader.read(small, 'a.txt', autoSettings, () => {})).result, { kind: 'txt' });
  t.equal(workers.length, 2, 'in a new thread');
});

t.test('a text that cannot be divided within the limits is refused by name', async (t) => {
  const { reader } = started(t, { timeMs: 1 });
  const parsing = reader.parse('第一条 甲。\n'.repeat(500_000), autoSettings);
  await t.rejects(parsing, new ReadingRefused('tookTooLong'));
});

t.test('a thread that is killed at work or at rest is replaced', async (t) => {
  const { reader, workers } = started(t);
  const read = () => reader.read(small, 'a.txt', autoSettings, () => {});
  const begun = once(process, 'worker');
  const reading = read();
  await begun;
  await workers[0]?.terminate();
  t.match((await reading).result, { text: draft });
  await workers[1]?.terminate();
  t.match((await read()).result, { text: draft });
  t.equal(workers.length, 3);
});

t.test('a thread that dies twice over one file is told as a fault', async (t) => {
  const { reader } = started(t);
  const kill = (worker: Worker) => void worker.terminate();
  process.on('worker', kill);
  t.teardown(() => process.off('worker', kill));
  await t.rejects(
    reader.read(small, 'a.txt', autoSettings, () => {}),
    { message: 'The reading thread ended.' },
  );
});

t.test('two files are read at once, a third waits', async (t) => {
  const { reader, workers } = started(t, { atOnce: 2 });
  const names = ['甲', '乙', '丙', '丁', '戊'];
  const readings = names.map((name) =>
    reader.read(Buffer.from(`第一条 ${name}。`), name, autoSettings, () => {}),
  );
  const texts = (await Promise.all(readings)).map(({ result }) =>
    'text' in result ? result.text : result.refusal,
  );
  t.same(
    texts,
    names.map((name) => `第一条 ${name}。`),
  );
  t.equal(workers.length, 2);
});

t.test('a closed reader gives up what it was at and takes nothing more', async (t) => {
  const { reader } = started(t, { atOnce: 1 });
  const readings = [heavy, small].map((bytes) => reader.read(bytes, 'a', autoSettings, () => {}));
  const ends = Promise.allSettled(readings);
  await reader.close();
  t.same(
    (await ends).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await t.rejects(
    reader.read(small, 'a', autoSettings, () => {}),
    { message: 'The reader is closed.' },
  );
});

function started(t: Test, limits?: ReaderLimits) {
  const workers: Worker[] = [];
  const note = (worker: Worker) => workers.push(worker);
  process.on('worker', note);
  const reader = createReader(limits);
  t.teardown(async () => {
    process.off('worker', note);
    await reader.close();
  });
  return { reader, workers };
}
