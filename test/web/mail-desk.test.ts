import t, { type Test } from 'tap';
import { forgetLeftMessages } from '../../src/db/mail-messages.ts';
import { mailboxFailed, mailboxWasRead } from '../../src/db/mailboxes.ts';
import { publish, publishNext } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { arrivals } from '../intake/arrivals.ts';
import { message, part, parts } from '../intake/letters.ts';
import { type TestSite, testSite } from '../support.ts';

const address = 'shuiwu@qingyuan.example.cn';

interface Office extends TestSite {
  readonly at: string;
  readonly id: number;
  /** A message comes to the mailbox and is taken as it would be after reading it there. */
  readonly arrive: (raw: string) => Promise<void>;
}

async function office(t: Test): Promise<Office> {
  const site = await testSite(t);
  const { db, clock } = site;
  const { id } = await publish(db, site.officers['caseworker'] as never, clock());
  const arrive = await arrivals(site, address);
  return { ...site, at: `/desk/consultations/${id}`, id, arrive };
}

const clauses = ({ db }: TestSite) =>
  db
    .selectFrom('comments as k')
    .leftJoin('clauses as c', 'c.id', 'k.clause_id')
    .select(['k.clause_from', 'c.address'])
    .orderBy('k.id')
    .execute();

t.test('staff see how it stands with the mailbox, in plain words', async (t) => {
  const site = await office(t);
  const visitor = await site.signIn('approver');
  const states = async () => [
    (await visitor.get(`${site.at}/mail`)).text,
    (await visitor.get('/desk/mail')).text,
  ];
  for (const text of await states()) t.match(text, '还没有读过');
  await mailboxWasRead(site.db, address, site.clock(), site.clock());
  for (const text of await states()) t.match(text, `${address}：2026年3月1日 09:00读过`);
  site.clock.set('2026-03-01T10:00:00+08:00');
  await mailboxFailed(site.db, address, 'refused', site.clock(), site.clock());
  for (const text of await states())
    t.match(
      text,
      /自2026年3月1日 10:00起读不到。邮件服务器不接受用户名或密码。.*上次读完是2026年3月1日 09:00/,
    );
  t.match((await visitor.get(site.at)).text, '邮箱自2026年3月1日 10:00起读不到');
  t.match(
    (await (await site.signIn('caseworker')).get('/desk')).text,
    /邮箱读不到.*2026年3月1日 10:00起读不到/,
  );
  await site.db.deleteFrom('mailboxes').execute();
  for (const text of await states()) t.match(text, `系统没有读取${address}`);
});

t.test('a guessed clause is confirmed or corrected, one or all, once', async (t) => {
  const site = await office(t);
  for (const text of ['第三条应当修改', '水价太高', '关于第四条']) await site.arrive(message({ text }));
  const visitor = await site.signIn('caseworker');
  const page = await visitor.get(`${site.at}/mail`);
  t.match(page.text, /条款待确认3 条/);
  t.equal(page.field('clause-1'), '第三条');
  t.equal(page.field('clause-2'), '');
  await visitor.send('/mail/clauses', { 'clause-2': '第4条第2款' }, 'do=2');
  t.match(visitor.page().text, /条款已确认.*条款待确认2 条/);
  await visitor.send('/mail/clauses', { 'clause-1': '3-1', 'clause-3': '没有这条' }, 'do=');
  t.equal(visitor.page().status, 422);
  t.equal(visitor.page().field('clause-3'), '没有这条', 'what was typed stays');
  t.same(
    (await clauses(site)).map(({ clause_from }) => clause_from),
    ['guess', 'officer', 'guess'],
  );
  await visitor.send('/mail/clauses', { 'clause-1': '3', 'clause-3': '' }, 'do=');
  t.match(visitor.page().text, '没有要确认的条款');
  t.same(await clauses(site), [
    { clause_from: 'officer', address: 'art_3' },
    { clause_from: 'officer', address: 'art_4__para_2' },
    { clause_from: 'officer', address: null },
  ]);
  t.match((await visitor.get(site.at)).text, /确认来信的条款（2条）.*确认来信的条款（1条）/);
});

t.test(
  'a clause that somebody else confirmed meanwhile is not changed, and nothing typed is lost',
  async (t) => {
    const site = await office(t);
    await site.arrive(message({ text: '第三条' }));
    await site.arrive(message({ text: '第四条' }));
    const [one, other] = [await site.signIn('caseworker'), await site.signIn('second')];
    await one.get(`${site.at}/mail`);
    await other.get(`${site.at}/mail`);
    await one.send('/mail/clauses', {}, 'do=1');
    await other.send('/mail/clauses', { 'clause-1': '第五条', 'clause-2': '第二条' }, 'do=');
    t.equal(other.page().status, 409);
    t.equal(other.page().field('clause-2'), '第二条');
    t.same(
      (await clauses(site)).map((each) => each.address),
      ['art_3', 'art_4'],
    );
  },
);

t.test('words that can mean several clauses bring a choice', async (t) => {
  const site = await office(t);
  await site.arrive(message({ text: '水费' }));
  const visitor = await site.signIn('caseworker');
  await visitor.get(`${site.at}/mail`);
  await visitor.send('/mail/clauses', { 'clause-1': '本办法' }, 'do=');
  t.equal(visitor.page().status, 422);
  t.ok(visitor.page().document.querySelectorAll('[name=pick-1]').length > 1);
  await visitor.send('/mail/clauses', { 'pick-1': 'art_2' }, 'do=');
  t.same(await clauses(site), [{ clause_from: 'officer', address: 'art_2' }]);
});

t.test('a comment on an older version is confirmed on that version', async (t) => {
  const site = await office(t);
  await site.arrive(message({ text: '第三条' }));
  const caseworker = site.officers['caseworker'] as never;
  await publishNext(
    site.db,
    caseworker,
    site,
    paste().replace('第五条 本办法', '第六条 本办法'),
    site.clock(),
  );
  const visitor = await site.signIn('caseworker');
  t.match((await visitor.get(`${site.at}/mail`)).text, '针对第1稿');
  await visitor.send('/mail/clauses', { 'clause-1': '第五条' }, 'do=');
  t.same(
    (await clauses(site)).map((each) => each.address),
    ['art_5'],
  );
});

t.test(
  'what was set aside is taken by an officer, with a receipt where a person sent it, or left',
  async (t) => {
    const site = await office(t);
    await site.arrive(message({ subject: '自动回复：水价', text: '第三条' }));
    await site.arrive(message({ subject: '中奖', text: '第四条', header: ['X-Spam-Flag: YES'] }));
    await site.arrive(message({ subject: '退回', text: '退回', header: ['Return-Path: <>'] }));
    await site.arrive(message({}));
    const visitor = await site.signIn('caseworker');
    const page = await visitor.get(`${site.at}/mail`);
    t.match(page.text, /来信待处理4 封/);
    t.match(
      page.text,
      /自动回复：水价.*自动回复或群发邮件.*张三 <zhangsan@example.cn>.*中奖.*垃圾邮件.*退回.*退信/,
    );
    t.match(page.text, '系统不能把这封来信收为意见', 'an empty one');
    await visitor.send('/desk/mail/1', {}, 'do=take');
    t.match(visitor.page().text, /已收为意见.*条款待确认1 条.*来信待处理3 封/);
    await visitor.send('/desk/mail/2', {}, 'do=take');
    await visitor.send('/desk/mail/3', {}, 'do=leave');
    t.match(visitor.page().text, /原件仍保留.*来信待处理1 封.*已搁置1 封/);
    const letters = await site.db.selectFrom('letters').select('submission_id').execute();
    t.same(
      letters,
      [{ submission_id: 2 }],
      'to the person whose mail was taken for spam, not to the program',
    );
    t.match(
      (await visitor.get(`${site.at}/mail?show=left`)).text,
      /退回.*caseworker于2026年3月1日 09:00搁置/,
    );
    await visitor.send('/desk/mail/3', {}, 'do=take');
    t.equal((await site.db.selectFrom('submissions').selectAll().execute()).length, 3, 'also later');
    t.match((await visitor.get(site.at)).text, /收下搁置的来信（2026-\d+-\d+）/);
    const rows = await site.db.selectFrom('mail_messages').selectAll().orderBy('id').execute();
    t.match(rows[0], { state: 'taken', sender: '', subject: '', excerpt: '', raw: null });
  },
);

t.test('a message is decided once, by those who may, and by nobody else’s officers', async (t) => {
  const site = await office(t);
  await site.arrive(message({ subject: '自动回复', text: '第三条' }));
  const approver = await site.signIn('approver');
  const page = await approver.get(`${site.at}/mail`);
  t.notMatch(page.html, '收为意见</button>');
  const other = await site.signIn('other');
  t.equal((await other.get('/desk/mail/1/original')).status, 404);
  t.notMatch((await other.get('/desk/mail')).text, '自动回复');
  const [one, second] = [await site.signIn('caseworker'), await site.signIn('second')];
  await one.get(`${site.at}/mail`);
  await second.get(`${site.at}/mail`);
  await one.send('/desk/mail/1', {}, 'do=take');
  await second.send('/desk/mail/1', {}, 'do=take');
  t.equal(second.page().status, 409);
  t.equal((await site.db.selectFrom('submissions').selectAll().execute()).length, 1);
});

t.test('a message that names no consultation is given to one by an officer', async (t) => {
  const site = await office(t);
  const caseworker = site.officers['caseworker'] as never;
  const second = await publish(site.db, caseworker, site.clock());
  await site.arrive(message({ subject: '水价', text: '太高' }));
  const visitor = await site.signIn('caseworker');
  t.notMatch((await visitor.get(`${site.at}/mail`)).text, '张三');
  t.match((await visitor.get('/desk')).text, /处理邮箱来信.*1封/);
  const page = await visitor.get('/desk/mail');
  t.match(page.text, /水价.*看不出对应哪次征求意见/);
  await visitor.send('/desk/mail/1', {}, 'do=take');
  t.equal(visitor.page().status, 422);
  t.match(visitor.page().text, '请选择征求意见');
  await visitor.send('/desk/mail/1', { 'consultation-1': String(second.id) }, 'do=take');
  t.match(visitor.page().text, '已收为意见');
  const [submission] = await site.db.selectFrom('submissions').selectAll().execute();
  t.equal(submission?.consultation_id, second.id);
});

t.test(
  'the original is saved as a file, never shown; what was left is forgotten after its time',
  async (t) => {
    const site = await office(t);
    const exe = part('application/octet-stream', 'MZ\0', [
      'Content-Disposition: attachment; filename="a.exe"',
    ]);
    const raw = parts({ subject: '有附件' }, part('text/plain; charset=utf-8', '第三条'), exe);
    await site.arrive(raw);
    await site.arrive(message({ subject: '自动回复', text: '<script>alert(1)</script>' }));
    const visitor = await site.signIn('caseworker');
    const page = await visitor.get(`${site.at}/mail`);
    t.match(page.text, '有1处没有转存');
    t.match(page.html, '&lt;script&gt;');
    const original = await visitor.get('/desk/mail/1/original');
    t.equal(original.html, raw);
    t.match(original.headers, {
      'content-type': 'message/rfc822',
      'content-disposition': /^attachment; filename="__-1\.eml"/,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
    await visitor.get(`${site.at}/mail`);
    await visitor.send('/desk/mail/2', {}, 'do=leave');
    const later = new Date(site.clock().getTime() + 1);
    await forgetLeftMessages(site.db, site.clock());
    t.equal((await visitor.get('/desk/mail/2/original')).status, 200);
    await forgetLeftMessages(site.db, later);
    t.equal((await visitor.get('/desk/mail/2/original')).status, 404);
    t.match((await visitor.get(`${site.at}/mail?show=left`)).text, '原件已按期清除');
    t.equal((await visitor.get('/desk/mail/1/original')).status, 200, 'what was taken stays');
  },
);
