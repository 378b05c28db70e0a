import t from 'tap';
import { draftWork } from '../../src/db/draft-work.ts';
import { paste } from '../fixtures/paste.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const rules = `清源县供水巡查规定

第一条 检查人员应当签字。记录保存两年。`;

/** A draft whose fourth article lost its number and fell apart and kept a line of the web page it was copied from. */
const messy = paste()
  .replace('第四条 供水实行计量收费，一户一表。', '供水实行计量收费。\n\n一户一表，分户计量。')
  .replace('第三章 附则', '【打印本页】\n\n第三章 附则');

t.test('a file is imported, repaired row by row without scripts, and published', async (t) => {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const file = { name: '供水办法.txt', bytes: Buffer.from(messy) };
  const waiting = await desk.sendFile('/desk/consultations', file, { kind: 'other' });
  const at = waiting.address.replace(/\/imports.*/, '');
  const id = Number(at.split('/').at(-1));
  const rows = async () =>
    ((await draftWork(site.db, id))?.blocks ?? []).map((block) =>
      [block.level ?? block.kind, `${block.label}${block.heading}${block.text}`].join(' '),
    );
  const numberOf = async (words: string) => (await rows()).findIndex((row) => row.includes(words)) + 1;
  const edit = async (words: string, typed: Record<string, string>) => {
    await desk.get(`${at}/draft/rows/${await numberOf(words)}`);
    return desk.send('/draft/edit', typed);
  };
  await site.readImports();
  const read = await rows();

  await t.test('a second file comes behind the first', async (t) => {
    await desk.get(`${at}/source`);
    await desk.sendFile('/source', { name: '巡查规定.txt', bytes: Buffer.from(rules) });
    await site.readImports();
    t.same((await rows()).slice(0, read.length), read);
    t.ok((await numberOf('检查人员应当签字')) > read.length);
    t.match((await desk.get(`${at}/draft`)).text, /来源文本（2份）/);
  });

  await t.test('each way of repairing says what it did, at the row', async (t) => {
    const last = async (words: string) => (await rows())[(await numberOf(words)) - 1];
    const at1 = await numberOf('供水实行计量收费');
    await desk.get(`${at}/draft`);
    const joined = await desk.send('/draft', {}, `do=join-${at1 - 1}`);
    const said = joined.document.querySelector(`#row-${at1} [role="status"]`);
    t.match([joined.status, said?.text], [200, /已与下一段合并/]);
    t.match(await last('供水实行计量收费'), /供水实行计量收费。\s*一户一表，分户计量。/);

    const words = { do: 'set', [`kind-${at1 - 1}`]: 'clause', [`level-${at1 - 1}`]: 'article' };
    await edit('供水实行计量收费', { ...words, [`label-${at1 - 1}`]: '第四条' });
    t.match(await last('供水实行计量收费'), /^article 第四条供水实行/);

    await edit('检查人员应当签字', { do: 'split', words: '记录保存' });
    t.ok(await numberOf('记录保存两年'));
    t.notMatch(await last('检查人员应当签字'), /记录保存/);

    await edit('停水超过二十四小时', { do: 'up' });
    t.equal(await numberOf('停水超过二十四小时'), at1, 'in front of what it stood behind');
    await edit('停水超过二十四小时', { do: 'move', to: String(at1 + 2) });
    t.equal(await numberOf('停水超过二十四小时'), at1 + 1);

    await edit('公布服务电话', { do: 'indent' });
    t.match(await last('公布服务电话'), /^item /);
    await edit('公布服务电话', { do: 'outdent' });
    t.match(await last('公布服务电话'), /^subparagraph /);

    await edit('公布服务电话', { do: 'drop' });
    t.match(await last('公布服务电话'), /^furniture /);
    await edit('公布服务电话', { do: 'restore' });
    t.match(await last('公布服务电话'), /^subparagraph （二）/);
  });

  await t.test('everything can be taken back, and done again', async (t) => {
    const before = await rows();
    await desk.get(`${at}/draft`);
    await desk.send('/draft', { 'kind-0': 'furniture', 'level-4': 'section', 'text-5': '改了。' });
    const after = await rows();
    t.notSame(after, before);
    t.match((await desk.get(`${at}/draft`)).text, /撤销：保存多段/);
    const undone = await desk.send('/draft/undo');
    t.match(undone.text, /已撤销.*重做：保存多段/);
    t.same(await rows(), before);
    await desk.send('/draft/redo');
    t.same(await rows(), after);
    await desk.get(`${at}/draft`);
    await desk.send('/draft/undo');
    t.same(await rows(), before);
  });

  await t.test('one text is read again or discarded, and the other keeps its repairs', async (t) => {
    const before = await rows();
    const first = before.filter((row) => !/巡查|检查人员|记录保存/.test(row));
    await desk.get(`${at}/imports/2`);
    const again = await desk.send('/settings', { family: 'none', lines: 'single' });
    t.match([again.status, again.text], [200, /已按新的设置重新识别/]);
    t.ok(again.document.querySelector('input[name="family"][value="none"][checked]'));
    t.same((await rows()).slice(0, first.length), first);
    t.match((await rows()).at(-1), /^paragraph 第一条 检查人员应当签字。记录保存两年。/);
    await desk.get(`${at}/imports/2/discard`);
    t.match(desk.page().text, /取自这份文本的\d+段将一并移除/);
    t.same((await rows()).slice(0, first.length), first, 'nothing goes before it was confirmed');
    await desk.send('/discard');
    t.same(await rows(), first);
    await desk.get(`${at}/draft`);
    await desk.send('/draft/undo');
    t.ok(await numberOf('检查人员应当签字'));
  });

  await t.test('what is published is what was repaired', async (t) => {
    const ready = await desk.get(`${at}/announcement`);
    t.equal(ready.field('closesAt'), '2026-04-10 18:00', 'the announcement was in the file as well');
    await desk.get(`${at}/preview`);
    const published = await desk.send('/publish');
    const number = /consultations\/(\d{4}-\d{4,})/.exec(published.html)?.[1];
    const page = await visit(site.app).get(`/consultations/${number}`);
    t.match([page.status, page.text], [200, /第四条.*供水实行计量收费。.*一户一表.*第五条/]);
    t.notMatch(page.text, /打印本页/);
    t.equal((await desk.get(`${at}/draft`)).address, at, 'a published draft is repaired no more');
  });
});
