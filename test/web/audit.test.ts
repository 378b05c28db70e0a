import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { csvLine } from '../../src/domain/csv.ts';
import { publish } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import type { Page, Visitor } from '../visitor.ts';
import { officerAt, stranger } from './access/people.ts';
import { world } from './access/world.ts';

const officerOf = ({ officers }: TestSite, login: string) => officers[login] as OfficerAccount;

/** Two published consultations, of two officers on two days, and an administrator at the traces. */
async function traced(t: Test) {
  const site = await testSite(t);
  const { db, clock } = site;
  const first = await publish(db, officerOf(site, 'caseworker'), clock());
  clock.set('2026-03-05T10:00:00+08:00');
  const second = await publish(db, officerOf(site, 'second'), clock());
  const desk = await site.signIn('administrator');
  return { ...site, first, second, desk };
}

const rowsOf = (page: Page) =>
  page.document
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('td').map((cell) => cell.text.trim()));

async function list(desk: Visitor, query = '', to = '/desk/audit'): Promise<string[][]> {
  return rowsOf(await desk.get(`${to}${query && `?${query}`}`));
}

t.test('the traces say who did what when, to which consultation, and from where', async (t) => {
  const { app, signIn, first, desk } = await traced(t);
  const caseworker = await officerAt(app, 'caseworker', 'caseworker', '2001:db8:1:2:3:4:5:6');
  await caseworker.ask('POST', `/desk/consultations/${first.id}/versions`);
  const [row] = await list(desk);
  t.same(row?.slice(0, 3), ['2026年3月5日 10:00', 'caseworker', '开始新版本'], 'newest first');
  t.match(row?.[3], new RegExp(`^${first.number} .*农村供水`));
  t.equal(row?.[4], '2001:db8:1:2::/64', 'the network that the address is folded to for limits, too');
  const own = await list(await signIn('approver'), '', `/desk/consultations/${first.id}/audit`);
  t.same(own[0]?.slice(1), ['caseworker', '开始新版本', '2001:db8:1:2::/64'], 'its officers see it, too');
});

t.test('each filter finds its traces and no others, alone and together', async (t) => {
  const { first, second, officers, desk } = await traced(t);
  const all = await list(desk);
  const who = (rows: readonly string[][]) => [...new Set(rows.map(([, name]) => name))];
  t.ok(all.length >= 6);
  t.same(who(await list(desk, `officer=${officers['second']?.id}`)), ['second']);
  t.equal((await list(desk, 'what=consultationPublished')).length, 2);
  t.same(who(await list(desk, `number=${first.number}`)), ['caseworker']);
  t.notOk(who(await list(desk, 'from=2026-03-02')).includes('caseworker'));
  t.same(who(await list(desk, 'until=2026-03-01')), ['caseworker'], 'a day is whole');
  t.equal((await list(desk, `what=consultationPublished&number=${second.number}`)).length, 1);
  t.equal((await list(desk, `officer=${officers['second']?.id}&until=2026-03-01`)).length, 0);
  t.match(desk.page().text, /没有这样的记录/);
  const wrong = await desk.get('/desk/audit?from=gestern&what=consultationPublished');
  t.equal(wrong.status, 422);
  t.equal(wrong.field('from'), 'gestern', 'what was typed stays');
  t.same(
    wrong.document.querySelectorAll('.errors a').map((each) => each.getAttribute('href')),
    ['#from'],
  );
});

t.test('page after page shows every trace once', async (t) => {
  const { db, desk, first, clock } = await traced(t);
  await sql`insert into ledger_entries (consultation_id, agency_id, what, detail, created_at)
    select ${first.id}, agency_id, 'commentDisposed', jsonb_build_object('receiptNumber', 'nr' || n), ${clock()}
    from consultations, generate_series(1, 130) n where consultations.id = ${first.id}`.execute(db);
  const seen: string[] = [];
  for (let to = '/desk/audit?what=commentDisposed'; to; ) {
    const page = await desk.get(to);
    seen.push(...rowsOf(page).map(([, , what = '']) => what));
    const older = page.document.querySelectorAll('.go a').find((each) => each.text === '更早的记录');
    to = (older?.getAttribute('href') ?? '').replaceAll('&amp;', '&').split('#')[0] ?? '';
  }
  t.equal(seen.length, 130);
  t.same(
    seen,
    Array.from({ length: 130 }, (_, nr) => `办理意见（nr${130 - nr}）`),
  );
});

t.test('the export holds what was filtered, safe in a spreadsheet, and is itself written down', async (t) => {
  const { db, desk, first, second, clock } = await traced(t);
  await sql`insert into ledger_entries (consultation_id, agency_id, officer_id, what, detail, created_at)
    select ${first.id}, agency_id, null, 'mailLeft', '{"receiptNumber": "x"}', ${clock()} from consultations
    where id = ${first.id}`.execute(db);
  await sql`update officers set name = '=HYPERLINK("http://evil")' where login = 'second'`.execute(db);
  await desk.get(`/desk/audit?number=${second.number}`);
  const file = await desk.send('/audit/export');
  t.match(file.headers, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': /attachment; filename="audit.csv"/,
    'cache-control': 'no-store',
  });
  t.ok(file.html.startsWith('\ufeff"序号","时间"'), 'spreadsheets read it as UTF-8');
  const [head, ...rows] = parse(file.html, { bom: true }) as string[][];
  t.equal(head?.length, 8);
  t.ok(rows.length >= 3);
  for (const [, at = '', who, login, , number] of rows) {
    t.match(at, /^2026-03-05 10:00$/);
    t.same([who, login, number], [`'=HYPERLINK("http://evil")`, 'second', second.number]);
  }
  const [trace] = await list(desk);
  t.same([trace?.[1], trace?.[2]], ['administrator', '导出留痕']);
  await desk.get(`/desk/consultations/${first.id}/audit`);
  const one = await desk.send('/audit/export');
  t.ok(!one.html.includes(second.number) && one.html.includes(first.number));
});

t.test('whatever stands in a cell, it is read back as text and no spreadsheet calculates it', (t) => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=1', '\r\n', '"', '=,"'),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const [read = []] = parse(csvLine(cells), { skip_empty_lines: false }) as string[][];
      const bare = read.map((each, nr) => (each === cells[nr] ? each : each.replace(/^'/, '')));
      t.same(bare, cells);
      for (const each of read) t.notMatch(each, /^[=+\-@\t\r]/);
    }),
  );
  t.end();
});

t.test('nothing personal of a citizen is in the traces, whatever was done', async (t) => {
  const { db, app, places } = await world(t);
  const officer = await officerAt(app, 'caseworker', 'caseworker');
  const at = `/desk/consultations/${places.closed['id']}`;
  const { comment = '', message = '' } = places.closed;
  await officer.ask(
    'POST',
    `${at}/comments/${comment}/redaction`,
    'seen=0&passages=检测&redactionReason=隐私',
  );
  await officer.ask('POST', `${at}/comments/${comment}/screening`, 'seen=0&verdict=shown');
  await officer.ask('POST', `/desk/mail/${message}`, 'do=leave');
  await stranger(app).ask('POST', `/receipts/${places.open['token']}/withdraw`, 'do=withdraw');
  const { rows } = await sql<{ entry: string }>`select e::text as entry from ledger_entries e`.execute(db);
  t.ok(rows.length > 20);
  for (const { entry } of rows) t.notMatch(entry, /朱清和|zhu@example|5550188|韩素琴|zhangsan|检测/);
});

t.test(
  'a deed says what it was about: the colleague, the file, the group, what a number counts',
  async (t) => {
    const { db, desk, first, officers, clock, signIn } = await traced(t);
    const second = officers['second'];
    await desk.get(`/desk/officers/${second?.id}`);
    await desk.send('/deeds', {}, 'deed=disable');
    await desk.get('/desk/officers');
    await desk.send('/desk/officers', { officerName: '季承安', login: 'jichengan', role: 'approver' });
    const written = async (what: string, detail: object) => {
      await sql`insert into ledger_entries (consultation_id, agency_id, what, detail, created_at)
      select ${first.id}, agency_id, ${what}, ${JSON.stringify(detail)}::jsonb, ${clock()} from consultations
      where id = ${first.id}`.execute(db);
      return (await list(desk))[0]?.[2];
    };
    const [invited, disabled] = await list(desk);
    t.equal(invited?.[2], '邀请人员（季承安）');
    t.equal(disabled?.[2], '停用人员账号（second）');
    t.equal(await written('importAdded', { importId: 1, name: '草案.docx' }), '添加来源文本（草案.docx）');
    t.equal(await written('importAdded', { importId: 1, name: '' }), '添加来源文本（粘贴的文本）');
    t.equal(
      await written('groupConfirmed', { groupId: 9, number: 2, count: 5 }),
      '确认一组同类意见（第2组，5条）',
    );
    t.equal(
      await written('commentsGrouped', { number: 2, joined: true, commentIds: [1, 2, 3] }),
      '调整意见的归并（第2组，3条）',
    );
    t.equal(
      await written('commentsDisposed', { count: 3, outcome: 'notAdopted' }),
      '批量办理意见（3条，未采纳）',
    );
    t.equal(
      await written('commentsScreened', { count: 3, verdict: 'hidden' }),
      '审核意见能否公开（3条，不公开）',
    );
    t.equal(
      await written('dispositionTakenBack', { before: 'adopted', after: null }),
      '收回采纳情况（采纳改为待办理）',
    );
    t.equal(await written('mailLeft', { messageId: 1, reason: 'spam' }), '不收搁置的来信（垃圾邮件）');
    t.equal(
      await written('publicationScheduled', { publishAt: '2026-04-12T01:00:00.000Z' }),
      '定时发布（2026年4月12日 09:00）',
    );
    t.equal(await written('noticeWorded', { noticePart: 'thanks' }), '改写意见反馈的文字（致谢）');
    t.equal(await written('correctionBegun', { notice: 2 }), '开始更正意见反馈（第2号）');
    t.equal(
      await written('handedOver', { to: 'second', count: 4 }),
      '移交承办人（移交给second，连同分办的4条意见）',
    );
    t.equal(
      await written('handedOver', { to: 'second' }),
      '移交承办人（移交给second）',
      'as older traces are',
    );
    const own = await (await signIn('caseworker')).get(`/desk/consultations/${first.id}`);
    t.match(own.text, /移交给second，连同分办的4条意见/);
  },
);
