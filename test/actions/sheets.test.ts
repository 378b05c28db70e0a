import { randomBytes } from 'node:crypto';
import t from 'tap';
import { addSheet } from '../../src/actions/add-sheet.ts';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { confirmSheet, discardSheet } from '../../src/actions/confirm-sheet.ts';
import { returnNotice } from '../../src/actions/sign-notice.ts';
import { workOnSheets } from '../../src/actions/work-on-sheets.ts';
import { workersOn } from '../../src/db/answer-workers.ts';
import { deskComments } from '../../src/db/comments.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { takeNextSheet } from '../../src/db/sheet-queue.ts';
import { forgetSheets } from '../../src/db/sheet-writes.ts';
import { sameSheetStored, sheetById, sheetProblems } from '../../src/db/sheets.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { judgedSheet } from '../../src/intake/sheets/judged.ts';
import { close, publish, sign } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';

type Officer = NonNullable<TestSite['officers'][string]>;
type T = Parameters<typeof testSite>[0];

const reader = { readSheet: judgedSheet };
const heading = '件号,渠道,收到日期,邮戳日期,姓名,条款,意见内容';

function csv(count: number, change: (row: string, index: number) => string = (row) => row): Buffer {
  const rows = Array.from({ length: count }, (_, index) =>
    change(`,信函,2026-04-12,${index % 2 ? '2026-04-10' : ''},来件人${index},第三条,意见${index}`, index),
  );
  return Buffer.from([heading, ...rows].join('\n'));
}

async function open(t: T) {
  const site = await testSite(t);
  const { db, clock, officers, deps } = site;
  const officer = officers['caseworker'] as Officer;
  const consultation = await publish(db, officer, clock());
  clock.set('2026-04-12T10:00:00+08:00');
  await close(db, consultation);
  const base = { officer, consultationId: consultation.id };
  const add = (bytes: Uint8Array) => addSheet(db, { ...base, name: '来件.csv', bytes }, clock());
  const confirm = (sheetId: number) => confirmSheet(db, { ...base, sheetId }, clock());
  const discard = (sheetId: number) => discardSheet(db, { ...base, sheetId }, clock());
  const work = (random = randomBytes) =>
    workOnSheets(db, { reader, words: deps.sentences.sheet, clock, random });
  const sheet = (id: number) => sheetById(db, consultation.id, id);
  const texts = async () => (await deskComments(db, consultation.id)).map(({ text }) => text);
  return { ...site, officer, consultation, add, confirm, discard, work, sheet, texts };
}

async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'not refused';
  } catch (error) {
    return error instanceof RuleBroken ? error.rule : String(error);
  }
}

t.test('a table is tried first: what is good and every fault are known, and nothing is stored', async (t) => {
  const { add, work, sheet, texts, db } = await open(t);
  const id = await add(csv(5, (row, index) => (index === 2 ? row.replace('第三条', '第九十条') : row)));
  t.match(await sheet(id), { state: 'waiting', entries: 0 });
  t.equal(await work(), 1);
  t.match(await sheet(id), {
    ...{
      state: 'checked',
      rowsRead: 5,
      badRows: 1,
      entries: 4,
      comments: 4,
      lateEntries: 2,
      entriesStored: 0,
    },
  });
  t.match(await sheetProblems(db, id, 0, 10), [{ row: 4, column: 'clause', key: 'noSuchClause' }]);
  t.same(await texts(), []);
  t.equal(await work(), 0);
});

t.test('what was confirmed is stored whole, with who confirmed it; then the file is gone', async (t) => {
  const { add, confirm, work, sheet, texts, db, consultation, officer } = await open(t);
  const bytes = csv(250);
  const id = await add(bytes);
  await work();
  await confirm(id);
  await confirm(id);
  t.equal(await work(), 1);
  t.match(await sheet(id), { state: 'stored', entriesStored: 250 });
  t.equal(new Set(await texts()).size, 250);
  t.equal((await texts()).length, 250);
  const row = await db.selectFrom('sheet_imports').selectAll().executeTakeFirstOrThrow();
  t.same([row.bytes, row.problems], [null, []]);
  const submission = await db.selectFrom('submissions').selectAll().orderBy('id').executeTakeFirstOrThrow();
  t.match(submission, { entered_by: officer.id, name: '来件人0', channel: 'letter' });
  t.ok(submission.hash, 'sealed');
  const ledger = (await ledgerOf(db, consultation.id)).slice(0, 2).map(({ what, detail }) => [what, detail]);
  t.same(ledger, [
    ['sheetStored', { submissions: 250 }],
    ['sheetConfirmed', { submissions: 250, sheetId: id }],
  ]);
  t.same(await workersOn(db, consultation.id), [officer.id]);
  await confirm(id);
  t.equal(await work(), 0, 'what is stored is not stored again');
  const again = await add(bytes);
  t.ok(await sameSheetStored(db, consultation.id, again), 'the same file is recognised');
});

t.test('work that breaks off in the middle is taken up again, and every row is entered once', async (t) => {
  const { add, confirm, work, sheet, texts, clock, db } = await open(t);
  const id = await add(csv(250));
  await work();
  await confirm(id);
  let calls = 0;
  const failing = (bytes: number) => {
    calls += 1;
    if (calls > 250) throw new Error('the process dies');
    return randomBytes(bytes);
  };
  await t.rejects(work(failing), /dies/);
  t.match(await sheet(id), { state: 'storing', entriesStored: 100 });
  t.equal((await texts()).length, 100, 'whole hundreds are there');
  t.ok(await takeNextSheet(db, clock(), 180_000), 'another takes it, and dies');
  t.equal(await work(), 0, 'nobody else has it meanwhile');
  clock.set(new Date(clock().getTime() + 180_000));
  t.equal(await work(), 1);
  t.match(await sheet(id), { state: 'stored', entriesStored: 250 });
  t.equal(new Set(await texts()).size, 250);
  t.equal((await texts()).length, 250);
});

t.test('several processes at once enter every row once', async (t) => {
  const { add, confirm, work, texts } = await open(t);
  const ids = [await add(csv(120)), await add(csv(80, (row) => row.replace('意见', '建议')))];
  await work();
  for (const id of ids) await confirm(id);
  await Promise.all([work(), work(), work()]);
  t.equal((await texts()).length, 200);
  t.equal(new Set(await texts()).size, 200);
});

t.test(
  'a table that cannot be read says why and keeps nothing; one that ends its reader is given up',
  async (t) => {
    const { add, work, sheet, confirm, db, clock, deps } = await open(t);
    const id = await add(Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await work();
    t.match(await sheet(id), { state: 'failed', refusal: 'oldExcel' });
    t.equal(await refused(confirm(id)), 'sheetGone');
    const deadly = await add(csv(1));
    const dying = { readSheet: () => Promise.reject(new Error('out of order')) };
    const tools = { reader: dying, words: deps.sentences.sheet, clock, random: randomBytes };
    for (let times = 0; times < 4; times += 1) await t.rejects(workOnSheets(db, tools), /out of order/);
    await workOnSheets(db, tools);
    t.match(await sheet(deadly), { state: 'failed', refusal: 'corrupt' });
    const rows = await db.selectFrom('sheet_imports').select('bytes').execute();
    t.ok(rows.every(({ bytes }) => bytes === null));
  },
);

t.test(
  'what nobody enters is set aside with its file: at once by an officer, by itself after a while',
  async (t) => {
    const { add, work, sheet, discard, confirm, db, clock } = await open(t);
    const bad = csv(2, (row) => row.replace('第三条', '第九十条'));
    const [one, two] = [await add(bad), await add(bad)];
    await work();
    t.equal(await refused(confirm(one)), 'sheetGone', 'nothing in it is good');
    await discard(one);
    await discard(one);
    t.match(await sheet(one), { state: 'discarded' });
    await forgetSheets(db, new Date(clock().getTime() - 1));
    t.match(await sheet(two), { state: 'checked' });
    await forgetSheets(db, new Date(clock().getTime() + 1));
    t.match(await sheet(two), { state: 'discarded' });
    t.same(await sheetProblems(db, two, 0, 10), [], 'nor is what was wrong with it kept');
    t.equal(await refused(confirm(two)), 'sheetGone');
    const half = await add(csv(2, (row, index) => (index === 0 ? row.replace('第三条', '第九十条') : row)));
    await work();
    await confirm(half);
    await work();
    t.equal((await sheetProblems(db, half, 0, 10)).length, 1, 'whoever puts the rest right still sees where');
    await forgetSheets(db, new Date(clock().getTime() + 1));
    t.match([await sheet(half), await sheetProblems(db, half, 0, 10)], [{ state: 'stored' }, []]);
  },
);

t.test(
  'while a table is under way the notice cannot be signed; once it is signed no table is taken',
  async (t) => {
    const { add, confirm, work, sheet, texts, officers, consultation, deps, db, clock, officer } =
      await open(t);
    const approver = officers['approver'] as Officer;
    const base = { consultationId: consultation.id };
    const checked = openChannels(consultation.announcement);
    const signing = () => sign(db, approver, consultation, deps.sentences.notice, clock());
    const id = await add(csv(150, (row) => row.replace(/2026-04-1\d,[^,]*/, '2026-04-09,')));
    await work();
    await checkChannels(db, { officer: officers['second'] as Officer, ...base, checked }, clock());
    t.equal(await refused(signing()), 'notReady', 'tried, and nobody said yet whether it is to be entered');
    await discardSheet(db, { officer, ...base, sheetId: id }, clock());
    await signing();
    t.equal(await refused(confirm(id)), 'noticeSigned');
    t.equal(await refused(add(csv(1))), 'noticeSigned');
    await returnNotice(db, { officer: approver, ...base, remark: '还有来件' }, clock());
    const again = await add(csv(150, (row) => row.replace(/2026-04-1\d,[^,]*/, '2026-04-09,')));
    await work();
    await confirm(again);
    t.equal(await refused(signing()), 'notReady', 'being entered');
    await work();
    t.match(await sheet(again), { state: 'stored', entriesStored: 150 });
    t.equal((await texts()).length, 150);
    t.equal(await refused(signing()), 'notReady', 'entered, and without a disposition');
  },
);

t.test('only officers who enter comments bring tables, and only for their own agency', async (t) => {
  const { db, officers, consultation, clock, add } = await open(t);
  const input = { consultationId: consultation.id, name: 'a.csv', bytes: csv(1) };
  for (const login of ['approver', 'other'])
    t.equal(
      await refused(addSheet(db, { ...input, officer: officers[login] as Officer }, clock())),
      'notAllowed',
    );
  const sheetId = await add(csv(1));
  const theirs = { officer: officers['other'] as Officer, consultationId: consultation.id, sheetId };
  t.equal(await refused(confirmSheet(db, theirs, clock())), 'notAllowed');
  t.equal(await refused(discardSheet(db, theirs, clock())), 'notAllowed');
});
