import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import t from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { root } from '../../src/root.ts';
import { paste } from '../fixtures/paste.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';
import {
  captchaOn,
  comment,
  inOrder,
  publishByHand,
  sendChecked,
  signAndPublish,
  tickChannels,
} from './ways.ts';

const seed = path.join(root, '../shared/fixtures/seeds/000_9942eaad5b6781cc.txt');

t.test(
  'a whole real consultation, pasted: nothing received, and the portal draws up its closing notice',
  {
    skip: existsSync(seed) ? false : 'the fixtures in ../shared are not here',
  },
  async (t) => {
    const site = await testSite(t, { now: '2021-08-01T09:00:00+08:00' });
    const desk = await site.signIn('caseworker');
    await desk.get('/desk/consultations/new');
    const fields = await desk.send('/desk/consultations', {
      kind: 'normativeDocument',
      source: readFileSync(seed, 'utf8'),
    });
    const found = [
      'agencyName',
      'closesAt',
      'mailbox',
      'phone',
      'fax',
      'address',
      'contactPerson',
      'agencyShort',
    ];
    t.same(
      found.map((name) => fields.field(name)),
      [
        '西安市临潼区扶贫工作办公室',
        '2021-08-03 18:00',
        'fpb3839@163.com',
        '029-83825797',
        '029-83825797',
        '西安市临潼区健康北路50号',
        '戴嘉琪',
        '区扶贫办',
      ],
    );
    t.match(fields.field('title'), /^关于公开征求《.*》意见的公告$/);
    t.match(fields.text, /2个工作日[\s\S]*7个工作日/, 'told that two days are too short');
    const at = fields.address.replace(/\/announcement.*/, '');
    const tree = await desk.get(`${at}/draft`);
    t.match(tree.text, /26/, '4 + 22 clauses');
    await desk.get(`${at}/preview`);
    await desk.get(`${at}/announcement`);
    await desk.send('/announcement', { siteName: '临潼区政府网站', reasonForShortening: '上级限期完成' });
    await desk.get(`${at}/preview`);
    const published = await desk.send('/publish');
    const number = /consultations\/(\d{4}-\d+)/.exec(published.html)?.[1] ?? '';

    const open = await visit(site.app).get(`/consultations/${number}`);
    t.equal(open.status, 200);
    t.ok(
      inOrder(open.text, [
        '公告内容',
        '上级限期完成',
        '草案内容',
        '指导思想',
        '严格开展督导考核',
        '公开意见及建议',
      ]),
    );
    t.equal(
      open.document.querySelectorAll('[id^="h1_"]').filter((each) => /^h1_\d+(__h2_\d+)?$/.test(each.id))
        .length,
      26,
    );

    site.clock.set('2021-08-03T18:00:00+08:00');
    await closeConsultations(site.db, site.clock());
    const later = await site.signIn('caseworker');
    await tickChannels(later, at);
    await signAndPublish(site, later, at);

    const notice = await visit(site.app).get(`/consultations/${number}/notice`);
    const last = readFileSync(seed, 'utf8').split('公开意见及建议')[1] ?? '';
    const facts = [
      '实现巩固拓展脱贫攻坚成果同乡村全面振兴的有效衔接',
      '区扶贫办',
      '2021年8月1日',
      '临潼区政府网站',
      '《关于实现巩固拓展脱贫攻坚成果同乡村振兴有效衔接的实施意见(审议稿)》',
      '向社会公开征求意见',
      '截止2021年8月3日下午6时',
      '未收到社会反馈的意见和建议',
      '感谢社会各界对我们工作的关心与支持',
      '西安市临潼区扶贫工作办公室',
      '2021年8月3日',
    ];
    t.ok(inOrder(last, facts), 'the seed tells these facts in this order');
    t.ok(inOrder(notice.text, facts), notice.text);
    t.match((await visit(site.app).get(`/consultations/${number}`)).text, /未收到社会反馈的意见和建议/);
  },
);

t.test(
  'comments on clauses, dispositions, a signed notice whose numbers add up, and the answer on the receipt',
  async (t) => {
    const site = await testSite(t);
    const desk = await site.signIn('caseworker');
    const typed = { kind: 'other', opensAt: '2026-03-01T09:00' };
    const { number, at } = await publishByHand(desk, paste(), typed);

    const first = await comment(site, number, 'art_3', '建议公布水质检测结果。', {
      name: '朱清和',
      consent: 'withName',
      email: 'zhu@example.cn',
    });
    const receipt = first.page();
    t.match(receipt.text, new RegExp(`${number}-\\d{6}`));
    t.match(receipt.address, /^\/receipts\/[\w-]{20,}$/);
    t.match(receipt.text, /建议公布水质检测结果。/);
    await comment(site, number, '', '支持这个办法。', { stance: 'support' });
    const refused = await comment(site, number, 'art_3__subpara_3', '二十四小时太长，请改为十二小时。');

    site.clock.set('2026-04-10T18:00:00+08:00');
    t.match((await visit(site.app).get(`/consultations/${number}`)).text, /已截止/);
    await closeConsultations(site.db, site.clock());
    const later = await site.signIn('caseworker');
    const list = await later.get(`${at}/comments`);
    t.ok(
      inOrder(list.text, ['支持这个办法。', '建议公布水质检测结果。', '请改为十二小时']),
      'whole draft first, then by clause',
    );
    const ids = list.document
      .querySelectorAll('form')
      .map((form) => /comments\/(\d+)\/disposition/.exec(form.getAttribute('action') ?? '')?.[1])
      .filter(Boolean);
    t.equal(ids.length, 3);
    for (const [index, id] of ids.entries()) {
      const outcome = index === 2 ? 'notAdopted' : 'adopted';
      await later.get(`${at}/comments`);
      await later.send(`/comments/${id}/disposition`, {
        [`outcome-${id}`]: outcome,
        [`reason-${id}`]: index === 2 ? '山区路程较远，难以做到。' : '',
      });
    }
    t.notMatch(
      (await visit(site.app).get(refused.page().address)).text,
      /山区路程较远/,
      'nothing is public before the notice',
    );
    await tickChannels(later, at);
    await signAndPublish(site, later, at);

    const notice = (await visit(site.app).get(`/consultations/${number}/notice`)).text;
    t.ok(
      inOrder(notice, [
        '3件、3条',
        '网站3件、3条',
        '采纳2条，未采纳1条',
        '感谢',
        '第三条第（三）项',
        '请改为十二小时',
        '未采纳',
        '山区路程较远',
      ]),
      notice,
    );
    t.match(notice, /朱\*\*/);
    t.notMatch(notice, /朱清和|zhu@example/);
    t.match((await visit(site.app).get(refused.page().address)).text, /未采纳[\s\S]*山区路程较远/);
    const { rows } = await sql<{ kind: string }>`select kind from letters order by id`.execute(site.db);
    t.same(
      rows.map((row) => row.kind),
      ['receipt', 'answer'],
    );
  },
);

t.test(
  'a form sent too late is refused on a page that keeps every word and tells time and contacts',
  async (t) => {
    const site = await testSite(t);
    const { number } = await publishByHand(await site.signIn('caseworker'), paste(), { kind: 'other' });
    const citizen = visit(site.app);
    await citizen.get(`/consultations/${number}/comments/new?clause=art_4`);
    const written = { 'text-0': '写了很久的意见', 'proposedWording-0': '改成这样' };
    await citizen.send('/comments', { 'stance-0': 'amend', ...written }, 'do=check');
    site.clock.set('2026-04-10T18:00:00+08:00');
    const typed = { name: '温先生', phone: '0999-5550222', consent: 'withName' };
    const page = await sendChecked(site, citizen, typed);
    t.equal(page.status, 409);
    for (const words of [
      ...Object.values(written),
      typed.name,
      typed.phone,
      '2026年4月10日下午6时',
      '0999-5550101',
      'shuiwu@qingyuan.example.cn',
    ])
      t.ok(page.html.includes(words), words);
  },
);

t.test('a form sent twice gives one receipt and one submission', async (t) => {
  const site = await testSite(t);
  const { number } = await publishByHand(await site.signIn('caseworker'), paste(), { kind: 'other' });
  const citizen = visit(site.app);
  await citizen.get(`/consultations/${number}/comments/new?clause=art_4`);
  const form = await citizen.send('/comments', { 'stance-0': 'amend', 'text-0': '双击' }, 'do=check');
  const names = ['clause-0', 'stance-0', 'text-0', 'draftVersion', 'captchaId', 'formToken'];
  const fields = {
    ...Object.fromEntries(names.map((name) => [name, form.field(name) ?? ''])),
    commenterKind: 'individual',
    consent: 'no',
    captcha: await captchaOn(site, form),
    do: 'send',
  };
  const send = () =>
    site.app.inject({
      method: 'POST',
      url: `/consultations/${number}/comments`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const [a, b] = await Promise.all([send(), send()]);
  const c = await send();
  t.same([a?.statusCode, b?.statusCode, c.statusCode], [303, 303, 303]);
  t.equal(a?.headers.location, b?.headers.location);
  t.equal(a?.headers.location, c.headers.location);
  t.equal((await site.db.selectFrom('submissions').selectAll().execute()).length, 1);
});

t.test(
  'a portal that was down at the deadline closes when it is back, and two processes draw up one notice',
  async (t) => {
    const site = await testSite(t);
    const { number } = await publishByHand(await site.signIn('caseworker'), paste(), { kind: 'other' });
    site.clock.set('2026-04-12T08:00:00+08:00');
    const other = await site.another();
    const closed = await Promise.all([
      closeConsultations(site.db, site.clock()),
      closeConsultations(site.db, site.clock()),
    ]);
    t.equal(closed[0] + closed[1], 1);
    t.equal((await site.db.selectFrom('feedback_notices').selectAll().execute()).length, 1);
    for (const app of [site.app, other])
      t.match((await visit(app).get(`/consultations/${number}`)).text, /已截止/);
  },
);

t.test('what one process publishes, every other shows in the very next request', async (t) => {
  const site = await testSite(t);
  const other = await site.another();
  t.notMatch((await visit(other).get('/')).text, /农村供水/);
  const { number } = await publishByHand(await site.signIn('caseworker'), paste(), { kind: 'other' });
  t.match((await visit(other).get('/')).text, /农村供水/);
  t.match((await visit(other).get(`/consultations/${number}`)).text, /正在征求意见/);
});
