import t, { type Test } from 'tap';
import { mailProof } from '../../src/actions/mail-proof.ts';
import type { SubmissionForm } from '../../src/actions/submit-comments.ts';
import { forgetCaptchas } from '../../src/db/captchas.ts';
import { forgetMailedProofs } from '../../src/db/mailed-proofs.ts';
import type { Mail } from '../../src/mail/letters.ts';
import { letterSender } from '../../src/mail/worker.ts';
import { form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const email = 'zhu@example.cn';
const later = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);

async function open(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const { db, clock, deps } = site;
  let asked = 0;
  /** Asks for a letter about a form; each recipient stands for itself. */
  const ask = (one: SubmissionForm, to = email) => {
    asked += 1;
    const proof = { captchaId: one.captcha.id, token: `token-${asked}`, code: `00000${asked}`, email: to };
    return mailProof(db, proof, { key: `to ${to}`, max: 5, windowMs: 3_600_000 }, clock());
  };
  /** The letters that went out since. */
  const post = async (): Promise<Mail[]> => {
    const sent: Mail[] = [];
    const transport = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
    await letterSender({ db, transport, compose: deps.composeLetter, clock })();
    return sent;
  };
  const blank = async (): Promise<SubmissionForm> => {
    const made = await form(db, consultation.number, clock());
    return { ...made, captcha: { ...made.captcha, answer: '' } };
  };
  const rows = async (table: 'mailed_proofs' | 'letters') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return { ...site, consultation, ask, post, blank, rows };
}

const linkIn = ({ text }: Mail) => /\/proofs\/\S+/.exec(text)?.[0] ?? '';

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

t.test('the link proves a person once its button is pressed, and no sooner, on every process', async (t) => {
  const { ask, post, blank, db, clock, app, another } = await open(t);
  const [early, one] = [await blank(), await blank()];
  for (const each of [early, one]) await ask(each);
  const [to = '', link = ''] = (await post()).map(linkIn);
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
