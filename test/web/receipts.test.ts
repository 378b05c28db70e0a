import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { enterSubmission } from '../../src/actions/enter-submission.ts';
import { keepAttachment } from '../../src/actions/keep-attachment.ts';
import { redactComment } from '../../src/actions/redact-comment.ts';
import { screenComments } from '../../src/actions/screen-comments.ts';
import { submitWithAttachments } from '../../src/actions/submit-with-attachments.ts';
import { withdrawSubmission } from '../../src/actions/withdraw-submission.ts';
import { receiptByToken } from '../../src/db/receipts.ts';
import { rememberVersions } from '../../src/db/submitting.ts';
import type { Arrival } from '../../src/domain/entry.ts';
import { form, publish, publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { stored } from '../submitted.ts';
import { type TestSite, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const at = (text: string) => new Date(`${text}+08:00`);

async function open(t: Test, showsComments = false) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock(), undefined, { showsComments });
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
  const site = await open(t, true);
  const { db, clock, consultation, caseworker } = site;
  const comments = [
    { clause: 'art_3', quotation, proposedWording: '“逐日”' },
    { clause: 'art_4' },
    { text: '行一\n行二，请打13812345678' },
  ];
  const person = { name: '𠮷清和', phone: '0999-5550188', consent: 'withName' } as const;
  const tokens = {
    online: await stored(db, consultation, comments, { ...person, receivedAt: clock() }),
    phone: await entered(site, { channel: 'phone', receivedOn: '2026-03-01', postmarkedOn: '' }),
    letter: await entered(site, {
      channel: 'letter',
      receivedOn: '2026-03-01',
      postmarkedOn: '2026-02-27',
    }),
    guessed: await stored(db, consultation, [{ clause: 'art_3' }], {
      ...{ channel: 'email', clauseFrom: 'guess', receivedAt: clock() },
    }),
    files: await withFiles(site),
  };
  const all = async (when: string) => {
    for (const [name, token] of Object.entries(tokens)) await check(t, site, token, `${name} ${when}`);
  };
  await all('when it was stored');
  const ids = (await receiptByToken(db, tokens.online))?.comments.map(({ id }) => id) ?? [];
  const deed = { officer: caseworker, consultationId: consultation.id };
  const screened = { comments: ids.map((id) => ({ id, seen: 0 })), looked: true };
  await screenComments(db, { ...deed, ...screened, screening: { verdict: 'shown', reason: '' } }, clock());
  const covered = { commentId: ids[2] ?? 0, seen: 0, passages: ['13812345678'], reason: '保护个人信息' };
  await redactComment(db, { ...deed, ...covered }, clock());
  await all('after screening and covering');
  await publishNext(db, caseworker, consultation, nextPaste(), clock());
  await all('after a new version');
  t.equal((await withdrawSubmission(db, tokens.online, clock)).kind, 'withdrawn');
  await all('after withdrawal');
  const text = await check(t, site, tokens.online, 'again');
  t.match(text, { draftVersion: 1, channel: 'online', commenter: { name: '𠮷清和' } });
  t.match(text.comments, [{ clause: 'art_3', quotation }, {}, { text: '行一\n行二，请打13812345678' }]);
  t.match((await check(t, site, tokens.guessed, 'again')).comments, [{ clause: '' }], 'not what we guessed');
  t.equal((await check(t, site, tokens.letter, 'again')).postmarkedOn, '2026-02-27');
  const files: { name: string }[] = (await check(t, site, tokens.files, 'again')).attachments;
  t.strictSame(
    files.map(({ name }) => name),
    ['一.txt', '二.txt'],
  );
});

type Site = Awaited<ReturnType<typeof open>>;

/** Enters a submission at the desk; gives its receipt's token. */
async function entered({ db, clock, consultation, caseworker }: Site, arrival: Arrival): Promise<string> {
  const one = await form(db, consultation.number, clock());
  const { formToken, receiptToken, salt, submission } = one;
  const entry = { arrival, formToken, receiptToken, salt, submission };
  const deed = { officer: caseworker, consultationId: consultation.id, draftVersion: 1, entry };
  await enterSubmission(db, deed, clock());
  return receiptToken;
}

/** Sends a form with two files; gives its receipt's token. */
async function withFiles({ db, clock, consultation }: Site): Promise<string> {
  const one = await form(db, consultation.number, clock());
  const ids: number[] = [];
  for (const name of ['一.txt', '二.txt']) {
    const bytes = Buffer.from(name);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { name, mediaType: 'text/plain', size: bytes.length, sha256, bytes };
    const kept = await keepAttachment(db, { formToken: one.formToken, file }, clock());
    if ('id' in kept) ids.push(kept.id);
  }
  await submitWithAttachments(db, one, ids.toReversed(), rememberVersions(db), clock);
  return one.receiptToken;
}

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
