import t from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { paste } from '../fixtures/paste.ts';
import { secondVersion } from '../fixtures/versions.ts';
import { testSite } from '../support.ts';
import { type Page, type Visitor, visit } from '../visitor.ts';
import { comment, inOrder, publishByHand, sendChecked, signAndPublish, tickChannels } from './ways.ts';

/** The number that stands under a word among the figures of a page. */
function figure(page: Page, word: string): string {
  const found = page.document.querySelectorAll('.figures div').find((each) => each.text.includes(word));
  return found?.querySelector('dd')?.text.trim() ?? '';
}

/** Opens the list of links of a kind and gives the text of the row of one old clause. */
async function rowOf(desk: Visitor, at: string, show: string, address: string): Promise<string> {
  const page = await desk.get(`${at}/mapping?show=${show}`);
  return page.document.querySelector(`#from-${address}`)?.text.replace(/\s+/g, ' ') ?? '';
}

t.test(
  'a second version: imported, mapped, corrected, published; no comment is lost, and every reader finds the clause',
  async (t) => {
    const site = await testSite(t);
    const other = await site.another();
    const desk = await site.signIn('caseworker');
    const { number, at } = await publishByHand(desk, paste(), { kind: 'other' });

    const words = {
      art_2: '适用范围太窄。',
      art_3: '建议每日两次。',
      art_4: '一户一表做不到。',
      '': '总体赞成。',
    };
    const receipts = new Map<string, string>();
    for (const [clause, text] of Object.entries(words))
      receipts.set(clause, (await comment(site, number, clause, text)).page().address);
    const early = visit(site.app);
    await early.get(`/consultations/${number}/comments/new?clause=art_3`);

    await desk.get(`${at}/versions`);
    await desk.send('/versions');
    t.match(desk.page().address, `${at}/source`, 'the next thing is to bring the text in');
    t.notMatch(
      (await visit(site.app).get(`/consultations/${number}`)).text,
      /水源地/,
      'readers see the first version',
    );
    await desk.send('/source', { source: secondVersion() });
    t.match((await desk.get(`${at}/draft`)).text, /水源地/);

    const mapping = await desk.get(`${at}/mapping?show=all`);
    t.match(mapping.document.querySelector('#from-art_3')?.text, /改序号/);
    t.match(mapping.document.querySelector('#from-art_2')?.text, /删除[\s\S]*请核对[\s\S]*1条意见/);
    t.match(mapping.document.querySelector('#to-art_3')?.text, /新增/);
    t.match(mapping.document.querySelector('#from-art_4__para_2')?.text, /移动/);
    t.match((await desk.get(`${at}/mapping`)).text, /有1处请先核对/, 'the deleted clause with a comment');

    await desk.get(`${at}/mapping/art_4`);
    const refused = await desk.send('/mapping/art_4', { to: ['art_4', 'art_5'] }, 'do=link');
    t.equal(refused.status, 422);
    t.match(refused.text, /第四条第二款/, 'says whose place it is');
    await desk.get(`${at}/mapping/art_4__para_2`);
    await desk.send('/mapping/art_4__para_2', {}, 'do=deleted');
    await desk.get(`${at}/mapping/art_4`);
    await desk.send('/mapping/art_4', { to: ['art_4', 'art_5'] }, 'do=link');
    t.match(await rowOf(desk, at, 'split', 'art_4'), /拆分 已更正.*第四条.*第四条、第五条/);
    await desk.get(`${at}/mapping/art_4`);
    t.equal((await desk.send('/mapping/art_4', { to: [] }, 'do=link')).status, 422, 'nothing was chosen');

    await desk.get(`${at}/versions/publish`);
    t.equal((await desk.send('/versions/publish', { note: '' })).status, 422);
    t.equal(
      desk.page().field('draftTitle'),
      '清源县农村供水管理办法（征求意见稿）',
      'what was there is still there',
    );
    await desk.send('/versions/publish', { note: '增加水源地保护，停水送水单独成条。' });
    t.match(desk.page().text, /新版本已发布.*第2稿.*增加水源地保护/);
    t.equal((await desk.get(`${at}/mapping`)).address, at, 'the work is over');

    for (const app of [site.app, other])
      t.match((await visit(app).get(`/consultations/${number}`)).text, /水源地周边三百米/);

    await early.send('/comments', { 'stance-0': 'amend', 'text-0': '打开第一稿时写的。' }, 'do=check');
    await sendChecked(site, early);
    t.match(early.page().text, /第1稿第三条；在第2稿里是第二条/, 'it is for the clause that was read');
    const receipt = async (clause: string) => (await visit(other).get(receipts.get(clause) ?? '')).text;
    t.match(await receipt('art_3'), /第1稿第三条；在第2稿里是第二条.*建议每日两次/);
    t.match(await receipt('art_4'), /第1稿第四条；在第2稿里是第四条/);
    t.match(await receipt('art_2'), /第1稿第二条；第2稿已删去这一条/);
    t.match(await receipt(''), /第1稿整体意见 总体赞成/);
    await comment(site, number, 'art_3', '三百米不够。');

    const list = await desk.get(`${at}/comments`);
    t.ok(
      inOrder(list.text, [
        '1条意见的原条文',
        '整体意见',
        '第二条（第1稿）',
        '原条文已删除',
        '第三条（第1稿）',
        '现为第二条',
      ]),
      list.text,
    );
    t.match(list.text, /第三条（第2稿）/);
    t.equal(list.document.querySelectorAll('.card').length, 6, 'all comments, each once');

    const orphans = await desk.get(`${at}/orphans`);
    t.same(
      ['意见', '已有对应', '已移位置', '待重新对应'].map((word) => figure(orphans, word)),
      ['6 条', '5 条', '0 条', '1 条'],
    );
    const [group] = orphans.document.querySelectorAll('.tasks a');
    const clause = group?.getAttribute('href') ?? '';
    await desk.get(clause);
    const action = clause.slice(clause.lastIndexOf('/'));
    t.equal((await desk.send(action, {})).status, 422, 'a clause is needed');
    await desk.send(action, { clause: 'art_1' });
    t.match(desk.page().text, /没有待重新对应的意见.*由caseworker对应到第一条/);
    t.match(await receipt('art_2'), /在第2稿里是第一条/);
    await desk.send('/orphans/undo');
    t.equal(figure(desk.page(), '待重新对应'), '1 条', 'undone');
    await desk.get(clause);
    await desk.send(action, { clause: '*' });
    t.match(await receipt('art_2'), /已作为整体意见研究/);
    t.same(
      ['意见', '已有对应', '已移位置', '待重新对应'].map((word) => figure(desk.page(), word)),
      ['6 条', '6 条', '0 条', '0 条'],
    );

    site.clock.set('2026-04-10T18:00:00+08:00');
    await closeConsultations(site.db, site.clock());
    const later = await site.signIn('caseworker');
    const ids = (await later.get(`${at}/comments`)).document
      .querySelectorAll('form')
      .flatMap((form) => /comments\/(\d+)\/disposition/.exec(form.getAttribute('action') ?? '')?.[1] ?? []);
    t.equal(ids.length, 6);
    for (const id of ids) {
      await later.get(`${at}/comments`);
      await later.send(`/comments/${id}/disposition`, { [`outcome-${id}`]: 'adopted' });
    }
    await tickChannels(later, at);
    await signAndPublish(site, later, at);
    const notice = (await visit(other).get(`/consultations/${number}/notice`)).text;
    t.ok(inOrder(notice, ['6件、6条', '采纳']), notice);
    for (const cited of ['第二条（第1稿）', '第三条（第1稿）', '第四条（第1稿）', '第三条（第2稿）'])
      t.ok(notice.includes(cited), cited);
  },
);
