import { Secret, TOTP } from 'otpauth';
import t, { type Test } from 'tap';
import { createAgencyInvitation } from '../../src/actions/accept-invitation.ts';
import { queueOfficerLetter } from '../../src/db/officer-letters.ts';
import { transaction } from '../../src/db/session.ts';
import { usualLimits } from '../../src/deps.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testPassword, testSite } from '../support.ts';
import { type Page, type Visitor, visit } from '../visitor.ts';

const minuteMs = 60_000;
const newcomer = { officerName: '方静', login: 'fang', email: 'fang@example.cn', role: 'approver' };
const another = 'another long password';

/** A portal where limits by sender do not get in the way of those by login. */
function accounts(t: Test): Promise<TestSite> {
  const plenty = { max: 1_000, windowMs: minuteMs };
  return testSite(t, { limits: { ...usualLimits, signIns: plenty } });
}

const idOf = ({ officers }: TestSite, login: string) => officers[login]?.id ?? 0;

async function address(site: TestSite, login: string, email: string): Promise<void> {
  await site.db.updateTable('officers').set({ email }).where('login', '=', login).execute();
}

/** What was written down, oldest first, without the sign-ins. */
async function ledger({ db }: TestSite): Promise<string[]> {
  const rows = await db.selectFrom('ledger_entries').select('what').orderBy('id').execute();
  return rows.map(({ what }) => what).filter((what) => what !== 'signedIn');
}

async function tryIn(site: TestSite, login: string, password: string): Promise<Page> {
  const visitor = visit(site.app);
  await visitor.get('/desk/sign-in');
  return visitor.send('/desk/sign-in', { login, password });
}

const isSignedIn = async (visitor: Visitor) => (await visitor.get('/desk')).address === '/desk';

function later(site: TestSite, ms: number): void {
  site.clock.set(new Date(site.clock().getTime() + ms));
}

function pathIn(text: string | undefined, kind: string): string {
  return new RegExp(`/desk/${kind}/[\\w-]+`).exec(text ?? '')?.[0] ?? '';
}

t.test('a colleague with an address is invited by letter, and the link is shown to nobody', async (t) => {
  const site = await accounts(t);
  const administrator = await site.signIn('administrator');
  await administrator.get('/desk/officers');
  const wrong = await administrator.send('/desk/officers', { ...newcomer, email: 'fang' });
  t.match([wrong.status, wrong.field('email'), wrong.text], [422, 'fang', /电子邮箱的格式不对/]);
  const added = await administrator.send('/desk/officers', newcomer);
  t.match(added.text, /邀请邮件寄给方静/);
  t.notMatch(added.html, /invitations\/[\w-]{20}/);
  const [letter] = await post(site);
  t.match(letter, {
    to: 'fang@example.cn',
    subject: /设置建言.*的登录密码/,
    text: /方静，您好.*清源县水务局/s,
  });
  t.match(letter?.text, /administrator请您在/);
  const to = pathIn(letter?.text, 'invitations');
  const stored = await site.db.selectFrom('letters').selectAll().execute();
  t.notMatch(JSON.stringify(stored), to.split('/').at(-1), 'the database does not tell the link');
  const invited = visit(site.app);
  t.match((await invited.get(to)).text, /方静，您好/);
  const home = await invited.send('', { password: testPassword, passwordAgain: testPassword });
  t.match(home.text, /审核人/);
  const [stranger, owner] = [await visit(site.app).get(to), await invited.get(to)];
  t.match([stranger.status, stranger.text], [404, /设置过密码的，请直接登录/], 'used up');
  t.ok(stranger.document.querySelector('main a[href="/desk/sign-in"]'));
  t.ok(owner.document.querySelector('main .go a[href="/desk"]'), 'who is signed in goes on from there');
});

t.test('a letter to an officer without an address, or who lost it meanwhile, is not sent', async (t) => {
  const site = await accounts(t);
  t.equal(await queue(site), false);
  await address(site, 'approver', 'tan@example.cn');
  t.equal(await queue(site), true);
  await address(site, 'approver', '');
  t.same(await post(site), []);
  t.match(await site.db.selectFrom('letters').selectAll().executeTakeFirst(), { failed_at: Date });
  const administrator = await site.signIn('administrator');
  t.match((await administrator.get(`/desk/officers/${idOf(site, 'approver')}`)).text, /未能送达.*erased/);
});

function queue({ db, deps, officers, clock }: TestSite): Promise<boolean> {
  const detail = { by: '', sealedToken: deps.secrets.seal('token').toString('base64') };
  const officerId = officers['approver']?.id ?? 0;
  return transaction(db, (trx) =>
    queueOfficerLetter(trx, { kind: 'passwordReset', officerId, detail }, clock()),
  );
}

t.test('who forgot the password gets a link by letter, and everybody the same answer', async (t) => {
  const site = await accounts(t);
  await address(site, 'caseworker', 'zhao@example.cn');
  const signedIn = await site.signIn('caseworker');
  const visitor = visit(site.app);
  await visitor.get('/desk/sign-in');
  const answers = [];
  for (const login of ['Caseworker', 'nobody', 'approver']) {
    await visitor.get('/desk/forgotten-password');
    const { status, text } = await visitor.send('', { login });
    answers.push([status, text]);
  }
  t.same(answers[1], answers[0]);
  t.same(answers[2], answers[0], 'an officer without an address');
  const letters = await post(site);
  t.match(letters, [{ to: 'zhao@example.cn', text: /用户名是您的（caseworker）/ }]);
  const to = pathIn(letters[0]?.text, 'password');

  later(site, 59 * minuteMs);
  await visitor.get(to);
  const short = await visitor.send('', { password: 'short', passwordAgain: 'short' });
  t.match([short.status, short.text], [422, /密码至少10个字符/]);
  const set = await visitor.send('', { password: another, passwordAgain: another });
  t.match([set.address, set.text], [/^\/desk\/sign-in/, /新密码已生效/]);
  t.equal(await isSignedIn(signedIn), false, 'sessions end everywhere');
  const again = await visitor.get(to);
  t.match([again.status, again.text], [404, /设置过新密码的，请用它登录/], 'once only');
  t.ok(again.document.querySelector('main a[href="/desk/sign-in"]'));
  t.equal((await tryIn(site, 'caseworker', testPassword)).status, 422);
  t.equal((await tryIn(site, 'caseworker', another)).address, '/desk');
  t.same(await ledger(site), ['passwordLinkAsked', 'passwordReset']);
});

t.test('a link for a password is good for an hour, the latest alone, three an hour', async (t) => {
  const site = await accounts(t);
  await address(site, 'caseworker', 'zhao@example.cn');
  const visitor = visit(site.app);
  for (let asked = 0; asked < 5; asked += 1) {
    await visitor.get('/desk/forgotten-password');
    t.equal((await visitor.send('', { login: 'caseworker' })).status, 200);
  }
  const links = (await post(site)).map(({ text }) => pathIn(text, 'password'));
  t.equal(links.length, 3);
  const good: string[] = [];
  for (const link of links) if ((await visitor.get(link)).status === 200) good.push(link);
  t.equal(good.length, 1);
  const [latest = ''] = good;
  t.equal((await visitor.get(latest.replace('password', 'invitations'))).status, 404);
  later(site, 60 * minuteMs);
  t.equal((await visitor.get(latest)).status, 404);
});

t.test('an administrator sends a colleague a link, by letter or by hand, and none elsewhere', async (t) => {
  const site = await accounts(t);
  const administrator = await site.signIn('administrator');
  const at = `/desk/officers/${idOf(site, 'caseworker')}`;
  await administrator.get(at);
  const shown = await administrator.send('/link');
  const byHand = pathIn(shown.text, 'password');
  t.match(shown.text, /请把这个链接交给caseworker/);
  t.equal((await visit(site.app).get(byHand)).status, 200);
  const wrong = await administrator.send('/email', { email: 'zhao' });
  t.match([wrong.status, wrong.field('email')], [422, 'zhao']);
  await administrator.send('/email', { email: 'zhao@example.cn' });
  t.equal((await visit(site.app).get(byHand)).status, 404, 'a new address ends old links');
  const sent = await administrator.send('/link');
  t.match(sent.text, /链接寄给caseworker/);
  t.notMatch(sent.html, /desk\/password\/[\w-]{20}/);
  t.match(await post(site), [{ to: 'zhao@example.cn', text: /administrator请您重新设置/ }]);
  t.same(await ledger(site), ['passwordLinkSent', 'colleaguesEmailChanged', 'passwordLinkSent']);
});

t.test('an officer changes password and address with the present password; other sessions end', async (t) => {
  const site = await accounts(t);
  const here = await site.signIn('caseworker');
  const there = await site.signIn('caseworker');
  await here.get('/desk/account/password');
  const twice = { password: another, passwordAgain: another };
  const wrong = await here.send('/account/password', { currentPassword: 'wrong password', ...twice });
  t.match([wrong.status, wrong.text, wrong.field('password')], [422, /现在的密码不对/, '']);
  const changed = await here.send('/account/password', { currentPassword: testPassword, ...twice });
  t.match([changed.address, changed.text], [/\/desk\/account\?/, /密码已修改/]);
  t.equal(await isSignedIn(there), false);
  t.equal(await isSignedIn(here), true);
  await here.get('/desk/account/email');
  const kept = await here.send('/account/email', {
    email: 'zhao@example.cn',
    currentPassword: 'wrong password',
  });
  t.match([kept.status, kept.field('email')], [422, 'zhao@example.cn']);
  t.match(
    (await here.send('/account/email', { email: 'zhao@example.cn', currentPassword: another })).text,
    /zhao@example.cn/,
  );
  t.same(await ledger(site), ['passwordChanged', 'emailChanged']);
});

t.test(
  'ten failures in a row lock a login, known or not, longer each time, until it is unlocked',
  async (t) => {
    const site = await accounts(t);
    const locked: string[] = [];
    for (const login of ['caseworker', 'nobody']) {
      for (let tries = 0; tries < 9; tries += 1)
        t.equal((await tryIn(site, login, 'wrong password')).status, 422, `${login} ${tries}`);
      const page = await tryIn(site, login, 'wrong password');
      t.match([page.status, page.text], [429, /请在15分钟以后再试/]);
      locked.push(page.text);
    }
    t.equal(locked[0], locked[1], 'a login that exists is locked as one that does not');
    t.equal((await tryIn(site, 'caseworker', testPassword)).status, 429, 'the right password too');
    later(site, 15 * minuteMs);
    for (let tries = 0; tries < 9; tries += 1) await tryIn(site, 'caseworker', 'wrong password');
    t.match((await tryIn(site, 'caseworker', 'wrong password')).text, /请在30分钟以后再试/);

    const administrator = await site.signIn('administrator');
    t.match((await tryIn(site, 'caseworker', testPassword)).text, /请本机关管理员解除锁定/);
    const states = (await administrator.get('/desk/officers')).document.querySelectorAll('.list .tag');
    t.same(
      states.map(({ text }) => text).sort(),
      ['已启用', '已启用', '本人', '登录锁定'].sort(),
      'who is locked is seen in the list',
    );
    t.match((await administrator.get(`/desk/officers/${idOf(site, 'caseworker')}`)).text, /锁定到/);
    t.match((await administrator.send('/deeds', { deed: 'unlock' })).text, /锁定已解除/);
    t.equal((await tryIn(site, 'caseworker', testPassword)).address, '/desk');
    t.equal((await tryIn(site, 'caseworker', 'wrong password')).status, 422, 'counted anew');
    t.same(await ledger(site), ['signInLocked', 'signInLocked', 'signInUnlocked']);
  },
);

t.test('many tries at once are not judged more often than as many one by one', async (t) => {
  const site = await accounts(t);
  const pages = await Promise.all(
    Array.from({ length: 30 }, () => tryIn(site, 'caseworker', 'wrong password')),
  );
  t.equal(pages.filter(({ status }) => status === 422).length, 9);
  t.equal(pages.filter(({ status }) => status === 429).length, 21);
});

t.test('an officer sees where they are signed in, and ends one session or all others', async (t) => {
  const site = await accounts(t);
  const here = await site.signIn('caseworker');
  later(site, minuteMs);
  const there = await site.signIn('caseworker');
  const elsewhere = await site.signIn('caseworker');
  const colleague = await site.signIn('second');
  const list = await here.get('/desk/account');
  t.equal(list.document.querySelectorAll('.list > li').length, 3);
  t.equal(list.document.querySelectorAll('.list .tag').length, 1, 'this one is marked');
  t.match(list.text, /网络 127\.0\.0\.0\/24/);
  const ids = list.document
    .querySelectorAll('.list input[name=session]')
    .map((box) => box.getAttribute('value'));
  const foreign = await site.db
    .selectFrom('sessions')
    .select('id')
    .where('officer_id', '=', idOf(site, 'second'))
    .executeTakeFirstOrThrow();
  await here.send('/sessions', { session: String(foreign.id) });
  t.equal(await isSignedIn(colleague), true, 'nobody ends what is not theirs');
  await here.get('/desk/account');
  await here.send('/sessions', { session: ids[0] ?? '' });
  const left = [await isSignedIn(there), await isSignedIn(elsewhere)];
  t.same(left.filter(Boolean).length, 1);
  await here.get('/desk/account');
  await here.send('/sessions', { session: 'others' });
  t.same(
    [await isSignedIn(there), await isSignedIn(elsewhere), await isSignedIn(here)],
    [false, false, true],
  );
  t.same(await ledger(site), ['sessionsEnded', 'sessionsEnded']);
});

t.test('a session ends two hours after the last request, and twelve after signing in', async (t) => {
  const site = await accounts(t);
  const idle = await site.signIn('caseworker');
  later(site, 120 * minuteMs - 1);
  t.equal(await isSignedIn(idle), true);
  later(site, 120 * minuteMs);
  t.equal(await isSignedIn(idle), false);
  const busy = await site.signIn('caseworker');
  for (let hour = 0; hour < 12; hour += 1) {
    later(site, 60 * minuteMs);
    t.equal(await isSignedIn(busy), true, `${hour + 1} hours`);
  }
  later(site, 1);
  t.equal(await isSignedIn(busy), false);
  t.notMatch(
    (await busy.get('/desk')).text,
    /登录已经结束/,
    'whoever comes in by the front door is told nothing',
  );
  const asked = await busy.get('/desk/account');
  t.match([asked.address, asked.text], [/^\/desk\/sign-in\?next=/, /登录已经结束.*回到刚才要打开的页面/]);
});

t.test('a request writes its session down only a minute after the last one that did', async (t) => {
  const site = await accounts(t);
  const desk = await site.signIn('caseworker');
  const ask = async () => {
    const cookie = (await desk.get('/desk/account')).headers['set-cookie'];
    const { seen_at: seen } = await site.db
      .selectFrom('sessions')
      .select('seen_at')
      .where('officer_id', '=', idOf(site, 'caseworker'))
      .executeTakeFirstOrThrow();
    return [cookie !== undefined, seen?.getTime()];
  };
  const [, signedIn] = await ask();
  t.equal(signedIn, site.clock().getTime());
  later(site, minuteMs - 1);
  t.same(await ask(), [false, signedIn]);
  later(site, 1);
  t.same(await ask(), [true, site.clock().getTime()], 'and the browser is told to keep it for longer');
  t.same(await ask(), [false, site.clock().getTime()]);
});

t.test('an administrator ends a colleague’s sessions, also against a request under way', async (t) => {
  const site = await accounts(t);
  const desk = await site.signIn('caseworker');
  const session = await site.db
    .selectFrom('sessions')
    .selectAll()
    .where('officer_id', '=', idOf(site, 'caseworker'))
    .executeTakeFirstOrThrow();
  const administrator = await site.signIn('administrator');
  await administrator.get(`/desk/officers/${idOf(site, 'caseworker')}`);
  await Promise.all([
    administrator.send('/deeds', { deed: 'endSessions' }),
    desk.get('/desk'),
    desk.get('/desk/account'),
  ]);
  t.equal(await isSignedIn(desk), false);
  const row = await site.db
    .selectFrom('sessions')
    .select('ended_at')
    .where('id', '=', session.id)
    .executeTakeFirstOrThrow();
  t.ok(row.ended_at);
  t.same(await ledger(site), ['colleaguesSessionsEnded']);
});

/** Sets the second factor up; gives its secret and recovery codes. */
async function setUp(site: TestSite, desk: Visitor) {
  await desk.get('/desk/account/second-factor');
  const page = await desk.send('/start');
  const secret = (page.document.querySelector('#secret')?.text ?? '').replace(/\s/g, '');
  const done = await desk.send('/second-factor', { code: codeOf(site, secret) });
  const codes = done.document.querySelectorAll('#codes li').map((item) => item.text.trim());
  return { secret, codes, page, done };
}

function codeOf({ clock }: TestSite, secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: clock().getTime() + steps * 30_000 });
}

/** Signs in up to the second step. */
async function toSecondStep(site: TestSite, login: string): Promise<Visitor> {
  const visitor = visit(site.app);
  await visitor.get('/desk/sign-in?next=/desk/account');
  const page = await visitor.send('/desk/sign-in', { login, password: testPassword });
  t.match(page.address, /^\/desk\/sign-in\/code/);
  return visitor;
}

t.test('a second factor is set up by a code, and asked for when signing in', async (t) => {
  const site = await accounts(t);
  const desk = await site.signIn('caseworker');
  t.notMatch((await desk.get('/desk/account/second-factor/qr.svg')).html, /<svg/, 'nothing to show yet');
  await desk.get('/desk/account/second-factor');
  const begun = await desk.send('/start');
  t.match(begun.document.querySelector('#secret')?.text, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  t.match((await desk.get('/desk/account/second-factor/qr.svg')).html, /<svg/);
  t.equal(
    (await tryIn(site, 'caseworker', testPassword)).address,
    '/desk',
    'not asked for before it is confirmed',
  );
  await desk.get('/desk/account/second-factor');
  t.match((await desk.send('/second-factor', { code: '000000' })).status, 422);
  const { secret, codes, done } = await setUp(site, desk);
  t.match([done.status, codes.length], [200, 10]);
  const after = await desk.get('/desk/account/second-factor');
  const reloaded = await site.app.inject({
    method: 'POST',
    url: '/desk/account/second-factor',
    headers: { cookie: desk.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: after.field('_csrf') ?? '',
      code: codeOf(site, secret),
    }).toString(),
  });
  const told = await desk.get(String(reloaded.headers.location));
  t.match(
    [told.status, told.text],
    [200, /已经启用.*没有保存下来的，请换发/],
    'the page of the codes once more',
  );
  t.notMatch((await desk.get('/desk/account/second-factor')).html, codes[0], 'shown once');
  const stored = JSON.stringify([
    await site.db.selectFrom('second_factors').selectAll().execute(),
    await site.db.selectFrom('recovery_codes').selectAll().execute(),
  ]);
  t.notMatch(stored, secret);
  t.notMatch(stored, codes[0]);

  const visitor = await toSecondStep(site, 'caseworker');
  t.equal(await isSignedIn(visitor), false, 'the password alone opens nothing');
  await visitor.get('/desk/sign-in/code?next=/desk/account');
  const used = await visitor.send('', { code: codeOf(site, secret) });
  t.match([used.status, used.text], [422, /已经用过/], 'the code that confirmed it is used');
  later(site, 30_000);
  const code = codeOf(site, secret);
  t.equal((await visitor.send('', { code })).address, '/desk/account');
  const again = await toSecondStep(site, 'caseworker');
  t.equal((await again.send('', { code })).status, 422, 'the same code twice');
  t.equal((await again.send('', { code: codeOf(site, secret, -1) })).status, 422, 'an earlier one');
  t.equal((await again.send('', { code: codeOf(site, secret, 2) })).status, 422, 'two steps ahead');
  t.equal(
    (await again.send('', { code: codeOf(site, secret, 1) })).address,
    '/desk/account',
    'one step ahead',
  );
  t.same(await ledger(site), ['secondFactorOn']);
});

t.test('a recovery code signs in once; what was owed is forgotten after ten minutes', async (t) => {
  const site = await accounts(t);
  const { codes } = await setUp(site, await site.signIn('caseworker'));
  const [code = ''] = codes;
  const visitor = await toSecondStep(site, 'caseworker');
  const page = await visitor.send('', { code: code.toLowerCase() });
  t.match([page.address, page.text], [/^\/desk\/account\?/, /用掉了一个恢复码/]);
  t.match((await visitor.get('/desk/account')).text, /恢复码还有9个/);
  const again = await toSecondStep(site, 'caseworker');
  t.equal((await again.send('', { code })).status, 422);
  later(site, 10 * minuteMs);
  const late = await again.send('', { code: codes[1] ?? '' });
  t.match([late.address, late.text], [/^\/desk\/sign-in\?/, /请先输入用户名和密码.*十分钟/]);
  t.equal(late.field('next'), '/desk/account', 'where they wanted to go is kept');
  t.same(await ledger(site), ['secondFactorOn', 'recoveryCodeUsed']);
});

t.test('two who send the same code at once do not both get in', async (t) => {
  const site = await accounts(t);
  const { secret, codes } = await setUp(site, await site.signIn('caseworker'));
  later(site, 30_000);
  for (const code of [codeOf(site, secret), codes[0] ?? '']) {
    const both = await Promise.all([toSecondStep(site, 'caseworker'), toSecondStep(site, 'caseworker')]);
    const pages = await Promise.all(both.map((each) => each.send('', { code })));
    t.same(pages.map(({ status }) => status).sort(), [200, 422]);
  }
});

t.test('ten wrong codes lock the second step, whoever has the password', async (t) => {
  const site = await accounts(t);
  const { secret } = await setUp(site, await site.signIn('caseworker'));
  const visitor = await toSecondStep(site, 'caseworker');
  for (let tries = 0; tries < 9; tries += 1) await visitor.send('', { code: '12345' });
  t.match((await visitor.send('', { code: '12345' })).text, /请在15分钟以后再试/);
  later(site, 30_000);
  const fresh = await toSecondStep(site, 'caseworker');
  t.equal((await fresh.send('', { code: codeOf(site, secret) })).status, 429);
});

t.test(
  'turning it off or new recovery codes want password and code; an administrator resets it',
  async (t) => {
    const site = await accounts(t);
    const desk = await site.signIn('caseworker');
    const { secret, codes } = await setUp(site, desk);
    later(site, 30_000);
    await desk.get('/desk/account/second-factor');
    const right = { currentPassword: testPassword, code: codeOf(site, secret) };
    const change = (typed: Record<string, string>, deed: string) => desk.send('/change', { ...typed, deed });
    t.equal((await change({ ...right, currentPassword: 'wrong password' }, 'stop')).status, 422);
    t.equal((await change({ ...right, code: '000000' }, 'stop')).status, 422);
    const renewed = await change(right, 'renew');
    t.equal(renewed.document.querySelectorAll('#codes li').length, 10);
    await desk.get('/desk/account/second-factor');
    t.equal((await change({ ...right, code: codes[0] ?? '' }, 'stop')).status, 422, 'an old recovery code');
    later(site, 30_000);
    t.match((await change({ ...right, code: codeOf(site, secret) }, 'stop')).text, /二次验证已停用/);
    t.equal((await tryIn(site, 'caseworker', testPassword)).address, '/desk');

    await setUp(site, desk);
    const administrator = await site.signIn('administrator');
    await administrator.get(`/desk/officers/${idOf(site, 'caseworker')}`);
    t.match((await administrator.send('/deeds', { deed: 'resetSecondFactor' })).text, /已重置/);
    t.equal(await isSignedIn(desk), false);
    t.equal((await tryIn(site, 'caseworker', testPassword)).address, '/desk');
    t.same(await ledger(site), [
      'secondFactorOn',
      'recoveryCodesRenewed',
      'secondFactorOff',
      'secondFactorOn',
      'secondFactorReset',
    ]);
  },
);

t.test('where an agency wants second factors, nobody there does anything else before', async (t) => {
  const site = await accounts(t);
  const desk = await site.signIn('caseworker');
  const elsewhere = await site.signIn('other');
  const administrator = await site.signIn('administrator');
  const form = await site.signIn('second');
  await form.get('/desk/consultations/new');
  await administrator.get('/desk/officers');
  const led = await administrator.send('/officers/second-factor');
  t.match([led.address, led.text], ['/desk/account/second-factor', /请先启用/]);
  for (const page of ['/desk', '/desk/account', '/desk/consultations/new'])
    t.equal((await desk.get(page)).address, '/desk/account/second-factor', page);
  t.equal((await elsewhere.get('/desk/officers')).address, '/desk/officers', 'another agency goes on');
  const kept = await form.send('/desk/consultations', { kind: 'rule', source: '写了很久的公告' });
  t.match([kept.status, kept.text], [409, /请先启用.*写了很久的公告/], 'no word is lost');
  await setUp(site, desk);
  t.equal(await isSignedIn(desk), true);
  await setUp(site, administrator);
  await administrator.get('/desk/officers');
  await administrator.send('/officers/second-factor');
  const second = await site.signIn('second');
  t.equal(await isSignedIn(second), true, 'no longer wanted');
});

t.test('whoever left the office cannot sign in, is signed out, and stays in the history', async (t) => {
  const site = await accounts(t);
  await address(site, 'caseworker', 'zhao@example.cn');
  const desk = await site.signIn('caseworker');
  const administrator = await site.signIn('administrator');
  await administrator.get(`/desk/officers/${idOf(site, 'caseworker')}`);
  t.match((await administrator.send('/deeds', { deed: 'disable' })).text, /停用/);
  t.equal(await isSignedIn(desk), false);
  t.equal((await tryIn(site, 'caseworker', testPassword)).status, 422);
  const visitor = visit(site.app);
  await visitor.get('/desk/forgotten-password');
  await visitor.send('', { login: 'caseworker' });
  t.same(await post(site), []);
  t.match((await administrator.get('/desk/officers')).text, /caseworker.*已停用/);
  await administrator.get(`/desk/officers/${idOf(site, 'caseworker')}`);
  await administrator.send('/deeds', { deed: 'enable' });
  t.equal((await tryIn(site, 'caseworker', testPassword)).address, '/desk');
  t.same(await ledger(site), ['officerDisabled', 'officerEnabled']);
});

t.test('nobody manages themselves or another agency, nor an approver anybody', async (t) => {
  const site = await accounts(t);
  const administrator = await site.signIn('administrator');
  t.equal((await administrator.get(`/desk/officers/${idOf(site, 'administrator')}`)).status, 404);
  t.equal((await administrator.get(`/desk/officers/${idOf(site, 'other')}`)).status, 404);
  const approver = await site.signIn('approver');
  t.equal((await approver.get(`/desk/officers/${idOf(site, 'caseworker')}`)).status, 403);
});

t.test('a further agency gets its first administrator by a link, and sees only its own', async (t) => {
  const site = await accounts(t);
  const token = await createAgencyInvitation(site.db, site.deps.random, site.clock());
  const visitor = visit(site.app);
  await visitor.get(`/desk/invitations/${token}`);
  const typed = {
    agencyName: '清源县水务局',
    agencyShort: '县教育局',
    siteName: '清源县人民政府网',
    officerName: '季承安',
    login: 'caseworker',
    password: testPassword,
    passwordAgain: testPassword,
  };
  const taken = await visitor.send('', typed);
  t.match(
    [taken.status, taken.text, taken.field('officerName')],
    [422, /已有这个机关.*已经有人使用/, '季承安'],
  );
  const home = await visitor.send('', { ...typed, agencyName: '清源县教育局', login: 'jichengan' });
  t.match([home.status, home.text], [200, /清源县教育局 管理员/]);
  const colleagues = await visitor.get('/desk/officers');
  t.match(colleagues.text, /季承安/);
  t.notMatch(colleagues.text, /approver/);
  t.equal((await visit(site.app).get(`/desk/invitations/${token}`)).status, 404, 'used up');
});
