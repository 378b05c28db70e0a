import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import type { AnnouncementField } from '../../src/domain/announcement.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';

const announcement = `关于公开征求《青山县护林办法（征求意见稿）》意见的公告
各位群众：
为保护山林，我局起草了《青山县护林办法（征求意见稿）》，现公开征求意见，请于2024年5月6日下午5时30分前向县林业局提出意见。
联 系 人：李四  电话：0551-1234567
传真：0551-7654321
地址：青山县松树路1号（邮编：230000）
电子邮箱：hulin@example.cn
青山县林业局
2024年4月1日`;

const draft = `青山县护林办法
（征求意见稿）
第一条 为了护林，制定本办法。
第二条 护林员应当每日巡山，遇有火情立即报告林业站。`;

const feedback = `公开意见及建议
县林业局未收到社会反馈的意见。
2024年5月7日`;

/** The values found in an announcement with one more line behind its title. */
function found(line: string, field: AnnouncementField, on = '2024年4月1日'): string | undefined {
  const text = `关于公开征求《护林办法》意见的公告\n${line}\n青山县林业局\n${on}`;
  return readPaste(text).announcement.fields[field]?.value;
}

t.test('the facts of an announcement, each with the words and the line it came from', async (t) => {
  const { fields } = readPaste(announcement).announcement;
  const values = Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));
  t.same(values, {
    title: '关于公开征求《青山县护林办法（征求意见稿）》意见的公告',
    addressee: '各位群众：',
    agencyName: '青山县林业局',
    agencyShort: '县林业局',
    purpose: '为保护山林',
    draftName: '青山县护林办法（征求意见稿）',
    closesAt: '2024-05-06T17:30:00+08:00',
    mailbox: 'hulin@example.cn',
    phone: '0551-1234567',
    fax: '0551-7654321',
    address: '青山县松树路1号',
    postcode: '230000',
    contactPerson: '李四',
    announcedOn: '2024-04-01',
  });
  t.equal(fields.fax?.line, 5);
  t.ok(fields.fax?.words.includes('0551-7654321'));
});

t.test('closing days and times', async (t) => {
  const cases: readonly [string, string][] = [
    ['意见请于2024年5月6日前提出。', '2024-05-07T00:00:00+08:00'],
    ['截止日期为2026年2月28日。', '2026-03-01T00:00:00+08:00'],
    ['意见请于5月6日18时30分前提出。', '2024-05-06T18:30:00+08:00'],
    ['意见请于1月6日前提出。', '2025-01-07T00:00:00+08:00'],
    ['截止时间：2024-05-06 18:00', '2024-05-06T18:00:00+08:00'],
    ['请在２０２４年５月６日上午９点前反馈。', '2024-05-06T09:00:00+08:00'],
    ['征求意见时间为2024年4月1日至5月6日。', '2024-05-07T00:00:00+08:00'],
    ['公示期：自2024年12月20日至1月6日止。', '2025-01-07T00:00:00+08:00'],
    ['公示时间：2024年4月1日—2024年5月6日，共35日。', '2024-05-07T00:00:00+08:00'],
    ['请在本公告发布之日起30日内提出。', '2024-05-02T00:00:00+08:00'],
    ['二○二四年五月六日中午12时截止。', '2024-05-06T12:00:00+08:00'],
  ];
  for (const [line, instant] of cases) t.equal(found(line, 'closesAt'), instant, line);
  t.equal(
    found('依据2010年6月12日公布的办法征求意见。', 'closesAt'),
    undefined,
    'a date that closes nothing is no closing day',
  );
});

t.test('ways to send comments, in whatever form they are written', async (t) => {
  const cases: readonly [string, AnnouncementField, string][] = [
    ['联系人：张三 0551-1234567', 'contactPerson', '张三'],
    ['联系人：张三 0551-1234567', 'phone', '0551-1234567'],
    ['联系人：张三，李四；联系电话：0551-1234567、0551-1234568。', 'contactPerson', '张三、李四'],
    ['联系人：张三，李四；联系电话：0551-1234567、0551-1234568。', 'phone', '0551-1234567、0551-1234568'],
    ['电　话：１２３４５６７８', 'phone', '12345678'],
    ['傳真：02-1234567', 'fax', '02-1234567'],
    ['邮    编：230000', 'postcode', '230000'],
    ['通信地址：青山县松树路1号林业局（100868）', 'address', '青山县松树路1号林业局'],
    ['通信地址：青山县松树路1号林业局（100868）', 'postcode', '100868'],
    ['信函请寄至：青山县松树路1号，邮编：230000；请注明“意见”字样。', 'address', '青山县松树路1号'],
    ['E-mail：a.b@example.cn', 'mailbox', 'a.b@example.cn'],
    ['通过电子邮件发送至a_b＠example.cn。', 'mailbox', 'a_b@example.cn'],
    ['电子邮箱：ab @example.cn', 'mailbox', 'ab@example.cn'],
  ];
  for (const [line, field, value] of cases) t.equal(found(line, field), value, `${field}: ${line}`);
});

t.test('a signature of several agencies, and one on the line of the date', async (t) => {
  t.equal(found('县林业局、县财政局、', 'agencyName'), '县林业局、县财政局、青山县林业局');
  t.equal(
    readPaste('关于公开征求意见的公告\n请提意见。\n青山县林业局 2024年4月1日').announcement.fields.agencyName
      ?.value,
    '青山县林业局',
  );
});

t.test('one paste is divided into announcement, draft and feedback notice', async (t) => {
  const kinds = (text: string) => readPaste(text).draft.blocks.map((block) => block.level ?? block.kind);
  const clauses = ['title', 'subtitle', 'article', 'article'];
  t.test('with the headings of the page', async (t) => {
    const paste = readPaste(`公告内容\n${announcement}\n草案内容\n${draft}\n${feedback}`);
    t.same(paste.announcement.lines, [1, 10]);
    t.same(
      paste.draft.blocks.map((block) => block.level ?? block.kind),
      ['furniture', ...clauses],
    );
    t.same(paste.draft.warnings, []);
    t.same(paste.feedback.lines, [16, 18]);
    t.match(paste.feedback.text, /^公开意见及建议\n/);
  });
  t.test('without headings, by the name the announcement gives the draft', async (t) => {
    const paste = readPaste(`${announcement}\n附件：1.青山县护林办法（征求意见稿）\n2.起草说明\n${draft}`);
    t.same(paste.announcement.lines, [1, 11]);
    t.same(kinds(`${announcement}\n${draft}`), clauses);
  });
  t.test('only an announcement, whose own numbers are no clauses', async (t) => {
    const paste = readPaste(announcement.replace('传真：', '一、传真：').replace('地址：', '二、地址：'));
    t.same([paste.draft.blocks, paste.feedback.lines], [[], null]);
  });
  t.test('only a draft, though it speaks of comments', async (t) => {
    const paste = readPaste(`${draft}\n第三条 修改本办法应当公开征求意见，电话：0551-1234567。`);
    t.same([paste.announcement.lines, paste.draft.blocks.length], [null, 5]);
    const opinion =
      '关于加强信息公示工作的意见\n在广泛征求各方面意见的基础上，特拟定本征求意见稿。\n一、公开联系人和电话\n二、受理反馈';
    t.same(kinds(opinion), ['title', 'preamble', 'h1', 'h1']);
  });
  t.test('nothing at all', async (t) => {
    const paste = readPaste(' \n\u3000\n');
    t.same([paste.announcement.text, paste.draft.blocks, paste.feedback.text], ['', [], '']);
  });
});

const notices = '../shared/fixtures/notices';
const skip = existsSync(notices) ? false : 'the folder ../shared is not here';

/** Closing day of each notice, as read by eye; null where the text has no day, or no year for it. */
const closingDays: Record<string, string | null> = {
  A01: '2021-08-03T18:00',
  A02: '2023-04-06T00:00',
  A03: '2018-04-27T00:00',
  A04: '2018-11-24T00:00',
  A05: '2022-12-10T00:00',
  A06: '2024-10-09T00:00',
  A07: '2017-05-27T00:00',
  A08: '2021-07-27T00:00',
  A09: null,
  A10: '2019-09-27T00:00',
  A11: '2019-05-16T00:00',
  A12: '2024-10-13T00:00',
  A13: '2023-05-06T00:00',
  A14: '2023-03-24T00:00',
  A15: '2019-06-07T00:00',
  A16: '2024-02-09T00:00',
  A17: '2021-07-11T00:00',
  A18: '2023-04-24T00:00',
  A19: '2020-06-24T00:00',
  A20: null,
  A21: '2024-03-09T00:00',
  A22: '2026-10-17T00:00',
  A23: null,
  A24: null,
  A25: null,
  A26: null,
  A27: '2024-11-26T00:00',
  A28: '2025-10-20T00:00',
  A30: '2020-12-05T00:00',
};

t.test('the closing day, the agency signed and the mailbox of real announcements', { skip }, async (t) => {
  for (const [name, day] of Object.entries(closingDays)) {
    const file = readFileSync(`${notices}/${name}.txt`, 'utf8');
    const text = file.slice(file.indexOf('\n\n') + 2);
    const { fields } = readPaste(text).announcement;
    t.equal(fields.closesAt?.value.slice(0, 16) ?? null, day, name);
    const mailbox = /[\w.]+ ?@[\w.-]+[a-z]/.exec(text)?.[0].replace(' ', '');
    t.equal(fields.mailbox?.value, mailbox, `${name} mailbox`);
  }
});
