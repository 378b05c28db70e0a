import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { captchaAnswer } from '../../src/db/captchas.ts';
import { deskComments } from '../../src/db/comments.ts';
import { publish } from '../consultation.ts';
import { testSite } from '../support.ts';
import { type Page, type Typed, visit } from '../visitor.ts';

const words: Typed = {
  stance: 'amend',
  text: '建议写明检测项目。\n\n另：𠮷村尚未通水 <script>alert(1)</script>',
  proposedWording: '（一）每日检测浊度、余氯；',
  commenterKind: 'individual',
  name: '朱明远',
  phone: '0999-5550188',
  email: 'zhu@example.cn',
  consent: 'withName',
};

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t, { limits: { submissions: { max: 1_000, windowMs: 60_000 } } });
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const visitor = visit(site.app);
  const to = `/consultations/${consultation.number}`;
  /** The answer of the captcha on the page before the visitor. */
  const solved = async (): Promise<Typed> => {
    const id = visitor.page().field('captchaId') ?? '';
    return { captcha: (await captchaAnswer(site.db, id, site.clock())) ?? '' };
  };
  const send = (typed: Typed, button?: string) => visitor.send('/comments', typed, button);
  const stored = () => deskComments(site.db, consultation.id);
  const form = (clause = 'art_3') => visitor.get(`${to}/comments/new?clause=${clause}`);
  return { ...site, consultation, visitor, to, solved, send, stored, form };
}

/** Everything typed is still on the page, in a control or to be read. */
function keepsEveryWord(t: Test, page: Page) {
  for (const name of ['text', 'proposedWording', 'name', 'phone', 'email'])
    t.equal(page.field(name)?.replace(/^\n/, ''), words[name], name);
  for (const name of ['stance', 'consent', 'commenterKind'])
    t.equal(
      page.document.querySelector(`[name="${name}"][checked]`)?.getAttribute('value'),
      words[name],
      name,
    );
}

t.test('a comment on a clause gets a receipt that shows every word', async (t) => {
  const { form, send, solved, stored, visitor } = await open(t);
  const page = await form();
  t.match(page.document.querySelector('.quote')?.text, /第三条.*每日检测水质.*二十四小时内到达现场/s);
  t.equal(page.headers['set-cookie'], undefined);
  t.equal(page.headers['cache-control'], 'no-store');
  const receipt = await send({ ...words, ...(await solved()) });
  t.match(receipt.address, /^\/receipts\/[\w-]{24}$/);
  t.match(receipt.text, /意见已收到 回执编号 2026-0001-0{5}1/);
  t.match(receipt.text, /第三条.*建议写明检测项目。.*𠮷村.*每日检测浊度/);
  t.match(receipt.html, '&lt;script&gt;');
  t.match(receipt.text, `http://localhost:3000${receipt.address}`);
  t.match(receipt.headers['x-robots-tag'], 'noindex');
  t.strictSame(
    (await stored()).map((each) => [each.clauseAddress, each.text]),
    [['art_3', words['text']]],
  );
  t.equal((await visitor.get(`/large${receipt.address}`)).status, 200);
});

t.test('the same form sent twice gives the same receipt and one comment', async (t) => {
  const { form, send, solved, stored, app } = await open(t);
  const page = await form('');
  t.match(page.text, '您要对整个草案提意见');
  const fields = ['formToken', 'captchaId', 'clause'].map((name) => [name, page.field(name) ?? '']);
  const typed = { ...Object.fromEntries(fields), ...words, ...(await solved()) };
  const first = await send(typed);
  const payload = new URLSearchParams(typed).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const again = await app.inject({
    method: 'POST',
    url: page.document.querySelector('form')?.getAttribute('action') ?? '',
    payload,
    headers,
  });
  t.equal(again.statusCode, 303);
  t.equal(again.headers.location, first.address);
  t.equal((await stored()).length, 1);
});

t.test('what is missing or wrong is told at its field, and every word is kept', async (t) => {
  const { form, send, solved, stored, visitor } = await open(t);
  const told = () =>
    visitor
      .page()
      .document.querySelectorAll('.errors a')
      .map((a) => a.getAttribute('href'));
  await form();
  const empty = await send({});
  t.equal(empty.status, 422);
  t.strictSame(told(), ['#stance', '#text', '#consent', '#captcha']);
  for (const target of told()) t.ok(empty.document.querySelector(target ?? ''), `${target} is on the page`);
  t.match(empty.html, /<title>有误：/);
  await send({ ...words, email: 'zhu@', captcha: 'x' });
  t.strictSame(told(), ['#email']);
  t.equal(visitor.page().field('captcha'), 'x', 'a captcha that was not used is kept');
  await send({ ...words, text: '长'.repeat(20_001), captcha: 'x' });
  t.match(visitor.page().text, '意见内容最多20000字，现在有20001字');
  const wrong = await send({ ...words, captcha: 'no' });
  t.strictSame(told(), ['#captcha']);
  t.equal(wrong.field('captcha'), '');
  keepsEveryWord(t, wrong);
  t.equal((await stored()).length, 0);
  t.match((await send({ ...words, ...(await solved()) })).text, '意见已收到');
});

t.test('another captcha can be asked for without losing a word', async (t) => {
  const { form, send, app } = await open(t);
  const before = (await form()).field('captchaId');
  const page = await send(words, 'refresh');
  t.equal(page.status, 200);
  t.equal(page.document.querySelector('.errors'), null);
  t.not(page.field('captchaId'), before);
  keepsEveryWord(t, page);
  const picture = await app.inject(`/captcha/${page.field('captchaId')}.svg`);
  t.match(picture.headers['content-type'], 'image/svg+xml');
  t.equal(page.document.querySelector('form button')?.text, '提交意见', 'Enter sends the form');
});

t.test('a form that is old or not ours is refused once, and its words can be sent again', async (t) => {
  const { form, send, solved, clock, visitor } = await open(t);
  await form();
  clock.set('2026-03-02T09:00:01+08:00');
  const old = await send({ ...words, captcha: 'x' });
  t.equal(old.status, 422);
  t.match(old.text, '页面打开时间太久');
  keepsEveryWord(t, old);
  t.match((await send({ ...words, ...(await solved()) })).text, '意见已收到');
  await form();
  t.equal((await send({ ...words, formToken: 'made.up.token', ...(await solved()) })).status, 422);
  t.match(visitor.page().text, '页面打开时间太久');
});

t.test('an unknown clause is asked for again, by name', async (t) => {
  const { form, send, solved, stored } = await open(t);
  const page = await form('art_99');
  t.equal(page.status, 422);
  const choices = page.document.querySelectorAll('select[name="clause"] option').map((option) => option.text);
  t.strictSame(choices, [
    '整个草案',
    '第一条',
    '第二条',
    '第三条',
    '第四条',
    '第五条',
    '附件　农村供水价格表',
  ]);
  const sent = await send({ ...words, clause: 'art_98', ...(await solved()) });
  t.equal(sent.status, 422);
  keepsEveryWord(t, sent);
  t.match((await send({ ...words, clause: 'art_4', ...(await solved()) })).text, '意见已收到');
  t.equal((await stored())[0]?.clauseAddress, 'art_4');
});

t.test(
  'a form that comes too late is refused with every word, the closing time and the contacts',
  async (t) => {
    const { form, send, solved, stored, clock, consultation, to, visitor } = await open(t);
    clock.set('2026-04-10T17:50:00+08:00');
    await form();
    const typed = { ...words, ...(await solved()) };
    clock.set(consultation.closesAt);
    const late = await send(typed);
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
  const { app, to, deps } = await open(t);
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ text: '建议延长期限' }).toString();
  const post = (url: string, headers = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { ...urlencoded, ...headers } });
  const foreign = await post(`${to}/comments`, { 'sec-fetch-site': 'cross-site' });
  t.equal(foreign.statusCode, 403);
  t.match(foreign.body, '建议延长期限');
  t.equal((await post('/consultations/none/comments')).statusCode, 404);
  (deps.limits.submissions as { max: number }).max = 1;
  const often = await post(`${to}/comments`);
  t.equal(often.statusCode, 429);
  t.match(often.body, /提交太频繁.*建议延长期限/s);
});

t.test('a fault of ours keeps every word and says where to ask', async (t) => {
  const { form, send, db } = await open(t);
  await form();
  await sql`drop table letters, captchas cascade`.execute(db);
  const page = await send({ ...words, captcha: 'abcd' });
  t.equal(page.status, 500);
  t.match(page.text, /系统出了问题.*编号：[0-9a-f]{8}-\d+/);
  for (const word of ['修改', '朱明远', '另：𠮷村尚未通水', '（一）每日检测浊度、余氯；'])
    t.match(page.text, word);
  t.notMatch(page.text, 'captchas', 'no detail of the fault');
});
