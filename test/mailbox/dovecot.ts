import t, { type Test } from 'tap';
import { MailboxBroken } from '../../src/intake/imap.ts';
import { readMailbox } from '../../src/intake/mailbox.ts';
import { publish } from '../consultation.ts';
import { message, part, parts } from '../intake/letters.ts';
import { type TestSite, testSite } from '../support.ts';
import { type Dovecot, dovecot } from './dovecot-server.ts';

const address = 'shuiwu@qingyuan.example.cn';
t.setTimeout(300_000);

interface Office extends TestSite {
  readonly server: Dovecot;
  /** Reads the mailbox as another process does, once it is due. */
  readonly read: (change?: Partial<Dovecot['mailbox']>) => Promise<number>;
}

async function office(t: Test): Promise<Office> {
  const site = await testSite(t);
  await publish(site.db, site.officers['caseworker'] as never, site.clock());
  const server = await dovecot(t, address);
  const read = (change = {}) => {
    site.clock.set(new Date(site.clock().getTime() + 15 * 60_000));
    const { signal } = new AbortController();
    const work = { ...site.deps, signal, filesAlone: '见附件', ours: [address] };
    return readMailbox(work, { ...server.mailbox, ...change });
  };
  return { ...site, server, read };
}

const texts = async ({ db }: TestSite) =>
  (await db.selectFrom('comments').select('text').orderBy('id').execute()).map(({ text }) => text);
const failureOf = (reading: Promise<number>) =>
  reading.then(
    () => null,
    (error: unknown) => (error instanceof MailboxBroken ? error.failure : Promise.reject(error as Error)),
  );

t.test('dovecot gives its messages once, with time and files, and keeps them marked as read', async (t) => {
  const site = await office(t);
  const at = site.clock();
  const file = ['Content-Disposition: attachment; filename="a.txt"'];
  await site.server.put(message({ text: '第三条' }), at);
  await site.server.put(
    parts({}, part('text/plain; charset=utf-8', '第四条'), part('x/y', '文件', file)),
    at,
  );
  await site.server.put(message({ subject: '自动回复' }), at);
  await site.server.put(message({ text: '早先的' }), new Date(at.getTime() - 1_000));
  t.equal(await site.read(), 3);
  t.equal(await site.read(), 0);
  t.same(await texts(site), ['第三条', '第四条']);
  const [first] = await site.db.selectFrom('submissions').selectAll().orderBy('id').execute();
  t.same(first?.received_at, at);
  t.match(await site.db.selectFrom('attachments').select('name').execute(), [{ name: 'a.txt' }]);
  t.same(await site.server.flags(), [['\\Seen'], ['\\Seen'], ['\\Seen'], []]);
});

t.test('a mailbox that has other UIDs gives nothing twice', async (t) => {
  const site = await office(t);
  for (const text of ['第三条', '第四条']) await site.server.put(message({ text }), site.clock());
  t.equal(await site.read(), 2);
  const before = await site.db.selectFrom('mailboxes').select('uid_validity').executeTakeFirstOrThrow();
  await site.server.renumber();
  await site.server.put(message({ text: '第五条' }), site.clock());
  t.equal(await site.read(), 1);
  const after = await site.db.selectFrom('mailboxes').select('uid_validity').executeTakeFirstOrThrow();
  t.not(after.uid_validity, before.uid_validity);
  t.same(await texts(site), ['第三条', '第四条', '第五条']);
});

t.test('dovecot’s refusals are told apart', async (t) => {
  const site = await office(t);
  t.equal(await failureOf(site.read({ password: 'another' })), 'refused');
  t.equal(await failureOf(site.read({ folder: 'nowhere' })), 'noFolder');
  await site.server.kill();
  t.equal(await failureOf(site.read()), 'unreachable');
  await site.server.start();
  t.equal(await failureOf(site.read()), null);
});

t.test('dovecot killed again and again while it is read loses and doubles nothing', async (t) => {
  const site = await office(t);
  const count = 60;
  for (let each = 0; each < count; each += 1)
    await site.server.put(message({ text: `第三条 ${each}` }), site.clock());
  const stored = async () => (await texts(site)).length;
  for (let round = 1; round <= 5; round += 1) {
    let isOver = false;
    const reading = failureOf(site.read()).finally(() => {
      isOver = true;
    });
    // The kill falls between two messages, or within one.
    while (!isOver && (await stored()) < round * 8) await new Promise((resolve) => setImmediate(resolve));
    await site.server.kill();
    t.not(await reading, null, `round ${round}: the reader noticed`);
    await site.server.start();
  }
  t.equal(await failureOf(site.read()), null);
  t.same(
    await texts(site),
    Array.from({ length: count }, (_, each) => `第三条 ${each}`),
  );
  t.ok((await site.server.flags()).every((flags) => flags.includes('\\Seen')));
});
