import t, { type Test } from 'tap';
import type { Run } from '../../src/domain/versions/diff.ts';
import { cutRuns } from '../../src/web/public/sides.ts';
import { publish, publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { testSite } from '../support.ts';
import { type Page, visit } from '../visitor.ts';

async function open(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const to = `/consultations/${consultation.number}`;
  const next = (source = nextPaste()) => publishNext(site.db, caseworker, consultation, source, site.clock());
  return { ...site, to, next, visitor: visit(site.app) };
}

const row = (page: Page, id: string) => {
  const found = page.document.querySelector(`tr#${id}`);
  for (const spoken of found?.querySelectorAll('td .vh') ?? []) spoken.remove();
  const cells = found?.querySelectorAll('td').map((cell) => cell.text.replace(/\s+/g, '')) ?? [];
  return { kind: found?.querySelector('th')?.text.replace(/\s+/g, '') ?? '', old: cells[0], next: cells[1] };
};

t.test('a single version needs no talk of versions', async (t) => {
  const { visitor, to } = await open(t);
  t.notMatch((await visitor.get(to)).text, /第1稿|对照表/);
  t.equal((await visitor.get(`${to}/versions/1`)).status, 200);
  for (const address of ['/versions/2', '/versions/0', '/versions/1/changes', '/versions/1/changes/sheet'])
    t.equal((await visitor.get(to + address)).status, 404, address);
});

t.test('a new version is what the consultation shows; it names the others and what changed', async (t) => {
  const { visitor, to, next } = await open(t);
  t.notMatch((await visitor.get(to)).text, '节约用水');
  await next();
  const page = await visitor.get(to);
  t.match(page.document.querySelector('.draft')?.text, '节约用水的原则');
  t.match(page.document.querySelector('#draft .inset')?.text, /最新的第2稿.*按照收到的意见作了修改。/s);
  const links = page.document.querySelectorAll('#draft .inset a').map((a) => a.getAttribute('href'));
  t.strictSame(links, [`${to}/versions/2/changes`, `${to}/versions/2`, `${to}/versions/1`]);
});

t.test('an older version keeps its page and takes no comments', async (t) => {
  const { visitor, to, next } = await open(t);
  await next();
  const old = await visitor.get(`${to}/versions/1`);
  t.match(old.document.querySelector('.draft')?.text, '接到报修后二十四小时内到达现场');
  t.match(old.text, '不是最新的');
  t.equal(old.document.querySelectorAll('a.ask').length, 0);
  t.ok((await visitor.get(`${to}/versions/2`)).document.querySelectorAll('a.ask').length > 0);
});

t.test('the comparison has a row for each change, with the kind of change in words', async (t) => {
  const { visitor, to, next } = await open(t);
  await next();
  const page = await visitor.get(`${to}/versions/2/changes`);
  t.match(row(page, 'art_1').kind, '修改第一条');
  t.match(row(page, 'art_3'), { kind: '新增第三条', old: /（无）$/ });
  t.match(row(page, 'art_4').kind, '改序号第四条');
  t.match(row(page, 'old-art_3__subpara_3'), { kind: '删除第三条第（三）项', next: /（无）$/ });
  t.notOk(page.document.querySelector('tr#art_2'), 'what did not change has no row of its own');
  const unchanged = page.document.querySelectorAll('tr.unchanged summary').map((each) => each.text);
  t.ok(unchanged.includes('第二条没有变动（1处）'), unchanged.join());
  t.match(page.document.querySelector('.counts')?.text, /新增\s*1\s*处/);
});

t.test('insertions stand on the new side, deletions on the old, both said in words', async (t) => {
  const { visitor, to, next } = await open(t);
  await next();
  const page = await visitor.get(`${to}/versions/2/changes`);
  const [old, newer] = page.document.querySelectorAll('tr#art_1 td');
  t.equal(old?.querySelectorAll('ins').length, 0);
  t.equal(newer?.querySelectorAll('del').length, 0);
  t.match(newer?.querySelector('ins')?.text, /^〔新增：.+〕$/);
  const without = (cell: typeof old, mark: string) => {
    for (const each of cell?.querySelectorAll('.side, .vh') ?? []) each.remove();
    return [cell?.text.replace(/\s+/g, ''), cell?.querySelector(mark) !== null];
  };
  t.strictSame(without(newer, 'ins'), [
    '第一条为了保障农村供水安全，维护用水户和供水单位的合法权益，根据有关规定，结合本县实际，制定本办法。',
    true,
  ]);
  t.equal(without(old, 'del')[0], '第一条为了保障农村供水安全，根据有关规定，结合本县实际，制定本办法。');
});

t.test(
  'the comparison prints as a sheet: a head, a row for each change, what did not change in a line',
  async (t) => {
    const { visitor, to, next } = await open(t);
    await next();
    const sheet = await visitor.get(`${to}/versions/2/changes/sheet`);
    t.equal(sheet.document.querySelectorAll('article.sheet thead th').length, 3);
    t.equal(sheet.document.querySelectorAll('details').length, 0);
    t.match(sheet.text, '第二条没有变动。');
    t.equal(
      (await visitor.get(`${to}/versions/2/changes`)).document.querySelectorAll('tr[id]').length,
      sheet.document.querySelectorAll('tr[id]').length,
    );
  },
);

t.test('each version is compared with the one before it', async (t) => {
  const { visitor, to, next } = await open(t);
  await next();
  await next(nextPaste().replace('每季度', '每月'));
  const page = await visitor.get(`${to}/versions/3/changes`);
  t.strictSame(
    page.document.querySelectorAll('tr[id]').map((each) => each.id),
    ['art_4__subpara_1'],
  );
  t.match(row(page, 'art_4__subpara_1').next, '每月');
});

t.test('runs of several texts are cut where the texts meet', async (t) => {
  const runs: Run[] = [
    { kind: 'kept', text: '甲乙\n' },
    { kind: 'inserted', text: '丙\n\n丁' },
  ];
  t.strictSame(cutRuns(runs, [2, 1, 0, 1]), [
    [{ kind: 'kept', text: '甲乙' }],
    [{ kind: 'inserted', text: '丙' }],
    [],
    [{ kind: 'inserted', text: '丁' }],
  ]);
  t.strictSame(cutRuns([], [0, 0]), [[], []]);
});
