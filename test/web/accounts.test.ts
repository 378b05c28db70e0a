import t from 'tap';
import { queueOfficerLetter } from '../../src/db/officer-letters.ts';
import { transaction } from '../../src/db/session.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testPassword, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const newcomer = { officerName: '方静', login: 'fang', email: 'fang@example.cn', role: 'approver' };

t.test('a colleague with an address is invited by letter, and the link is shown to nobody', async (t) => {
  const site = await testSite(t);
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
  const [, token = ''] = /\/desk\/invitations\/([\w-]+)\n/.exec(letter?.text ?? '') ?? [];
  const stored = await site.db.selectFrom('letters').selectAll().execute();
  t.notMatch(JSON.stringify(stored), token, 'the database does not tell the link');
  const invited = visit(site.app);
  t.match((await invited.get(`/desk/invitations/${token}`)).text, /方静，您好/);
  const home = await invited.send('', { password: testPassword, passwordAgain: testPassword });
  t.match(home.text, /审核人/);
});

t.test('a letter to an officer without an address, or who lost it meanwhile, is not sent', async (t) => {
  const site = await testSite(t);
  t.equal(await queue(site), false);
  await site.db.updateTable('officers').set({ email: 'tan@example.cn' }).execute();
  t.equal(await queue(site), true);
  await site.db.updateTable('officers').set({ email: '' }).execute();
  t.same(await post(site), []);
  t.match(await site.db.selectFrom('letters').selectAll().executeTakeFirst(), { failed_at: Date });
});

function queue({ db, deps, officers, clock }: TestSite): Promise<boolean> {
  const detail = { by: '', sealedToken: deps.secrets.seal('token').toString('base64') };
  const officerId = officers['approver']?.id ?? 0;
  return transaction(db, (trx) =>
    queueOfficerLetter(trx, { kind: 'passwordReset', officerId, detail }, clock()),
  );
}
