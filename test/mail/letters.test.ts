import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import t, { type Test } from 'tap';
import type { DueLetter } from '../../src/db/letters.ts';
import { receiptByToken } from '../../src/db/receipts.ts';
import { connections, folderTransport, type MailTransport, smtpTransport } from '../../src/mail/transport.ts';
import { composeLetter, letterSender } from '../../src/mail/worker.ts';
import { form, publish, submit } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { type TestSite, testSite } from '../support.ts';

interface Post {
  readonly url: string;
  readonly arrived: string[];
}

/** A real SMTP server; `refuse` gives the code with which it refuses an address, or 0. */
async function smtp(t: Test, refuse: (address: string) => number = () => 0): Promise<Post> {
  const arrived: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = refuse(address);
      done(
        responseCode
          ? Object.assign(new Error(`<${address.toUpperCase()}> refused`), { responseCode })
          : undefined,
      );
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        arrived.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  return { url: `smtp://127.0.0.1:${await listening(t, server)}`, arrived };
}

async function listening(t: Test, server: SMTPServer): Promise<number> {
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise<void>((resolve) => server.close(resolve)));
  return (server.server.address() as AddressInfo).port;
}

async function oneLetterDue(t: Test, email = 'zhu@example.cn') {
  const site = await testSite(t);
  const consultation = await publish(site.db, site.officers['caseworker'] as never, site.clock());
  await submit(site.db, await form(site.db, consultation.number, site.clock(), { email }), site.clock());
  return site;
}

const work = (site: TestSite, transport: MailTransport) => sender(site, transport)();

function sender(site: TestSite, transport: MailTransport, stop = new AbortController().signal) {
  const { db, clock, deps } = site;
  const { sentences, secrets } = deps;
  const composing = { db, sentences, secrets, publicUrl: 'https://jianyan.example.cn' };
  const compose = (letter: DueLetter) => composeLetter(composing, letter);
  return letterSender({ db, transport, compose, clock, signal: stop });
}

function opened(t: Test, url: string): MailTransport {
  const transport = smtpTransport(url, 'jianyan@example.cn');
  t.teardown(() => transport.close());
  return transport;
}

const decoded = (mail: string) => Buffer.from(mail.split(/\r?\n\r?\n/)[1] ?? '', 'base64').toString();

t.test('whoever left an address gets the receipt by letter, once', async (t) => {
  const site = await oneLetterDue(t);
  const post = await smtp(t);
  const transport = opened(t, post.url);
  t.equal(await work(site, transport), 1);
  t.equal(await work(site, transport), 0);
  t.equal(post.arrived.length, 1);
  const [mail = ''] = post.arrived;
  t.match(mail, /^Message-ID: <letter-1\.2026-0001@jianyan\.example\.cn>/m);
  t.match(mail, /^Auto-Submitted: auto-generated/m);
  t.match(
    decoded(mail),
    /清源县农村供水管理办法（征求意见稿）[\s\S]*https:\/\/jianyan\.example\.cn\/receipts\/receipt-[\s\S]*第三条/,
  );
});

t.test('the receipt by letter holds every comment, the address and the seal', async (t) => {
  const site = await testSite(t);
  const consultation = await publish(site.db, site.officers['caseworker'] as never, site.clock());
  const quotation = { exact: '每日检测水质', prefix: '', suffix: '' };
  const comments = [
    { clause: 'art_3', text: '请写明项目。', quotation, proposedWording: '每日检测浊度；' },
    { stance: 'question', text: '何时施行？\n从明年起？' },
  ] as const;
  const sent = { receivedAt: site.clock(), email: 'zhu@example.cn' };
  const token = await stored(site.db, consultation, comments, sent);
  const receipt = await receiptByToken(site.db, token);
  const post = await smtp(t);
  t.equal(await work(site, opened(t, post.url)), 1);
  const text = decoded(post.arrived[0] ?? '');
  t.match(
    text,
    /共2条.*1．第三条（修改）\n引用原文：每日检测水质\n请写明项目。\n建议改为：每日检测浊度；\n/s,
  );
  t.match(text, '2．整体意见（疑问）\n何时施行？\n从明年起？\n');
  t.ok(text.includes(`https://jianyan.example.cn/receipts/${token}\n`));
  t.ok(receipt?.seal && text.includes(receipt.seal.salt) && text.includes(receipt.seal.hash));
});

t.test('two workers at once never send one letter twice', async (t) => {
  const site = await oneLetterDue(t);
  const post = await smtp(t);
  const sent = await Promise.all([work(site, opened(t, post.url)), work(site, opened(t, post.url))]);
  t.equal(sent[0] + sent[1], 1);
  t.equal(post.arrived.length, 1);
});

t.test('a server that is busy is tried again later, with growing pauses', async (t) => {
  const site = await oneLetterDue(t);
  let code = 451;
  const post = await smtp(t, () => code);
  const transport = opened(t, post.url);
  t.equal(await work(site, transport), 0);
  t.equal(await work(site, transport), 0, 'not at once');
  code = 0;
  site.clock.set(new Date(site.clock().getTime() + 11_000));
  t.equal(await work(site, transport), 1);
});

t.test('an address refused for good is set aside, and the note does not hold it', async (t) => {
  const site = await oneLetterDue(t, 'gone@example.cn');
  const post = await smtp(t, () => 550);
  t.equal(await work(site, opened(t, post.url)), 0);
  const letter = await site.db.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
  t.ok(letter.failed_at);
  t.match(letter.last_error, /550|refused/);
  t.notMatch(letter.last_error, /gone@example/i);
});

t.test('a worker that died gives its letter to the next one when its lease is over', async (t) => {
  const site = await oneLetterDue(t);
  const post = await smtp(t);
  await new Promise<void>((begun) => {
    const dying: MailTransport = { send: () => new Promise(() => begun()), close: () => {} };
    void work(site, dying);
  });
  const transport = opened(t, post.url);
  t.equal(await work(site, transport), 0);
  site.clock.set(new Date(site.clock().getTime() + 301_000));
  t.equal(await work(site, transport), 1);
});

t.test('letters that wait behind slow ones are sent by another worker, and by that one only', async (t) => {
  const site = await oneLetterDue(t);
  const { number } = await site.db.selectFrom('consultations').select('number').executeTakeFirstOrThrow();
  for (const email of ['a@example.cn', 'b@example.cn', 'c@example.cn'])
    await submit(site.db, await form(site.db, number, site.clock(), { email }), site.clock());
  const post = await smtp(t);
  const fast = opened(t, post.url);
  const [bothUnderWay, mayGoOn] = [signal(), signal()];
  let underWay = 0;
  const slow: MailTransport = {
    close: () => {},
    send: async (mail) => {
      underWay += 1;
      if (underWay === 2) bothUnderWay.give();
      await mayGoOn.given;
      await fast.send(mail);
    },
  };
  const slowRun = work(site, slow);
  await bothUnderWay.given;
  site.clock.set(new Date(site.clock().getTime() + 290_000));
  t.equal(await work(site, fast), 2, 'those that waited');
  mayGoOn.give();
  t.equal(await slowRun, 2, 'those under way');
  t.equal(post.arrived.length, 4);
  t.equal(new Set(post.arrived.map((mail) => /^Message-ID: .*$/m.exec(mail)?.[0])).size, 4, 'each once');
});

t.test(
  'a process that is to end sends the letters under way and leaves the others to the next',
  async (t) => {
    const site = await oneLetterDue(t);
    const { number } = await site.db.selectFrom('consultations').select('number').executeTakeFirstOrThrow();
    for (let nr = 0; nr < connections + 1; nr += 1)
      await submit(
        site.db,
        await form(site.db, number, site.clock(), { email: `${nr}@example.cn` }),
        site.clock(),
      );
    const stopping = new AbortController();
    const last: MailTransport = { close: () => {}, send: async () => stopping.abort() };
    const sent = await sender(site, last, stopping.signal)();
    t.ok(sent >= 1 && sent <= connections, `${sent} of ${connections + 2}`);
    t.equal(
      await work(site, { close: () => {}, send: async () => {} }),
      connections + 2 - sent,
      'the next one',
    );
  },
);

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

t.test(
  'a letter handed over while the database was away is noted when it is back, and not sent again',
  async (t) => {
    const site = await oneLetterDue(t);
    const post = await smtp(t);
    const transport = opened(t, post.url);
    const send = sender(site, {
      ...transport,
      send: async (mail) => {
        await transport.send(mail);
        await sql`alter table letters rename to gone`.execute(site.db);
      },
    });
    await t.rejects(send());
    await t.rejects(send());
    await sql`alter table gone rename to letters`.execute(site.db);
    const sentAt = site.clock();
    site.clock.set(new Date(site.clock().getTime() + 301_000));
    t.equal(await send(), 0);
    t.equal(post.arrived.length, 1);
    const letter = await site.db.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    t.same(letter.sent_at, sentAt);
  },
);

t.test('a server that refuses us, and not the letter, is tried again', async (t) => {
  const site = await oneLetterDue(t);
  const refused = (responseCode: number) => Object.assign(new Error('refused'), { responseCode });
  const unknown = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refused(535)),
  });
  const unwanted = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, done) => done(refused(550)),
  });
  for (const [server, user] of [
    [unknown, 'jianyan:wrong@'],
    [unwanted, ''],
  ] as const) {
    const port = await listening(t, server);
    t.equal(await work(site, opened(t, `smtp://${user}127.0.0.1:${port}`)), 0);
    const letter = await site.db.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    t.match(letter.last_error, /refused/);
    t.equal(letter.failed_at, null);
    site.clock.set(letter.due_at);
  }
});

t.test('a letter whose address was erased is set aside', async (t) => {
  const site = await oneLetterDue(t);
  await site.db.updateTable('submissions').set({ email: '' }).execute();
  const post = await smtp(t);
  t.equal(await work(site, opened(t, post.url)), 0);
  const letter = await site.db.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
  t.ok(letter.failed_at);
  t.match(letter.last_error, /erased/);
});

t.test('without SMTP letters land as files, one each however often they are written', async (t) => {
  const site = await oneLetterDue(t);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-outbox-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const transport = folderTransport(folder, 'jianyan@example.cn');
  t.equal(await work(site, transport), 1);
  await site.db.updateTable('letters').set({ sent_at: null }).execute();
  t.equal(await work(site, transport), 1);
  const files = readdirSync(folder);
  t.equal(files.length, 1);
  t.match(decoded(readFileSync(path.join(folder, files[0] ?? ''), 'utf8')), /回执编号/);
});
