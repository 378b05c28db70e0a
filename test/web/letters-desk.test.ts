import t, { type Test } from 'tap';
import { form, publish, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';

async function withLetters(t: Test, emails: readonly string[], environment: Record<string, string> = {}) {
  const site = await testSite(t, { environment });
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  for (const email of emails)
    await submit(site.db, await form(site.db, consultation.number, site.clock(), { email }), site.clock());
  return { ...site, consultation, at: `/desk/consultations/${consultation.id}` };
}

const setAside = ({ db, clock }: TestSite) =>
  db
    .updateTable('letters')
    .set({ failed_at: clock(), attempts: 12, last_error: '550 (address) unknown' })
    .execute();
const smtp = { SMTP_URL: 'smtp://127.0.0.1:25' };

t.test('officers see what became of each letter, and of its address the first character only', async (t) => {
  const site = await withLetters(t, ['zhu@example.cn', '', 'wen@example.org'], smtp);
  const visitor = await site.signIn('caseworker');
  const page = await visitor.get(`${site.at}/letters`);
  t.match(page.text, /待发2 封 已发0 封 未能送达0 封/);
  t.match(page.text, /回执：2026-\d+-\d+3.*w\*\*@example\.org.*回执：2026-\d+-\d+1.*z\*\*@example\.cn/);
  t.notMatch(page.html, /zhu@|wen@|再发|看全文/);
  t.notMatch((await visitor.get(site.at)).text, '未能送达');
  t.equal((await (await site.signIn('other')).get(`${site.at}/letters`)).status, 404);
});

t.test('letters that were set aside are told with the reason, and sent again by whoever may', async (t) => {
  const site = await withLetters(t, ['zhu@example.cn', 'wen@example.org', 'lu@example.org'], smtp);
  await setAside(site);
  const approver = await site.signIn('approver');
  t.match((await approver.get(`${site.at}/letters`)).text, /未能送达3 封.*试过12次.*550 \(address\) unknown/);
  t.notMatch(approver.page().html, '再发一次</button>');
  const visitor = await site.signIn('caseworker');
  t.match((await visitor.get(site.at)).text, '有3封给提出者的邮件未能送达');
  await visitor.get(`${site.at}/letters?show=failed`);
  const oldest =
    visitor.page().document.querySelectorAll('li [name=letter]').at(-1)?.getAttribute('value') ?? '';
  t.match(
    (await visitor.send('/letters', { letter: oldest })).text,
    /已重新排队.*待发1 封 已发0 封 未能送达2 封/,
  );
  const [again] = await site.db.selectFrom('letters').selectAll().where('failed_at', 'is', null).execute();
  t.match(again, { id: Number(oldest), attempts: 0, due_at: site.clock() });
  t.match((await visitor.send('/letters', { letter: 'all' })).text, /待发3 封 已发0 封 未能送达0 封/);
  t.match((await visitor.get(site.at)).text, /重发未能送达的邮件（2封）.*重发未能送达的邮件（1封）/);
});

t.test('a letter that somebody else sent again meanwhile is not queued twice', async (t) => {
  const site = await withLetters(t, ['zhu@example.cn'], smtp);
  await setAside(site);
  const [one, other] = [await site.signIn('caseworker'), await site.signIn('second')];
  await one.get(`${site.at}/letters`);
  await other.get(`${site.at}/letters`);
  await one.send('/letters', { letter: 'all' });
  const stale = await other.send('/letters', { letter: 'all' });
  t.equal(stale.status, 409);
  t.match(stale.text, /没有再发.*待发1 封/);
});

t.test('without a mail server each letter can be read, and says that nothing was sent', async (t) => {
  const site = await withLetters(t, ['zhu@example.cn']);
  const visitor = await site.signIn('caseworker');
  const page = await visitor.get(`${site.at}/letters`);
  t.match(page.text, '都没有真正寄出');
  const to = page.document.querySelectorAll('a').find((link) => link.text.startsWith('看全文'));
  const letter = await visitor.get(to?.getAttribute('href') ?? '');
  t.match(letter.text, /您的意见已收到（回执编号 2026-.*没有真正寄出.*z\*\*@example\.cn.*建议写明检测项目/);
  t.match(
    letter.text,
    'http://localhost:3000/receipts/…………',
    'the very text that would be sent, but for the address',
  );
  t.notMatch(letter.document.toString(), 'receipts/receipt-', 'who has the address could withdraw');
  t.equal((await visitor.get(`${site.at}/letters/999`)).status, 404);
});

t.test('where letters are really sent, their text is the commenter’s alone', async (t) => {
  const site = await withLetters(t, ['zhu@example.cn'], smtp);
  const { id } = await site.db.selectFrom('letters').select('id').executeTakeFirstOrThrow();
  t.equal((await (await site.signIn('administrator')).get(`${site.at}/letters/${id}`)).status, 404);
});

t.test('page after page shows every letter once', async (t) => {
  const emails = Array.from({ length: 120 }, (_, each) => (each % 2 ? `a${each}@example.cn` : ''));
  const site = await withLetters(t, emails);
  const { db } = site;
  await db
    .insertInto('letters')
    .columns(['kind', 'submission_id', 'created_at', 'due_at'])
    .expression(
      db
        .selectFrom('letters')
        .select(({ val }) => [val('answer' as const).as('kind'), 'submission_id', 'created_at', 'due_at']),
    )
    .execute();
  const visitor = await site.signIn('approver');
  const shown: string[] = [];
  for (let to = `${site.at}/letters?show=waiting`; to; ) {
    const { document } = await visitor.get(to);
    shown.push(...document.querySelectorAll('.list h3').map((heading) => heading.text));
    const next = document.querySelectorAll('main a').find((link) => link.text === '下一页');
    to = next?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';
  }
  t.equal(shown.length, 120);
  t.equal(new Set(shown).size, 120);
});
