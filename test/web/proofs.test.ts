import t, { type Test } from 'tap';
import { mailProof } from '../../src/actions/mail-proof.ts';
import { type SubmissionForm, submitComments } from '../../src/actions/submit-comments.ts';
import { forgetCaptchas } from '../../src/db/captchas.ts';
import { claimLetter } from '../../src/db/letters.ts';
import { forgetMailedProofs } from '../../src/db/mailed-proofs.ts';
import { rememberVersions } from '../../src/db/submitting.ts';
import type { Mail } from '../../src/mail/letters.ts';
import { form, publish, submit } from '../consultation.ts';
import { linkIn, post } from '../mailbox.ts';
import { workFor } from '../proof-worker.ts';
import { testSite } from '../support.ts';
import { type Page, type Typed, visit } from '../visitor.ts';

const email = 'zhu@example.cn';
const words = '建议写明检测项目。';
const later = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);

async function open(t: Test, options: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite(t, options);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const { db, clock } = site;
  let asked = 0;
  /** Asks for a letter about a form; each recipient stands for itself. */
  const ask = (one: SubmissionForm, to = email) => {
    asked += 1;
    const proof = { captchaId: one.captcha.id, token: `token-${asked}`, code: `00000${asked}`, email: to };
    return mailProof(db, proof, { key: `to ${to}`, max: 5, windowMs: 3_600_000 }, clock());
  };
  const blank = async (): Promise<SubmissionForm> => {
    const made = await form(db, consultation.number, clock());
    return { ...made, captcha: { ...made.captcha, answer: '' } };
  };
  const rows = async (table: 'mailed_proofs' | 'letters') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return { ...site, consultation, ask, post: () => post(site), blank, rows };
}

/** A person with a browser on the check page, with a comment written. */
async function checking(t: Test, options: Parameters<typeof testSite>[1] = {}) {
  const site = await open(t, options);
  const visitor = visit(site.app);
  await visitor.get(`/consultations/${site.consultation.number}/comments/new?clause=art_3`);
  await visitor.send('/comments', { 'stance-0': 'amend', 'text-0': words }, 'do=check');
  const id = () => visitor.page().field('captchaId') ?? '';
  const press = (button: string, typed: Typed = {}) =>
    visitor.send('/comments', { name: '朱明远', consent: 'withoutName', ...typed }, `do=${button}`);
  const told = () =>
    visitor
      .page()
      .document.querySelectorAll('.errors a')
      .map((a) => a.getAttribute('href'));
  /** What the script reads on this page and puts into it. */
  const worked = () => {
    const { id = '', bits, pieces } = dataOf(visitor.page());
    return workFor(id, Number(bits), Number(pieces));
  };
  const keepsEveryWord = (page: Page) => {
    t.match(page.document.querySelector('.card')?.text, words);
    t.equal(page.field('name'), '朱明远');
    t.equal(page.document.querySelector('[name="consent"][checked]')?.getAttribute('value'), 'withoutName');
  };
  return { ...site, visitor, id, press, told, worked, keepsEveryWord };
}

/** What the page tells its script. */
function dataOf(page: Page): Record<string, string> {
  const told = Object.entries(page.document.querySelector('[data-proof]')?.attributes ?? {});
  return Object.fromEntries(told.map(([name, value]) => [name.replace('data-', ''), value]));
}

t.test('a letter has a link and a code, and says nothing that anyone typed', async (t) => {
  const { ask, post, blank } = await open(t);
  t.equal(await ask(await blank()), 'queued');
  const [mail, ...others] = await post();
  t.same(others, []);
  t.equal(mail?.to, email);
  t.match(mail?.subject, '000001');
  t.match(mail?.text, /http:\/\/localhost:3000\/proofs\/token-1\n[\s\S]*\n000001\n[\s\S]*请不要理会这封邮件/);
  t.match(mail?.messageId, /^<letter-1\.proof@localhost>$/);
  t.same(await post(), [], 'once');
});

t.test('it goes before all other letters, because somebody waits for it', async (t) => {
  const { ask, blank, db, clock } = await open(t);
  const one = await blank();
  const answered = { ...one.captcha, answer: 'abcd' };
  await submit(db, { ...one, captcha: answered, submission: { ...one.submission, email } }, clock());
  await ask(await blank());
  // Several are sent at once, so what is sent first may arrive second.
  const next = () => claimLetter(db, clock(), 60_000);
  t.same([(await next())?.kind, (await next())?.kind], ['proof', 'receipt']);
});

t.test('the link proves a person once its button is pressed, and no sooner, on every process', async (t) => {
  const { ask, post, blank, db, clock, app, another } = await open(t);
  const [early, one] = [await blank(), await blank()];
  for (const each of [early, one]) await ask(each);
  const [to = '', link = ''] = (await post()).map(linkIn).sort();
  t.match((await visit(app).get(to)).text, '如果是您，请按“确认”');
  t.equal((await submit(db, early, clock())).kind, 'wrongCaptcha', 'opening it confirms nothing');
  const visitor = visit(await another());
  await visitor.get(link);
  const page = await visitor.send(link);
  t.match(page.text, /已经确认 请回到填写意见的页面提交，验证码不用填/);
  t.equal(page.headers['set-cookie'], undefined);
  t.equal(page.headers['cache-control'], 'no-store');
  t.match(page.headers['x-robots-tag'], 'noindex');
  t.match((await visitor.get(`/large${link}`)).text, '已经确认', 'and stays so');
  t.equal((await submit(db, one, clock())).kind, 'received');
  t.equal((await visitor.get(link)).status, 404, 'it is used up');
  const again = { ...one, formToken: 'another form', receiptToken: 'another receipt' };
  t.equal((await submit(db, again, clock())).kind, 'wrongCaptcha', 'and proves nothing any more');
});

t.test('so does the code, for its own form alone and once', async (t) => {
  const { ask, blank, db, clock } = await open(t);
  const [one, other] = [await blank(), await blank()];
  for (const each of [one, other]) await ask(each);
  const coded = (form: SubmissionForm, answer: string) => ({ ...form, captcha: { ...form.captcha, answer } });
  t.equal((await submit(db, coded(other, '000001'), clock())).kind, 'wrongCaptcha', 'the code of another');
  t.equal((await submit(db, coded(other, '000002'), clock())).kind, 'wrongCaptcha', 'one may be tried');
  t.equal((await submit(db, coded(one, '000001'), clock())).kind, 'received');
});

t.test('what is kept of a question is compared with what the form claims', async (t) => {
  const { ask, blank, db, clock } = await open(t);
  const sent = async (given: Partial<SubmissionForm['captcha']>, isMailed = false) => {
    const one = await blank();
    if (isMailed) await ask(one);
    return (await submit(db, { ...one, captcha: { ...one.captcha, ...given } }, clock())).kind;
  };
  for (const answer of ['abcd', ' ＡＢ cd ']) t.equal(await sent({ answer }), 'received', answer);
  for (const answer of ['abc', 'abcde', '000001', 'null', '', ' '])
    t.equal(await sent({ answer }), 'wrongCaptcha', answer);
  t.equal(
    await sent({ answer: 'abcd' }, true),
    'received',
    'the picture is still good when a letter went out',
  );
  t.equal(await sent({ answer: '' }, true), 'wrongCaptcha', 'a letter alone proves nothing');

  const [much, little] = [await blank(), await blank()];
  const worked = (one: SubmissionForm, bits: number) => ({
    ...one,
    captcha: { ...one.captcha, work: workFor(one.captcha.id, bits) },
  });
  t.equal((await submit(db, worked(much, 16), clock())).kind, 'received');
  t.equal(
    (await submit(db, worked(little, 6), clock())).kind,
    'wrongCaptcha',
    'less work than was asked for',
  );
});

t.test('of forms that arrive together, one alone has a captcha, and one alone a token', async (t) => {
  const { db, clock, consultation } = await open(t);
  const fresh = () => form(db, consultation.number, clock());
  const [one, other, right, last] = [await fresh(), await fresh(), await fresh(), await fresh()];
  const sameCaptcha = { ...other, captcha: one.captcha };
  const wrong = {
    ...other,
    receiptToken: 'of the wrong one',
    captcha: { ...other.captcha, answer: 'wrong' },
  };
  const again = { ...right, formToken: other.formToken, receiptToken: 'of the right one' };
  const later = { ...last, formToken: other.formToken };
  const results = await submitComments(
    db,
    [one, sameCaptcha, wrong, again, later],
    rememberVersions(db),
    clock,
  );
  t.strictSame(
    results.map((each) => ('receiptToken' in each ? each.receiptToken : each.kind)),
    [one.receiptToken, again.receiptToken, again.receiptToken, again.receiptToken, again.receiptToken],
    'a form that was not stored leads to what was stored under its token',
  );
  t.equal((await db.selectFrom('comments').selectAll().execute()).length, 2, 'each with its own comment');
});

t.test('the address is forgotten with the answer, right or wrong, and when it is too old', async (t) => {
  const { ask, blank, db, clock, rows, post, app } = await open(t);
  const [wrong, old] = [await blank(), await blank()];
  for (const each of [wrong, old]) await ask(each);
  t.same([await rows('mailed_proofs'), await rows('letters')], [2, 2]);
  await submit(db, wrong, clock());
  t.same([await rows('mailed_proofs'), await rows('letters')], [1, 1], 'with the letters');
  const start = clock();
  clock.set(later(start, 59));
  await forgetMailedProofs(db, clock());
  t.equal(await rows('mailed_proofs'), 1, 'good for an hour');
  clock.set(later(start, 60));
  t.equal((await visit(app).get('/proofs/token-2')).status, 404);
  await forgetMailedProofs(db, clock());
  t.same([await rows('mailed_proofs'), await rows('letters')], [0, 0]);
  t.same(await post(), [], 'a letter that waited is not sent any more');
  await forgetCaptchas(db, later(clock(), 1));
});

t.test('nobody is bombarded: a form causes three letters, an address gets few in an hour', async (t) => {
  const { ask, blank, post } = await open(t);
  const one = await blank();
  const results = [];
  for (const to of ['a@example.cn', 'b@example.cn', email, email]) results.push(await ask(one, to));
  t.same(results, ['queued', 'queued', 'queued', 'tooMany']);
  const links = (await post()).map(linkIn);
  t.same([...new Set(links)], ['/proofs/token-1'], 'each of them good for the form');
  for (let each = 0; each < 4; each++) t.equal(await ask(await blank()), 'queued');
  t.equal(await ask(await blank()), 'tooMany');
  t.equal(await ask(await blank(), 'other@example.cn'), 'queued');
});

t.test('no letter is sent for a form that is sent or too old', async (t) => {
  const { ask, blank, db, clock, rows } = await open(t);
  const [used, old] = [await blank(), await blank()];
  await submit(db, used, clock());
  t.equal(await ask(used), 'tooOld');
  clock.set(later(clock(), 10));
  t.equal(await ask(old), 'tooOld');
  t.equal(await rows('letters'), 0);
});

t.test('a made-up link says that it is not good, and confirms nothing', async (t) => {
  const { app } = await open(t);
  t.match((await visit(app).get('/proofs/made-up')).text, '链接已经失效');
  const answer = await app.inject({ method: 'POST', url: '/proofs/made-up' });
  t.equal(answer.statusCode, 404);
});

t.test('work that the script did sends the form, with the captcha left empty', async (t) => {
  const { press, worked, visitor } = await checking(t);
  const page = visitor.page();
  t.ok(page.document.querySelector('script[src^="/static/proof.js"]'));
  t.match(dataOf(page)['worker'], /^\/static\/proof-worker\.js\?v=\w+$/);
  t.match(page.headers['content-security-policy'], "worker-src 'self'");
  t.match((await press('send', { work: worked() })).text, '意见已收到');
});

t.test('work is used up once, on every process, and wrong work at once', async (t) => {
  const { press, worked, id, told, visitor, db, clock, consultation, keepsEveryWord } = await checking(t);
  const [work, captchaId] = [worked(), id()];
  const wrong = await press('send', { work: work.replace(/\d+/, '7') });
  t.equal(wrong.status, 422);
  t.strictSame(told(), ['#proof']);
  t.match(wrong.text, '自动验证已经过期，请再提交一次');
  t.ok(wrong.document.querySelector('#proof'));
  t.not(id(), captchaId);
  t.equal(visitor.page().field('work'), '', 'new work is to be done');
  keepsEveryWord(wrong);
  const replayed = await press('send', { captchaId, work });
  t.equal(replayed.status, 422, 'what was used up does not count any more');
  const [goodId, good] = [id(), worked()];
  t.match((await press('send', { work: good })).text, '意见已收到');
  const one = await form(db, consultation.number, clock());
  const again = { ...one, captcha: { id: goodId, answer: '', work: good } };
  t.equal((await submit(db, again, clock())).kind, 'wrongCaptcha', 'nor on another process');
});

t.test('work is kept while something else is put right', async (t) => {
  const { press, worked, id, told } = await checking(t);
  const [work, captchaId] = [worked(), id()];
  const page = await press('send', { work, email: 'zhu@' });
  t.strictSame(told(), ['#email']);
  t.strictSame([page.field('work'), page.field('captchaId')], [work, captchaId]);
  t.match((await press('send', { email: '' })).text, '意见已收到');
});

t.test('a picture or work that is too old asks for new, and keeps every word', async (t) => {
  const { press, worked, told, clock, keepsEveryWord, app, id } = await checking(t);
  const work = worked();
  const picture = `/captcha/${id()}.svg`;
  t.equal((await app.inject(picture)).statusCode, 200);
  clock.set(later(clock(), 30));
  t.equal((await app.inject(picture)).statusCode, 404);
  keepsEveryWord(await press('send', { work }));
  t.strictSame(told(), ['#proof']);
  t.match((await press('send', { work: worked() })).text, '意见已收到');
});

t.test('a form without any proof uses nothing up', async (t) => {
  const { press, worked, told, id, keepsEveryWord } = await checking(t);
  const captchaId = id();
  keepsEveryWord(await press('send'));
  t.strictSame(told(), ['#captcha']);
  t.equal(id(), captchaId);
  t.match((await press('send', { work: worked() })).text, '意见已收到');
});

t.test('without sight and scripts: a letter, its link, and the form is sent', async (t) => {
  const { press, post, visitor, another, keepsEveryWord, rows } = await checking(t);
  const page = await press('proveByMail', { proofEmail: email });
  t.equal(page.status, 200);
  t.match(page.text, '验证邮件已经寄往 zhu@example.cn');
  t.notOk(page.document.querySelector('img'), 'nothing is to be seen');
  keepsEveryWord(page);
  const [mail] = await post();
  t.equal(mail?.to, email);
  t.notMatch(mail?.text, words);
  const mailbox = visit(await another());
  await mailbox.get(linkIn(mail as Mail));
  await mailbox.send(linkIn(mail as Mail));
  await press('proveByMail', { proofEmail: email });
  t.same(await post(), [], 'nothing more to be sent');
  const faulty = await press('send', { email: 'zhu@' });
  t.match(faulty.text, '您已经用电子邮件验证，不用填写验证码');
  t.match((await press('send', { email: '' })).text, '意见已收到');
  t.same([await rows('mailed_proofs'), await rows('letters')], [0, 0]);
  t.notMatch(visitor.page().text, email, 'the agency does not get the address');
});

t.test('or its code, typed into the form', async (t) => {
  const { press, post, told } = await checking(t);
  await press('proveByMail', { proofEmail: email });
  await press('send');
  t.strictSame(told(), ['#captcha'], 'an empty code uses nothing up');
  const [mail] = await post();
  const code = /\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '';
  t.match((await press('send', { captcha: code })).text, '意见已收到');
});

t.test('a letter needs an address, and another may be asked for, or the picture again', async (t) => {
  const { press, told, post, visitor, id } = await checking(t);
  await press('proveByMail');
  t.strictSame(told(), ['#proofEmail']);
  t.ok(visitor.page().document.querySelector('details[open] #proofEmail'), 'what must be put right is seen');
  await press('proveByMail', { proofEmail: 'zhu@' });
  t.match(visitor.page().text, '收验证邮件的邮箱的格式不对');
  t.same(await post(), []);
  for (const to of ['wrong@example.cn', email, email]) await press('proveByMail', { proofEmail: to });
  const letters = await post();
  t.same([...new Set(letters.map(linkIn))].length, 1, 'each of them is good');
  await press('proveByMail', { proofEmail: email });
  t.strictSame(told(), ['#proofEmail']);
  t.match(visitor.page().text, '寄到这个邮箱的验证邮件已经够多');
  const captchaId = id();
  const page = await press('captcha');
  t.ok(page.document.querySelector('img'));
  t.not(id(), captchaId);
});

t.test('a sender asks for few letters in an hour, whomever to; every word is kept', async (t) => {
  const limits = { proofLetters: { max: 2, windowMs: 3_600_000 } };
  const { press, post } = await checking(t, { limits });
  for (const to of ['a@example.cn', 'b@example.cn']) await press('proveByMail', { proofEmail: to });
  await press('captcha');
  const page = await press('proveByMail', { proofEmail: 'c@example.cn' });
  t.equal(page.status, 429);
  t.match(page.text, words);
  t.equal((await post()).length, 2);
});

t.test('who asks for many forms gets more work with each, and others do not', async (t) => {
  const { app, consultation, press, visitor, db } = await checking(t);
  const bits = () => Number(dataOf(visitor.page())['bits']);
  t.equal(bits(), 16);
  for (let each = 0; each < 20; each++) await press('captcha');
  t.equal(bits(), 17);
  const kept = await db.selectFrom('captchas').select('bits').orderBy('bits', 'desc').executeTakeFirst();
  t.equal(kept?.bits, 17, 'the row says how much');
  const other = await app.inject({
    method: 'POST',
    url: `/consultations/${consultation.number}/comments`,
    remoteAddress: '203.0.113.7',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      do: 'check',
      'clause-0': 'art_3',
      'stance-0': 'amend',
      'text-0': words,
    }).toString(),
  });
  t.match(other.body, 'data-bits="16"');
});
