import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { type ArrivedMessage, takeMessage } from '../../src/actions/take-message.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { takeMailbox } from '../../src/db/mailboxes.ts';
import type { MailboxFailure } from '../../src/domain/mail.ts';
import { automaticSign } from '../../src/domain/mail-signs.ts';
import { MailboxBroken } from '../../src/intake/imap.ts';
import { type MailboxWork, readMailbox } from '../../src/intake/mailbox.ts';
import { folderTransport } from '../../src/mail/transport.ts';
import { composeLetter, letterSender } from '../../src/mail/worker.ts';
import { readMailboxes } from '../../src/mailbox-setting.ts';
import { close, publish } from '../consultation.ts';
import { photo } from '../fixtures/photo.ts';
import { type TestSite, testSite } from '../support.ts';
import { breakingLine, type ImapServer, imapServer, mailboxAt, user } from './imap-server.ts';
import { message, part, parts } from './letters.ts';

const leaseMs = 5 * 60_000;
const address = 'shuiwu@qingyuan.example.cn';

interface Office extends TestSite {
  readonly server: ImapServer;
  readonly consultation: PublishedConsultation;
  readonly work: MailboxWork;
  /** Reads the mailbox as another 30 s have gone by. */
  readonly read: () => Promise<number>;
}

async function office(t: Test): Promise<Office> {
  const site = await testSite(t);
  const consultation = await publish(site.db, site.officers['caseworker'] as never, site.clock());
  const server = await imapServer(t, address);
  const work = workOf(site);
  const read = () => {
    pass(site, 30_000);
    return readMailbox(work, server.mailbox);
  };
  return { ...site, server, consultation, work, read };
}

function workOf({ deps }: TestSite): MailboxWork {
  const { signal } = new AbortController();
  return {
    ...deps,
    signal,
    filesAlone: deps.sentences.mail.filesAlone,
    ours: ['jianyan@localhost', address],
  };
}

/** The first message of the mailbox, as a process holds it that is about to store it. */
async function firstOf({ server, work, clock }: Office): Promise<ArrivedMessage> {
  const raw = Buffer.from(server.inbox.messages[0]?.raw ?? '', 'binary');
  const mail = await work.readMessage(raw);
  const place = { mailbox: address, uidValidity: server.inbox.uidvalidity, uid: 1 };
  const kept = mail && { mail, files: [], unkept: 0 };
  return { ...place, receivedAt: clock(), size: raw.length, raw, kept, isRead: true };
}

/** How a reading failed; null when it did not. */
function failureOf(reading: Promise<number>): Promise<MailboxFailure | null> {
  return reading.then(
    () => null,
    (error: unknown) => (error instanceof MailboxBroken ? error.failure : Promise.reject(error as Error)),
  );
}

const marks = ({ server }: Pick<Office, 'server'>) => server.inbox.messages.map(({ flags }) => flags);

function pass({ clock }: TestSite, ms: number): void {
  clock.set(new Date(clock().getTime() + ms));
}

const messages = ({ db }: TestSite) => db.selectFrom('mail_messages').selectAll().orderBy('id').execute();
const submissions = ({ db }: TestSite) => db.selectFrom('submissions').selectAll().orderBy('id').execute();
const comments = ({ db }: TestSite) =>
  db
    .selectFrom('comments as k')
    .leftJoin('clauses as c', 'c.id', 'k.clause_id')
    .select(['k.text', 'k.clause_from', 'k.stance', 'c.address'])
    .orderBy('k.id')
    .execute();
const letters = ({ db }: TestSite) => db.selectFrom('letters').selectAll().orderBy('id').execute();

t.test(
  'a message becomes a submission: sender, words, time of receipt, a guessed clause, and a receipt',
  async (t) => {
    const site = await office(t);
    const at = site.clock();
    site.server.put(
      message({ subject: '对征求意见稿的意见', text: '第三条第（一）项应当写明检测哪些项目。\r\n张三' }),
      at,
    );
    t.equal(await site.read(), 1);
    const [submission] = await submissions(site);
    t.match(submission, {
      channel: 'email',
      name: '张三',
      email: 'zhangsan@example.cn',
      phone: '',
      commenter_kind: 'individual',
      consent: 'withoutName',
      received_at: at,
      dated_at: at,
      entered_by: null,
    });
    t.same(await comments(site), [
      {
        text: '对征求意见稿的意见\n\n第三条第（一）项应当写明检测哪些项目。\n张三',
        clause_from: 'guess',
        stance: 'other',
        address: 'art_3__subpara_1',
      },
    ]);
    const receipt = `/receipts/${submission?.receipt_token}`;
    const canonical = await site.app.inject(`${receipt}/canonical.json`);
    t.match(canonical.json(), { channel: 'email', comments: [{ clause: '' }] }, 'a guess is not sealed');
    t.match(await letters(site), [{ kind: 'receipt', submission_id: submission?.id }]);
    t.match(await messages(site), [
      { state: 'taken', submission_id: submission?.id, raw: null, sender: '', subject: '', excerpt: '' },
    ]);
    t.same(site.server.inbox.messages[0]?.flags, ['\\Seen']);
  },
);

t.test('MAILBOXES names what is wrong with an entry, and never what stands in it', async (t) => {
  const read = (text: string) => {
    const problems: string[] = [];
    return { mailboxes: readMailboxes(text, (problem) => void problems.push(problem)), problems };
  };
  const one = 'imaps://yijian%40Example.cn:p%3Aw%2F@mail.example.cn';
  const other = 'imap://shuiwu:pw@127.0.0.1:1143/In%20Box?address=Shuiwu@example.cn&spam=X-Filter:Junk';
  t.same(read(`${one}  ${other}`), {
    mailboxes: [
      {
        ...{ address: 'yijian@example.cn', host: 'mail.example.cn', port: 993, secure: true },
        ...{ user: 'yijian@Example.cn', password: 'p:w/', folder: 'INBOX', spam: [] },
      },
      {
        ...{ address: 'shuiwu@example.cn', host: '127.0.0.1', port: 1143, secure: false },
        ...{ user: 'shuiwu', password: 'pw', folder: 'In Box', spam: [{ name: 'x-filter', value: 'Junk' }] },
      },
    ],
    problems: [],
  });
  t.same(read(''), { mailboxes: [], problems: [] });
  for (const wrong of [
    ...['secret', 'pop3://secret:secret@a.cn', 'imaps://secret@a.cn', 'imaps://:secret@a.cn'],
    ...[
      'imaps://user:secret@a.cn',
      'imaps://a%40b.cn:secret%zz@c.cn',
      'imaps://a%40b.cn:secret@c.cn?secret=1',
    ],
    ...['imaps://a%40b.cn:secret@c.cn?spam=secret', 'imaps://a%40b.cn:secret@c.cn:99999'],
    ...['imaps://a%40b.cn:secret@c.cn imaps://a%40b.cn:secret@d.cn'],
  ]) {
    const { problems } = read(wrong);
    t.equal(problems.length, 1, wrong);
    t.match(problems[0], /^MAILBOXES/);
    t.notMatch(problems[0], /secret/, wrong);
  }
});

t.test('whatever a mail program writes becomes text, and files are kept', async (t) => {
  const site = await office(t);
  const put = (raw: string | Buffer) => site.server.put(raw, site.clock());
  const gb18030 = Buffer.from('tdrLxMz106a1sbC0vL68xsG/ytW30Q==', 'base64');
  put(
    message({ subject: '一' }, 'text/plain; charset=gb18030').replace(
      /\r\n\r\n$/,
      `\r\n\r\n${gb18030.toString('base64')}`,
    ),
  );
  const raw = message({ subject: '' }, 'text/plain').replace(
    'Content-Transfer-Encoding: base64',
    'X-Old: yes',
  );
  put(Buffer.concat([Buffer.from(raw), gb18030, gb18030, gb18030]));
  put(
    message(
      { text: '<p>第四条<br>改为<del>按月</del>按季</p><p><a href="https://a.example.cn/B">依据</a></p>' },
      'text/html; charset=utf-8',
    ),
  );
  put(
    parts(
      { type: 'alternative' },
      part('text/plain; charset=utf-8', '第四条 按季计量'),
      part('text/html; charset=utf-8', '<div>第四条&nbsp;按季计量</div>'),
    ),
  );
  put(
    parts(
      { type: 'alternative' },
      part('text/plain; charset=utf-8', '请用网页方式查看'),
      part(
        'text/html; charset=utf-8',
        '<table><tr><td>第四条应当写明计量的单位和收费的时间</td></tr></table>',
      ),
    ),
  );
  put(
    parts(
      { subject: '附件是我们的意见' },
      part('text/plain; charset=utf-8', '见附件。'),
      part('application/octet-stream', '第一条应当修改。', [
        'Content-Disposition: attachment; filename="yijian.txt"',
      ]),
      part('image/jpeg', await photo(), ['Content-Disposition: inline; filename="a.jpg"']),
    ),
  );
  put(
    parts(
      {},
      part('text/plain', ''),
      part('text/plain', '意见一', ['Content-Disposition: attachment; filename="b.txt"']),
    ),
  );
  put(message({ subject: '第五条推迟施行', text: '' }));
  t.equal(await site.read(), 8);
  t.same(
    (await comments(site)).map(({ text }) => text),
    [
      '一\n\n第四条应当按季计量收费',
      '第四条应当按季计量收费第四条应当按季计量收费第四条应当按季计量收费',
      '第四条\n改为按月按季\n依据（https://a.example.cn/B）',
      '第四条 按季计量',
      '请用网页方式查看\n\n第四条应当写明计量的单位和收费的时间',
      '附件是我们的意见\n\n见附件。',
      '（邮件没有正文，意见见附件）',
      '第五条推迟施行',
    ],
  );
  const files = await site.db
    .selectFrom('attachments')
    .select(['name', 'media_type', 'size'])
    .orderBy('id')
    .execute();
  t.match(files, [
    { name: 'yijian.txt', media_type: 'text/plain' },
    { name: 'a.jpg', media_type: 'image/jpeg' },
    { name: 'b.txt', media_type: 'text/plain' },
  ]);
  t.ok((await messages(site)).every(({ state, raw }) => state === 'taken' && raw === null));
});

t.test('a file that is not taken keeps its message, so that nothing is lost', async (t) => {
  const site = await office(t);
  const program = ['Content-Disposition: attachment; filename="a.exe"'];
  site.server.put(
    parts(
      {},
      part('text/plain; charset=utf-8', '第四条见附件'),
      part('application/octet-stream', 'MZ\0\0', program),
    ),
    site.clock(),
  );
  await site.read();
  const [kept] = await messages(site);
  t.match(kept, { state: 'taken', unkept_files: 1 });
  t.match(kept?.raw?.toString(), /a\.exe/);
  t.same(await site.db.selectFrom('attachments').selectAll().execute(), []);
});

t.test('a text longer than a comment becomes several, none of it lost', async (t) => {
  const site = await office(t);
  const text = `第三条\n${'意见很长。\n'.repeat(8_000)}完`;
  site.server.put(message({ text }), site.clock());
  await site.read();
  const pieces = await comments(site);
  t.equal(pieces.length, 3);
  t.equal(pieces.map((piece) => piece.text).join(''), text);
  t.ok(pieces.every((piece) => piece.address === 'art_3'));
  t.equal((await submissions(site)).length, 1);
});

t.test(
  'what programs send, spam, and what cannot be read or placed is set aside whole, and gets no letter',
  async (t) => {
    const site = await office(t);
    const put = (raw: string) => site.server.put(raw, site.clock());
    const text = '您好';
    put(message({ subject: '自动回复：对第三条的意见', text }));
    put(message({ text, header: ['Auto-Submitted: auto-replied'] }));
    put(message({ text, header: ['Precedence: bulk'] }));
    put(message({ from: address, text }));
    put(message({ text, header: ['Return-Path: <>'] }));
    put(message({ from: 'MAILER-DAEMON@example.cn', text }));
    put(parts({ type: 'report; report-type=delivery-status' }, part('text/plain', text)));
    put(message({ text, header: ['X-Spam-Flag: YES'] }));
    put(message({ text, header: ['X-Filter: Junk; score=9'] }));
    put(message({}));
    put(parts({ subject: '上千个部分' }, ...Array.from({ length: 1_100 }, () => part('text/plain', '一'))));
    put(message({ id: '<same@example.cn>', text: '第三条同意' }));
    put(message({ id: '<same@example.cn>', text: '第四条不同意' }));
    pass(site, 30_000);
    const limited = { ...site.server.mailbox, spam: [{ name: 'x-filter', value: 'junk' }] };
    t.equal(await readMailbox(site.work, limited), 13);
    const found = await messages(site);
    t.same(
      found.map(({ reason, state }) => reason ?? state),
      [
        ...['autoReply', 'autoReply', 'autoReply', 'autoReply', 'bounce', 'bounce', 'bounce', 'spam', 'spam'],
        ...['empty', 'unreadable', 'taken', 'repeated'],
      ],
    );
    for (const { raw, reason } of found.filter(({ state }) => state === 'setAside'))
      t.ok(raw, `${reason} keeps its bytes`);
    t.match(found[0], {
      sender: '张三 <zhangsan@example.cn>',
      subject: '自动回复：对第三条的意见',
      excerpt: '您好',
    });
    t.equal((await submissions(site)).length, 1);
    t.equal((await letters(site)).length, 1);
  },
);

t.test(
  'a message too large to be taken is set aside with its header, and those behind it are read',
  async (t) => {
    const site = await office(t);
    site.server.put(`${message({ subject: '很大' })}${'A'.repeat(30_000_001)}`, site.clock());
    site.server.put(message({ text: '第四条' }), site.clock());
    await site.read();
    const [large, next] = await messages(site);
    t.match(large, { reason: 'tooLarge', subject: '很大' });
    t.ok((large?.raw?.length ?? 0) < 1_000);
    t.match(next, { state: 'taken' });
  },
);

t.test('a message goes to the consultation that it names, or to the only one there is', async (t) => {
  const site = await office(t);
  const caseworker = site.officers['caseworker'] as never;
  const second = await publish(site.db, caseworker, site.clock());
  const put = (head: object) => site.server.put(message(head), site.clock());
  put({ subject: `关于${second.number}`, text: '水价太高' });
  put({ text: `我的回执编号是${site.consultation.number}-000123，补充一点` });
  put({ text: '水价太高' });
  put({ text: '对《清源县农村供水管理办法》提意见' });
  await site.read();
  t.same(
    (await messages(site)).map(({ consultation_id, reason }) => [consultation_id, reason]),
    [
      [second.id, null],
      [site.consultation.id, null],
      [null, 'noConsultation'],
      [null, 'noConsultation'],
    ],
    'two with the same draft are told apart by number alone',
  );
});

t.test('late messages are taken as long as the notice is not signed', async (t) => {
  const site = await office(t);
  const { db, consultation } = site;
  const { closesAt } = consultation;
  site.clock.set(new Date(closesAt.getTime() + 1));
  site.server.put(message({ text: '第三条，来晚了' }), closesAt);
  site.server.put(message({ text: '第四条，没有来晚' }), new Date(closesAt.getTime() - 1_000));
  await close(db, consultation);
  await site.read();
  const isLate = (await submissions(site)).map(({ dated_at }) => dated_at >= closesAt);
  t.same(isLate, [true, false]);
  const { id } = await db.selectFrom('feedback_notices').select('id').executeTakeFirstOrThrow();
  const signing = {
    notice_id: id,
    officer_id: 1,
    verdict: 'signed',
    remark: '',
    content: '{}',
    last_disposition: 0,
  } as const;
  await db
    .insertInto('notice_signings')
    .values({ ...signing, created_at: site.clock() })
    .execute();
  site.server.put(message({ text: '第四条，太晚了' }), site.clock());
  await site.read();
  t.match((await messages(site)).at(-1), { reason: 'noConsultation' });
});

t.test(
  'nothing is read before a consultation names the mailbox, and nothing that came before that',
  async (t) => {
    const site = await testSite(t);
    const server = await imapServer(t, address);
    server.put(message({ text: '早先的邮件' }), new Date('2026-02-27T09:00:00+08:00'));
    server.put(message({ text: '同一天早些时候' }), new Date('2026-03-01T08:59:59+08:00'));
    t.equal(await readMailbox(workOf(site), server.mailbox), 0);
    await publish(site.db, site.officers['caseworker'] as never, site.clock());
    server.put(message({ text: '第三条' }), site.clock());
    pass(site, 30_000);
    t.equal(await readMailbox(workOf(site), server.mailbox), 1);
    t.same(
      (await comments(site)).map(({ text }) => text),
      ['第三条'],
    );
    t.same(marks({ server }), [[], [], ['\\Seen']]);
  },
);

t.test('the same message is taken once, whatever its UID becomes', async (t) => {
  const site = await office(t);
  const [one, other] = [message({ text: '第三条' }), message({ text: '第四条', id: null })];
  for (const raw of [one, other, one, other]) site.server.put(raw, site.clock());
  t.equal(await site.read(), 2);
  t.equal(await site.read(), 0, 'nothing new');
  site.server.inbox.uidvalidity = 8;
  for (const each of site.server.inbox.messages) each.flags = [];
  t.equal(await site.read(), 0, 'a mailbox that was set up anew');
  site.server.put(message({ text: '第五条' }), site.clock());
  t.equal(await site.read(), 1);
  t.equal((await submissions(site)).length, 3);
  t.equal((await letters(site)).length, 3);
});

t.test('whoever dies between storing a message and marking it loses and doubles nothing', async (t) => {
  const site = await office(t);
  site.server.put(message({ text: '第三条' }), site.clock());
  site.server.put(message({ text: '第四条' }), site.clock());
  await takeMailbox(site.db, address, site.clock(), leaseMs);
  t.equal(await takeMessage(site.db, await firstOf(site), { ...site.work, spam: [], leaseMs }), 'taken');
  t.equal(await site.read(), 0, 'the one that died still has the mailbox');
  t.same(marks(site), [[], []]);
  pass(site, leaseMs);
  t.equal(await site.read(), 1, 'only the other message is new');
  t.equal((await submissions(site)).length, 2);
  t.equal((await letters(site)).length, 2);
  t.same(marks(site), [['\\Seen'], ['\\Seen']]);
});

t.test('two processes at one mailbox take each message once', async (t) => {
  const site = await office(t);
  for (let count = 0; count < 10; count += 1)
    site.server.put(message({ text: `第三条 ${count}` }), site.clock());
  pass(site, 30_000);
  const read = await Promise.all([1, 2, 3].map(() => readMailbox(workOf(site), site.server.mailbox)));
  t.equal(
    read.reduce((sum, each) => sum + each, 0),
    10,
  );
  t.same(
    read.filter((each) => each > 0),
    [10],
    'one of them had the mailbox',
  );
  t.equal((await submissions(site)).length, 10);
});

t.test('two processes that hold the same message store it once', async (t) => {
  const site = await office(t);
  site.server.put(message({ text: '第三条' }), site.clock());
  await takeMailbox(site.db, address, site.clock(), leaseMs);
  const held = await firstOf(site);
  const takes = [1, 2, 3].map(() => takeMessage(site.db, held, { ...site.work, spam: [], leaseMs }));
  t.same((await Promise.all(takes)).sort(), ['taken', null, null].sort());
  t.equal((await submissions(site)).length, 1);
});

t.test('a line that breaks anywhere loses and doubles nothing', async (t) => {
  const site = await office(t);
  for (let count = 0; count < 4; count += 1)
    site.server.put(message({ text: `第三条 ${count}。${'甲'.repeat(100)}` }), site.clock());
  let allowed = 0;
  const port = await breakingLine(t, site.server.mailbox, () => allowed);
  const mailbox = mailboxAt(address, port);
  for (let broken = true; broken; allowed += 250) {
    pass(site, 15 * 60_000);
    const failure = await failureOf(readMailbox(site.work, mailbox));
    broken = failure !== null;
  }
  t.equal((await submissions(site)).length, 4);
  t.ok((await messages(site)).every(({ state }) => state === 'taken'));
});

t.test(
  'a server that fails is noted in plain words, tried again at growing intervals, and forgiven',
  async (t) => {
    const site = await office(t);
    const state = () => site.db.selectFrom('mailboxes').selectAll().executeTakeFirstOrThrow();
    site.server.put(message({ text: '第三条' }), site.clock());
    site.server.setPassword('another one');
    const since = new Date(site.clock().getTime() + 30_000);
    t.equal(await failureOf(site.read()), 'refused');
    t.match(await state(), { failure: 'refused', failures: 1, failed_since: since, read_at: null });
    t.equal(await readMailbox(site.work, site.server.mailbox), 0, 'not at once again');
    t.equal(await failureOf(site.read()), 'refused');
    t.equal(await site.read(), 0, 'the second pause is longer');
    t.equal(await failureOf(site.read()), 'refused');
    t.match(await state(), { failures: 3, failed_since: since });
    site.server.setPassword(user.password);
    pass(site, 15 * 60_000);
    t.equal(await site.read(), 1);
    t.match(await state(), { failure: null, failures: 0, failed_since: null, read_at: site.clock() });
    const elsewhere = { ...site.server.mailbox, folder: 'nowhere' };
    pass(site, 30_000);
    t.equal(await failureOf(readMailbox(site.work, elsewhere)), 'noFolder');
    pass(site, 15 * 60_000);
    t.equal(await failureOf(readMailbox(site.work, mailboxAt(address, 1))), 'unreachable');
    pass(site, 15 * 60_000);
    t.equal(await failureOf(readMailbox(site.work, { ...site.server.mailbox, secure: true })), 'tls');
  },
);

t.test('a message that the server does not give out keeps nothing back for ever', async (t) => {
  const site = await office(t);
  site.server.put(message({ subject: '坏的', text: '甲'.repeat(20_000) }), site.clock());
  site.server.put(message({ text: '第四条' }), site.clock());
  const port = await breakingLine(t, site.server.mailbox, () => 20_000);
  const mailbox = mailboxAt(address, port);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    pass(site, 15 * 60_000);
    t.equal(await failureOf(readMailbox(site.work, mailbox)), 'message');
  }
  pass(site, 15 * 60_000);
  t.equal(await readMailbox(site.work, mailbox), 2);
  t.match(await messages(site), [{ reason: 'unreadable', subject: '坏的' }, { state: 'taken' }]);
});

t.test('one who writes without end gets five receipts an hour, and is heard all the same', async (t) => {
  const site = await office(t);
  for (let count = 0; count < 7; count += 1)
    site.server.put(message({ text: `第三条 ${count}` }), site.clock());
  site.server.put(message({ from: 'lisi@example.cn', text: '第四条' }), site.clock());
  await site.read();
  t.equal((await submissions(site)).length, 8);
  t.equal((await letters(site)).length, 6);
  pass(site, 3_600_000);
  site.server.put(message({ text: '第五条' }), site.clock());
  await site.read();
  t.equal((await letters(site)).length, 7);
});

t.test(
  'the receipt answers the message, says nothing that anyone wrote, and is read by programs as automatic',
  async (t) => {
    const site = await office(t);
    site.server.put(message({ id: '<their-own@example.cn>', text: '第三条的原话' }), site.clock());
    site.server.put(message({ id: null, text: '第四条' }), site.clock());
    await site.read();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-outbox-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const transport = folderTransport(folder, 'jianyan@example.cn');
    const { db, clock, deps } = site;
    const publicUrl = 'https://jianyan.example.cn';
    const composing = { db, sentences: deps.sentences, secrets: deps.secrets, publicUrl };
    const send = letterSender({
      db,
      clock,
      transport,
      compose: (letter) => composeLetter(composing, letter),
    });
    t.equal(await send(), 2);
    const sent = readdirSync(folder).map((file) => readFileSync(path.join(folder, file)));
    const answers = sent.map((each) => each.toString()).filter((each) => /^In-Reply-To:/m.test(each));
    t.equal(answers.length, 1, 'a message without an id cannot be answered by it');
    t.match(answers[0], /^In-Reply-To: <their-own@example\.cn>/m);
    t.match(answers[0], /^References: <their-own@example\.cn>/m);
    t.match(answers[0], /^To: zhangsan@example\.cn/m);
    const read = await Promise.all(sent.map((each) => site.work.readMessage(each)));
    for (const mail of read) {
      t.match(mail?.text, /回执编号/);
      t.notMatch(mail?.text, /原话/);
      t.equal(mail && automaticSign(mail, []), 'autoReply', 'two portals do not answer each other');
    }
  },
);
