import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { withdrawSubmission } from '../../src/actions/withdraw-submission.ts';
import { receiptByToken } from '../../src/db/receipts.ts';
import { form, publish, publishNext, submit } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { stored } from '../submitted.ts';
import { type TestSite, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const at = (text: string) => new Date(`${text}+08:00`);

async function open(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const entered = { by: caseworker.id, at: site.clock() };
  return { ...site, caseworker, consultation, entered, visitor: visit(site.app) };
}

/** Downloads text and seal as the holder of a receipt does, and computes the hash of both. */
async function check(t: Test, { app }: Pick<TestSite, 'app'>, token: string, message: string) {
  const text = await app.inject(`/receipts/${token}/canonical.json`);
  const seal = (await app.inject(`/receipts/${token}/seal.json`)).json();
  t.equal(text.statusCode, 200, message);
  const hash = createHash('sha256')
    .update(Buffer.from(seal.salt, 'hex'))
    .update(text.rawPayload)
    .digest('hex');
  t.equal(hash, seal.hash, message);
  return text.json();
}

const quotation = { exact: '每日检测水质', prefix: '应当', suffix: '，' };

t.test('salt and downloaded text give the hash, whatever the channel and whatever came later', async (t) => {
  const site = await open(t);
  const { db, clock, consultation, caseworker, entered } = site;
  const sent = await submit(db, await form(db, consultation.number, clock(), { name: '𠮷田' }), clock());
  const online = sent.kind === 'received' ? sent.receiptToken : '';
  const many = await stored(
    db,
    consultation,
    [{ clause: 'art_3', quotation, proposedWording: '“逐日”' }, { clause: 'art_4' }, { text: '行一\n行二' }],
    { receivedAt: clock(), name: '朱清和', phone: '0999-5550188', consent: 'withName' },
  );
  const phone = await stored(db, consultation, [{ clause: 'art_3' }], {
    ...{ channel: 'phone', entered, clauseFrom: 'officer', receivedAt: clock() },
  });
  const letter = await stored(db, consultation, [{ clause: 'art_3' }], {
    ...{ channel: 'letter', entered, receivedAt: at('2026-03-01T00:00:00'), postmarkedOn: '2026-02-27' },
  });
  const tokens = { online, many, phone, letter };
  const all = async (when: string) => {
    for (const [name, token] of Object.entries(tokens)) await check(t, site, token, `${name} ${when}`);
  };
  await all('when it was stored');
  await publishNext(db, caseworker, consultation, nextPaste(), clock());
  await all('after a new version');
  t.equal((await withdrawSubmission(db, many, clock)).kind, 'withdrawn');
  await all('after withdrawal');
  const text = await check(t, site, many, 'again');
  t.match(text, { draftVersion: 1, channel: 'online', commenter: { name: '朱清和' } });
  t.match(text.comments, [{ clause: 'art_3', quotation }, { clause: 'art_4' }, { text: '行一\n行二' }]);
  t.match((await check(t, site, phone, 'again')).comments, [{ clause: '' }], 'the caller named no clause');
  t.equal((await check(t, site, letter, 'again')).postmarkedOn, '2026-02-27');
});

t.test('text that is not what was sealed is never handed out', async (t) => {
  const { db, app, clock, consultation, visitor } = await open(t);
  const token = await stored(db, consultation, [{}], { receivedAt: clock(), name: '朱清和' });
  await sql`update submissions set name = ''`.execute(db);
  const refused = await visitor.get(`/receipts/${token}/canonical.json`);
  t.equal(refused.status, 404);
  t.match(refused.text, '和封存时不一致');
  t.match((await visitor.get(`/receipts/${token}`)).text, /和封存时不一致/);
  t.equal((await app.inject(`/receipts/${token}/seal.json`)).statusCode, 200, 'the seal stays');
  await sql`update submissions set salt = null, hash = null`.execute(db);
  for (const file of ['canonical.json', 'seal.json']) {
    const page = await visitor.get(`/receipts/${token}/${file}`);
    t.equal(page.status, 404);
    t.match(page.text, '还没有封存意见的做法');
  }
});

t.test('a receipt tells how and when it came, every comment in full, and what happens next', async (t) => {
  const { db, clock, consultation, entered, visitor } = await open(t);
  const words = [
    { clause: 'art_3', text: '写明项目 <b>', quotation, proposedWording: '每日检测浊度；' },
    { stance: 'question', text: '何时施行？' },
  ] as const;
  const token = await stored(db, consultation, words, { receivedAt: clock(), email: 'zhu@example.cn' });
  const online = await visitor.get(`/receipts/${token}`);
  t.match(online.text, /渠道 ?本网站.*收到时间 ?2026年3月1日 09:00/);
  t.match(online.text, /1．第三条 ?修改.*引用原文.*每日检测水质.*写明项目 <b>.*建议改为.*每日检测浊度；/);
  t.match(online.text, /2．整体意见 ?疑问.*何时施行？/);
  t.match(online.text, /征求意见到2026年4月10日下午6时截止。.*同时寄到您的电子邮箱/);
  t.ok(online.html.includes('&lt;b&gt;'));
  const late = await stored(db, consultation, [{ clause: 'art_3' }], {
    ...{ channel: 'letter', entered, clauseFrom: 'guess', receivedAt: at('2026-04-13T00:00:00') },
    ...{ datedAt: at('2026-04-11T00:00:00'), postmarkedOn: '2026-04-11' },
  });
  clock.set('2026-04-13T10:00:00+08:00');
  const paper = await visitor.get(`/receipts/${late}`);
  t.match(
    paper.text,
    /信函 ?收到时间 ?2026年4月13日 逾期 ?邮戳日期 ?2026年4月11日 ?登记时间 ?2026年3月1日 09:00/,
  );
  t.match(paper.text, /条款由程序根据内容判断/);
  t.match(paper.text, /逾期收到，清源县水务局单独登记/);
  t.match((await visitor.get(`/receipts/${token}`)).text, /正在逐条研究/);
});

t.test(
  'what belongs to a receipt is kept by nobody, found by no search, and told to no other site',
  async (t) => {
    const { db, app, clock, consultation } = await open(t);
    const token = await stored(db, consultation, [{}], { receivedAt: clock() });
    const receipt = await receiptByToken(db, token);
    for (const file of ['', '/qr.svg', '/canonical.json', '/seal.json', '/withdraw']) {
      const { statusCode, headers } = await app.inject(`/receipts/${token}${file}`);
      t.equal(statusCode, 200, file);
      t.match(headers, {
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      });
      t.equal(headers['set-cookie'], undefined);
      t.equal((await app.inject(`/receipts/nobody-has-this${file}`)).statusCode, 404);
    }
    const page = await app.inject(`/receipts/${token}`);
    t.match(page.body, `src="/receipts/${token}/qr.svg"`);
    const picture = await app.inject(`/receipts/${token}/qr.svg`);
    t.match(picture.headers['content-type'], 'image/svg+xml');
    t.notMatch(
      picture.body,
      /style=|<script|http:\/\/(?!www\.w3\.org)/,
      'nothing that the policy would refuse',
    );
    const seal = await app.inject(`/receipts/${token}/seal.json`);
    t.strictSame(seal.json(), { ...receipt?.seal, receiptNumber: receipt?.number });
    t.match(seal.headers['content-disposition'], `attachment; filename="${receipt?.number}-seal.json"`);
  },
);

t.test('the holder withdraws after a question, and the receipt shows when', async (t) => {
  const { db, clock, consultation, visitor } = await open(t);
  const token = await stored(db, consultation, [{ text: '长'.repeat(70) }, {}], { receivedAt: clock() });
  const page = await visitor.get(`/receipts/${token}`);
  t.ok(page.document.querySelector(`a[href="/receipts/${token}/withdraw"]`));
  const asked = await visitor.get(`/receipts/${token}/withdraw`);
  t.match(asked.text, /共2条.*整体意见 ?长{60}….*不能恢复/);
  const old = await visitor.send('/withdraw', { formToken: 'made.up.token' });
  t.equal(old.status, 422);
  t.ok(old.document.querySelector('.errors a[href="#withdraw"]') && old.document.querySelector('#withdraw'));
  const done = await visitor.send('/withdraw');
  t.equal(done.address, `/receipts/${token}`);
  t.match(done.text, /意见已撤回.*2026年3月1日 09:00撤回/);
  t.equal(done.document.querySelector('a[href$="/withdraw"]'), null);
  t.match(
    (await visitor.get(`/receipts/${token}/withdraw`)).text,
    '意见已撤回',
    'a second time shows the same',
  );
});

t.test('a withdrawal that may not be is refused with the reason and the contacts', async (t) => {
  const { db, app, clock, consultation, entered, visitor } = await open(t);
  const token = await stored(db, consultation, [{}], { receivedAt: clock() });
  const letter = await stored(db, consultation, [{}], { receivedAt: clock(), channel: 'letter', entered });
  t.match(
    (await visitor.get(`/receipts/${letter}`)).text,
    /由工作人员登记。需要撤回的，请在截止以前联系清源县水务局/,
  );
  const refused = await visitor.get(`/receipts/${letter}/withdraw`);
  t.equal(refused.status, 409);
  t.match(refused.text, /不能在网上撤回.*温如玉.*0999-5550101/);
  await visitor.get(`/receipts/${token}/withdraw`);
  const formToken = visitor.page().field('formToken') ?? '';
  const elsewhere = await app.inject({
    method: 'POST',
    url: `/receipts/${token}/withdraw`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: new URLSearchParams({ formToken }).toString(),
  });
  t.equal(elsewhere.statusCode, 422, 'a form from another site withdraws nothing');
  clock.set(consultation.closesAt);
  const late = await visitor.send('/withdraw');
  t.equal(late.status, 409);
  t.match(late.text, /已经截止或终止.*2026年4月10日下午6时/);
  t.equal((await visitor.get(`/receipts/${token}`)).document.querySelector('a[href$="/withdraw"]'), null);
});
