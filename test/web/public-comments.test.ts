import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { about, held, openForm, written } from '../citizen.ts';
import type { Page } from '../visitor.ts';

/** Every word typed is still on the page, in a control or hidden. */
function keepsEveryWord(t: Test, page: Page) {
  for (const [name, value] of Object.entries(written)) t.equal(held(page, `${name}-0`), value, name);
  for (const [name, value] of Object.entries(about)) t.equal(held(page, name), value, name);
}

t.test('a comment on a clause gets a receipt that shows every word, in two pages', async (t) => {
  const { form, write, send, stored, visitor } = await openForm(t);
  const page = await form();
  t.match(page.document.querySelector('.quote')?.text, /第三条.*每日检测水质.*二十四小时内到达现场/s);
  t.equal(page.headers['set-cookie'], undefined);
  const check = await write();
  t.equal(check.status, 200);
  t.match(check.document.querySelector('.card')?.text, /第三条.*修改.*建议写明检测项目。.*每日检测浊度/s);
  t.match(check.html, '&lt;script&gt;');
  t.equal(check.headers['set-cookie'], undefined);
  const receipt = await send();
  t.match(receipt.address, /^\/receipts\/[\w-]{24}$/);
  t.match(receipt.text, /意见已收到 回执编号 2026-0001-0{5}1/);
  t.match(receipt.text, /第三条.*建议写明检测项目。.*𠮷村.*每日检测浊度/);
  t.match(receipt.text, `http://localhost:3000${receipt.address}`);
  t.match(receipt.headers['x-robots-tag'], 'noindex');
  t.strictSame(
    (await stored()).map((each) => [each.clauseAddress, each.text]),
    [['art_3', written.text]],
  );
  t.equal((await visitor.get(`/large${receipt.address}`)).status, 200);
});

t.test('the same form sent twice gives the same receipt and one comment', async (t) => {
  const { form, write, send, stored, app, solved } = await openForm(t);
  await form('');
  const page = await write();
  const names = ['formToken', 'captchaId', 'clause-0', 'draftVersion'];
  const fields = Object.fromEntries(names.map((name) => [name, page.field(name) ?? '']));
  const words = Object.fromEntries(Object.entries(written).map(([name, value]) => [`${name}-0`, value]));
  const typed = { do: 'send', ...fields, ...words, ...about, ...(await solved()) };
  const first = await send();
  t.match(first.text, '意见已收到');
  const again = await app.inject({
    method: 'POST',
    url: page.document.querySelector('form')?.getAttribute('action') ?? '',
    payload: new URLSearchParams(typed as Record<string, string>).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  t.equal(again.statusCode, 303);
  t.equal(again.headers.location, first.address);
  t.equal((await stored()).length, 1);
});

t.test('what is missing or wrong is told at its field, and every word is kept', async (t) => {
  const { form, write, press, send, stored, visitor, told } = await openForm(t);
  await form();
  const empty = await press('check');
  t.equal(empty.status, 422);
  t.strictSame(told(), ['#stance-0', '#text-0']);
  for (const target of told()) t.ok(empty.document.querySelector(target ?? ''), `${target} is on the page`);
  t.match(empty.html, /<title>有误：/);
  await write({ ...written, text: '长'.repeat(20_001) });
  t.match(visitor.page().text, '意见内容最多20000字，现在有20001字');
  await write();
  const unsigned = await press('send');
  t.strictSame(told(), ['#consent', '#captcha']);
  for (const target of told())
    t.ok(unsigned.document.querySelector(target ?? ''), `${target} is on the page`);
  await press('send', { ...about, email: 'zhu@', captcha: 'x' });
  t.strictSame(told(), ['#email']);
  t.equal(visitor.page().field('captcha'), 'x', 'a captcha that was not used is kept');
  const wrong = await press('send', { ...about, captcha: 'no' });
  t.strictSame(told(), ['#captcha']);
  t.equal(wrong.field('captcha'), '');
  keepsEveryWord(t, wrong);
  t.equal((await stored()).length, 0);
  t.match((await send()).text, '意见已收到');
});

t.test('another captcha can be asked for without losing a word', async (t) => {
  const { form, write, press, app } = await openForm(t);
  await form();
  const before = (await write()).field('captchaId');
  const page = await press('captcha', about);
  t.equal(page.status, 200);
  t.equal(page.document.querySelector('.errors'), null);
  t.not(page.field('captchaId'), before);
  keepsEveryWord(t, page);
  const picture = await app.inject(`/captcha/${page.field('captchaId')}.svg`);
  t.match(picture.headers['content-type'], 'image/svg+xml');
  t.equal(page.document.querySelector('form button')?.getAttribute('value'), 'send', 'Enter sends the form');
});

t.test('a form that is old or not ours is refused once, and its words can be sent again', async (t) => {
  const { form, write, press, send, clock, visitor, solved } = await openForm(t);
  await form();
  await write();
  clock.set('2026-03-02T09:00:01+08:00');
  const old = await press('send', { ...about, captcha: 'x' });
  t.equal(old.status, 422);
  t.match(old.text, '页面打开时间太久');
  keepsEveryWord(t, old);
  t.match((await send()).text, '意见已收到');
  await form();
  await write();
  t.equal((await press('send', { ...about, formToken: 'made.up.token', ...(await solved()) })).status, 422);
  t.match(visitor.page().text, '页面打开时间太久');
});

t.test('an unknown clause is asked for again, by name', async (t) => {
  const { form, write, press, send, stored } = await openForm(t);
  const page = await form('art_99');
  t.equal(page.status, 422);
  const choices = page.document
    .querySelectorAll('select[name="clause-0"] option')
    .map((option) => option.text);
  t.strictSame(choices, [
    '整个草案',
    '第一条',
    '第二条',
    '第三条',
    '第四条',
    '第五条',
    '附件　农村供水价格表',
  ]);
  const again = await write({ ...written, clause: 'art_98' });
  t.equal(again.status, 422);
  t.equal(held(again, 'text-0'), written.text);
  await write({ clause: 'art_4' });
  const sent = await press('send', { ...about, 'clause-0': 'art_97', captcha: 'x' });
  t.equal(sent.status, 422);
  keepsEveryWord(t, sent);
  await write({ clause: 'art_4' });
  t.match((await send()).text, '意见已收到');
  t.equal((await stored())[0]?.clauseAddress, 'art_4');
});

t.test(
  'a form that comes too late is refused with every word, the closing time and the contacts',
  async (t) => {
    const { form, write, press, solved, stored, clock, consultation, to, visitor } = await openForm(t);
    clock.set('2026-04-10T17:50:00+08:00');
    await form();
    await write();
    const typed = { ...about, ...(await solved()) };
    clock.set(consultation.closesAt);
    const late = await press('send', typed);
    t.equal(late.status, 409);
    t.match(late.text, '2026年4月10日下午6时已经截止');
    for (const word of [
      '第三条',
      '修改',
      '朱明远',
      '0999-5550188',
      'zhu@example.cn',
      '（一）每日检测浊度、余氯；',
    ])
      t.match(late.text, word);
    t.match(late.text, '建议写明检测项目。');
    t.match(late.text, '温如玉');
    t.equal((await stored()).length, 0);
    t.equal((await visitor.get(`${to}/comments/new`)).status, 409);
    clock.set('2026-02-01T09:00:00+08:00');
    t.match((await visitor.get(`${to}/comments/new`)).text, '征求意见还没有开始');
  },
);

t.test('a form from another site, to nothing, or too often is refused, with its words', async (t) => {
  const { app, to, deps } = await openForm(t);
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({
    'text-0': '建议延长期限',
    'text-1': '建议降低价格',
    do: 'send',
  }).toString();
  const post = (url: string, headers = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { ...urlencoded, ...headers } });
  const foreign = await post(`${to}/comments`, { 'sec-fetch-site': 'cross-site' });
  t.equal(foreign.statusCode, 403);
  t.match(foreign.body, /建议延长期限.*建议降低价格/s);
  t.equal((await post('/consultations/none/comments')).statusCode, 404);
  (deps.limits.submissions as { max: number }).max = 1;
  const often = await post(`${to}/comments`);
  t.equal(often.statusCode, 429);
  t.match(often.body, /提交太频繁.*建议延长期限.*建议降低价格/s);
});

t.test('a fault of ours keeps every word and says where to ask', async (t) => {
  const { form, write, press, db } = await openForm(t);
  await form();
  await write();
  await sql`drop table letters, captchas cascade`.execute(db);
  const page = await press('send', { ...about, captcha: 'abcd' });
  t.equal(page.status, 500);
  t.match(page.text, /系统出了问题.*编号：[0-9a-f]{8}-\d+/);
  for (const word of ['第三条', '修改', '朱明远', '另：𠮷村尚未通水', '（一）每日检测浊度、余氯；'])
    t.match(page.text, word);
  t.notMatch(page.text, 'captchas', 'no detail of the fault');
});
