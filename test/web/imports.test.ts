import t, { type Test } from 'tap';
import { readWaitingImports } from '../../src/actions/read-imports.ts';
import { draftWork } from '../../src/db/draft-work.ts';
import type { FileReader, IntakeNote, IntakeRefusal } from '../../src/domain/import.ts';
import { paste } from '../fixtures/paste.ts';
import { plainReader } from '../reader.ts';
import { type TestSite, testSite } from '../support.ts';
import type { ChosenFile, Page, Visitor } from '../visitor.ts';
import { visit } from '../visitor.ts';

const file = (name: string, text: string): ChosenFile => ({ name, bytes: Buffer.from(text) });

async function started(t: Test, source = paste()) {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const page = await desk.send('/desk/consultations', { kind: 'other', source });
  return { site, desk, at: page.address.replace(/\/announcement.*/, '') };
}

function work(site: TestSite, at: string) {
  return draftWork(site.db, Number(at.split('/').at(-1)));
}

async function texts(site: TestSite, at: string): Promise<string[]> {
  return ((await work(site, at))?.blocks ?? []).map(
    ({ label, heading, text }) => `${label}${heading}${text}`,
  );
}

function area(page: Page, name: string): string {
  return page.document.querySelector(`textarea[name="${name}"]`)?.innerHTML.replace(/^\n/, '') ?? '';
}

function errorLinks(page: Page): (string | undefined)[] {
  return page.document.querySelectorAll('.errors li a').map((each) => each.getAttribute('href'));
}

async function consultations(site: TestSite): Promise<number> {
  return (await site.db.selectFrom('consultations').select('id').execute()).length;
}

t.test('a file that cannot be taken is told so at once, and nothing of it is stored', async (t) => {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const large = { name: '大.docx', bytes: Buffer.alloc(20_000_001) };
  const tooLarge = await desk.sendFile('/desk/consultations', large, { kind: 'rule' });
  t.match([tooLarge.status, tooLarge.text], [413, /文件超过20 MB，没有保存/]);
  t.ok(tooLarge.document.querySelector('input[value="rule"][checked]'), 'what was chosen is still chosen');
  t.same(errorLinks(tooLarge), ['#file']);
  const empty = await desk.sendFile('/desk/consultations', file('空.txt', ''), { kind: 'rule' });
  t.match([empty.status, empty.text], [422, /这个文件是空的/]);
  const both = await desk.sendFile('/desk/consultations', file('一.txt', '第一条 文。'), {
    kind: 'rule',
    source: '另一份文本',
  });
  t.match([both.status, both.text, area(both, 'source')], [422, /一次只能用一样/, '另一份文本']);
  const again = await desk.send('/desk/consultations', { kind: 'rule', source: '', file: '一.txt' });
  t.match([again.status, again.text], [422, /请重新选择/], 'a form sent again has no file any more');
  const nothing = await desk.sendFile('/desk/consultations', file('', ''), { kind: '' });
  t.same([nothing.status, errorLinks(nothing)], [422, ['#kind', '#source']]);
  const forged = await desk.sendFile('/desk/consultations', file('一.txt', '第一条 文。'), {
    _csrf: 'forged',
  });
  t.match([forged.status, forged.text], [403, /一\.txt/], 'a form with a file needs its token as well');
  t.equal(await consultations(site), 0);
  const stored = await site.db.selectFrom('draft_imports').select('id').execute();
  t.same(stored, []);
});

t.test('only the forms that ask for a file take one, and only from who is signed in', async (t) => {
  const { site, desk, at } = await started(t);
  await desk.get(`${at}/announcement`);
  t.equal((await desk.sendFile('/announcement', file('一.txt', '文'))).status, 415);
  const stranger = visit(site.app);
  await stranger.get('/desk/sign-in');
  const token = stranger.page().field('_csrf') ?? '';
  const boundary = 'x';
  const body = `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${token}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n第一条\r\n--x--\r\n`;
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const response = await site.app.inject({ method: 'POST', url: `${at}/source`, headers, payload: body });
  t.equal(response.statusCode, 403);
  t.equal((await work(site, at))?.imports.length, 1);
});

t.test('a file is read in the background; the page that waits looks again by itself, or not', async (t) => {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const waiting = await desk.sendFile('/desk/consultations', file('供水 办法.txt', paste()), {
    kind: 'other',
  });
  const at = waiting.address.replace(/\/imports.*/, '');
  t.match([waiting.status, waiting.headers.refresh], [200, undefined]);
  t.match(waiting.text, /供水 办法\.txt.*等待识别.*已完成 0%/);
  t.equal(waiting.document.querySelector('progress')?.getAttribute('value'), '0');
  const watched = await desk.get(`${at}/imports?watch=1`);
  t.match([watched.headers.refresh, watched.text], [`5; url=${at}/imports?watch=1`, /停止自动更新/]);
  t.match((await desk.get(`${at}/draft`)).text, /还有1份文件或文本正在识别/);
  await site.readImports();
  const done = await desk.get(`${at}/imports`);
  t.match([done.headers.refresh, done.text], [undefined, /已识别 纯文本.*下一步：核对公告/]);
  t.equal((await desk.get(`${at}/announcement`)).field('mailbox'), 'shuiwu@qingyuan.example.cn');
});

const refusals: Readonly<Record<IntakeRefusal, RegExp>> = {
  empty: /文件里没有文字.*粘贴文本/,
  tooLarge: /内容太多.*分成几个文件/,
  unknownKind: /不是可以识别的文件类型.*另存为/,
  corrupt: /文件已损坏.*另存一份/,
  encrypted: /设有密码.*去掉密码/,
  macros: /含有宏.*不含宏/,
  zipBomb: /异常庞大.*另存一份/,
  scannedPdf: /扫描件.*转成文字/,
  oldWord: /旧版 Word.*另存为 \.docx/,
  tookTooLong: /用时太长.*分成几个文件/,
  tookTooMuchMemory: /内存太多.*分成几个文件/,
};

t.test('every refusal of a file says what is wrong and what to do', async (t) => {
  const { site, desk, at } = await started(t);
  const before = await texts(site, at);
  for (const name of Object.keys(refusals)) {
    await desk.get(`${at}/source`);
    await desk.sendFile('/source', file(name, 'x'));
  }
  const refusing: FileReader = {
    ...plainReader,
    read: async (_bytes, name) => ({ result: { refusal: name as IntakeRefusal }, paste: null }),
  };
  await readWaitingImports(site.db, refusing, site.clock);
  const page = await desk.get(`${at}/imports`);
  t.equal(page.headers.refresh, undefined);
  const items = page.document.querySelectorAll('ol.imports > li').map((item) => item.text);
  for (const [name, sentence] of Object.entries(refusals))
    t.match(
      items.find((item) => item.trimStart().startsWith(`${name}\n`)),
      sentence,
      name,
    );
  t.match((await desk.get(`${at}/draft`)).text, /有11份文件无法识别/);
  t.same(await texts(site, at), before);
  await desk.get(`${at}/imports/2/discard`);
  t.notMatch(
    (await desk.send('/discard')).text,
    /文件里没有文字/,
    'a refused file can be taken off the list',
  );
});

t.test('what was done to a file is said beside it', async (t) => {
  const { site, desk, at } = await started(t);
  const keys = Object.keys(site.deps.sentences.desk.importNotes) as IntakeNote['key'][];
  const notes = keys.map((key, index) => ({ key, count: index + 3 }));
  await desk.get(`${at}/source`);
  await desk.sendFile('/source', file('一.docx', '第九条 文。'));
  const noting: FileReader = {
    ...plainReader,
    async read(...given) {
      const { result, paste } = await plainReader.read(...given);
      return { result: { ...result, notes } as typeof result, paste };
    },
  };
  await readWaitingImports(site.db, noting, site.clock);
  for (const page of [await desk.get(`${at}/imports`), await desk.get(`${at}/imports/2`)]) {
    t.match(page.text, /有3处修订.*有4个文本框.*有5个脚注.*有6张图片.*有7个自动编号/);
    t.match(page.text, /推断的.*去掉了9处页眉.*有10处合并的单元格/);
  }
});

t.test('the result stands beside the source, linked both ways', async (t) => {
  const { desk, at } = await started(t, paste().replace('第四条', '第六条'));
  const draft = await desk.get(`${at}/draft`);
  const row = draft.document.querySelectorAll('ol.sourced > li')[4];
  t.match(row?.getAttribute('id'), 'row-5');
  t.match(row?.querySelector('.from')?.text, /31.*第一条 为了保障农村供水安全/);
  t.equal(row?.querySelector('.from a')?.getAttribute('href'), `${at}/imports/1?page=1#line-31`);
  t.ok(draft.document.querySelector('#line-1-31'), 'the line has an anchor beside its row as well');
  t.match(draft.text, /没有放进草案的文字 公告 原文第1-21行/);
  t.match(draft.text, /第12段：编号不连续/);
  t.match(draft.document.querySelector('#row-12')?.text, /留意.*编号不连续/, 'the warning stands at its row');
  t.match(draft.document.querySelector('#row-16 summary .tag')?.text, '附件');
  const source = await desk.get(`${at}/imports/1`);
  t.equal(source.document.querySelector('#line-31 a')?.getAttribute('href'), `${at}/draft?page=1#row-5`);
  t.match(source.document.querySelector('#line-1 .tag')?.text, '公告');
  t.match(source.text, /截止时间2026-04-10 18:00来自原文第7行：“.*下午6时/);
});

t.test(
  'a long draft goes page by page, and what is changed on one page leaves the others alone',
  async (t) => {
    const { site, desk, at } = await started(t, '一行文字，自成一段。\n'.repeat(10_000));
    const before = await texts(site, at);
    const last = Math.ceil(before.length / 200);
    const first = await desk.get(`${at}/draft`);
    t.equal(first.document.querySelectorAll('ol.sourced > li').length, 200);
    t.match(first.text, new RegExp(`共${before.length}段`));
    const page = await desk.get(`${at}/draft?page=${last}`);
    const index = (last - 1) * 200;
    t.equal(page.field(`text-${index}`) === undefined, false);
    const saved = await desk.send('/draft', { [`text-${index}`]: '最后一页改过的一段' });
    t.match([saved.status, saved.address], [200, new RegExp(`page=${last}&`)]);
    const after = await texts(site, at);
    t.same([after[index], after.length], ['最后一页改过的一段', before.length]);
    t.same(after.slice(0, index), before.slice(0, index));
    const next = await desk.get(`${at}/draft?page=2`);
    t.match((await desk.send('/draft', {}, 'next=page')).address, /page=3&/, next.address);
    t.match(
      (await desk.get(`${at}/imports/1?page=20`)).document.querySelector('#line-9501')?.text,
      /自成一段/,
    );
  },
);

t.test('bad input on a row comes back with its words: 422', async (t) => {
  const { site, desk, at } = await started(t);
  const before = await texts(site, at);
  await desk.get(`${at}/draft/rows/8`);
  const wrong = { do: 'set', 'kind-7': 'clause', 'level-7': '', 'text-7': '改过的\n两行' };
  const set = await desk.send('/draft/edit', wrong);
  t.match(
    [set.status, area(set, 'text-7'), set.text],
    [422, '改过的\n两行', /第8段：类型是条款的，请选择层级/],
  );
  t.same(errorLinks(set), ['#level-7']);
  for (const [typed, sentence, link] of [
    [{ do: 'split' }, /请选择从哪里拆开/, '#words'],
    [{ do: 'split', words: '没有的字' }, /正文里找不到这几个字/, '#words'],
    [{ do: 'split', words: '供水单位' }, /找不到这几个字，或者它们就在开头/, '#words'],
    [{ do: 'move', to: '99' }, /请填写1至17的段号/, '#to'],
    [{ do: 'move', to: '9' }, /./, '#outline'],
  ] as const) {
    await desk.get(`${at}/draft/rows/8`);
    const page = await desk.send('/draft/edit', typed);
    t.match([page.status, page.text, errorLinks(page)], [422, sentence, [link]], JSON.stringify(typed));
    t.ok(page.document.querySelector(link), `${link} is on the page`);
    for (const name of ['words', 'to'] as const)
      if (name in typed) t.equal(page.field(name), (typed as Record<string, string>)[name]);
  }
  await desk.get(`${at}/draft`);
  const last = before.length - 1;
  const join = await desk.send('/draft', {}, `do=join-${last}`);
  t.match([join.status, errorLinks(join)], [422, ['#outline']], 'nothing comes behind the last row');
  t.equal((await desk.get(`${at}/draft/rows/99`)).status, 404);
  t.same(await texts(site, at), before);
});

t.test('a stale row page keeps what was typed and finds its row again: 409', async (t) => {
  const { site, desk, at } = await started(t);
  const second = await site.signIn('second');
  await desk.get(`${at}/draft/rows/8`);
  await second.get(`${at}/draft`);
  await second.send('/draft', {}, 'do=join-4');
  const found = await desk.send('/draft/edit', { do: 'set', 'text-7': '我的正文：' });
  t.match([found.status, area(found, 'text-6'), found.text], [409, '我的正文：', /这一段现在是第7段/]);
  t.equal((await desk.send('/draft/edit', { do: 'set' })).status, 200);
  t.match((await texts(site, at))[6], /我的正文：/);

  await desk.get(`${at}/draft/rows/7`);
  await second.get(`${at}/draft`);
  await second.send('/draft', { 'text-6': '他人的正文：' });
  const lost = await desk.send('/draft/edit', { do: 'set', 'text-6': '我又改的正文：' });
  t.match([lost.status, lost.text], [409, /原来的那一段已经找不到.*我又改的正文：/]);
  t.equal(area(lost, 'text-6'), '他人的正文：', 'nothing of theirs is overwritten by sending it again');
});

t.test('a stale page of rows keeps every changed row, at its place or beside it: 409', async (t) => {
  const { site, desk, at } = await started(t);
  const second = await site.signIn('second');
  await desk.get(`${at}/draft`);
  await second.get(`${at}/draft`);
  await second.send('/draft', { 'text-7': '他人的正文：' }, 'do=join-4');
  const typed = { 'text-7': '我的第八段', 'text-8': '我的第九段', 'kind-9': 'furniture' };
  const stale = await desk.send('/draft', typed);
  t.match([stale.status, area(stale, 'text-7')], [409, '我的第九段'], 'one row further up now');
  t.match(stale.text, /您改的2段已填在下面的表单里.*另有1段已找不到原来的位置.*我的第八段/);
  t.match(area(stale, 'text-6'), '他人的正文：');
  t.ok(stale.document.querySelector('#kind-8 option[value="furniture"][selected]'));
  t.equal((await desk.send('/draft')).status, 200);
  const after = (await work(site, at))?.blocks ?? [];
  t.match([after[6]?.text, after[7]?.text, after[8]?.kind], ['他人的正文：', '我的第九段', 'furniture']);
});

t.test('undo, settings and discarding ask again when somebody else saved meanwhile: 409', async (t) => {
  const { site, desk, at } = await started(t);
  const second = await site.signIn('second');
  const meanwhile = async (visitor: Visitor, page: string, index: number) => {
    await visitor.get(page);
    await second.get(`${at}/draft`);
    await second.send('/draft', { [`text-${index}`]: `他人改过${index}` });
  };
  await meanwhile(desk, `${at}/draft`, 4);
  await desk.send('/draft', { 'text-5': '改' });
  await desk.get(`${at}/draft`);
  await desk.send('/draft', { 'text-5': '改' });
  await meanwhile(desk, `${at}/draft`, 6);
  const undo = await desk.send('/draft/undo');
  t.match([undo.status, undo.text], [409, /草案已被他人改动/]);
  await meanwhile(desk, `${at}/imports/1`, 7);
  const settings = await desk.send('/settings', { family: 'none' });
  t.match([settings.status, settings.text], [409, /还没有照此识别/]);
  t.ok(settings.document.querySelector('input[name="family"][value="none"][checked]'));
  await meanwhile(desk, `${at}/imports/1/discard`, 8);
  const discard = await desk.send('/discard');
  t.match([discard.status, discard.text], [409, /还没有移除/]);
  t.equal((await work(site, at))?.used.length, 1);
  t.equal((await desk.send('/discard')).status, 200);
  t.equal((await work(site, at))?.used.length, 0);
});

t.test('a row that a form does not hold stays as it is', async (t) => {
  const { site, desk, at } = await started(t);
  const before = await texts(site, at);
  const page = await desk.get(`${at}/draft`);
  const only = { _csrf: page.field('_csrf') ?? '', revision: page.field('revision') ?? '', count: '16' };
  const shown = page.document.querySelectorAll('[name$="-7"]');
  for (const control of page.document.querySelectorAll('#outline [name]'))
    if (!shown.includes(control)) control.remove();
  t.equal((await desk.send('/draft', { ...only, 'text-7': '改过的。' })).status, 200);
  const after = await texts(site, at);
  t.same(after, before.with(7, '第三条改过的。'));
});

t.test('without work under way the pages of the draft lead to the overview', async (t) => {
  const { site, desk, at } = await started(t);
  await site.db.deleteFrom('draft_work').execute();
  for (const page of ['draft', 'draft/rows/1', 'imports', 'imports/1', 'imports/1/discard', 'source'])
    t.equal((await desk.get(`${at}/${page}`)).address, at, page);
});
