import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import readExcelFile from 'read-excel-file/node';
import t, { type Test } from 'tap';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { exportedComments, newestComment } from '../../src/db/exported-comments.ts';
import { insertGroup, putComments } from '../../src/db/group-writes.ts';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { talliesOf } from '../../src/db/tallies.ts';
import { totalsOf } from '../../src/domain/tallies.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

const person = {
  ...{ name: '朱清和', phone: '0999-5550188', email: 'zhu@example.cn' },
};
const texts = ['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', '公示期\n太短，"建议"延长', '一样的意见'];

/** A closed consultation: dangerous, withheld, hidden, alike, late and withdrawn comments, some disposed of. */
async function closed(t: Test) {
  const site = await testSite(t);
  const { db, clock, officers } = site;
  const officer = officers['caseworker'] as OfficerAccount;
  const consultation = await publish(db, officer, clock());
  const send = async (change: NonNullable<Parameters<typeof form>[3]>) =>
    submit(db, await form(db, consultation.number, clock(), change), clock());
  for (const text of [...texts, '一样的意见']) await send({ ...person, consent: 'withName', text });
  await send({ text: '不要公开我的话', consent: 'no', clause: '' });
  await send({ text: '粗话' });
  await send({ text: '撤回的' });
  await send({ text: '迟到的' });
  const gone = sql`(select submission_id from comments where text = '撤回的')`;
  await sql`update submissions set withdrawn_at = ${clock()} where id = ${gone}`.execute(db);
  const late = sql`(select submission_id from comments where text = '迟到的')`;
  await sql`update submissions set channel = 'letter', dated_at = ${consultation.closesAt} where id = ${late}`.execute(
    db,
  );
  clock.set('2026-04-12T10:00:00+08:00');
  await close(db, consultation);
  const rows = await exportedComments(
    db,
    { consultationId: consultation.id, upTo: await newestComment(db, consultation.id), named: false },
    { after: 0, limit: 100 },
  );
  const idsOf = (text: string) => rows.filter((row) => row.text === text).map(({ id }) => id);
  const group = { consultationId: consultation.id, label: '一样', officerId: officer.id };
  await transaction(db, async (trx) => {
    const groupId = await insertGroup(trx, group, clock());
    await putComments(trx, idsOf('一样的意见'), { groupId, joined: true }, officer.id, clock());
  });
  for (const { id } of rows.filter(({ part }) => part === 'standing').slice(0, 4))
    await disposeOfComment(
      db,
      {
        ...{ officer, consultationId: consultation.id, commentId: id, seen: 0 },
        disposition: { outcome: 'notAdopted', reason: '=1+1，现行规定已经够用。' },
      },
      clock(),
    );
  const [rude = 0] = idsOf('粗话');
  await sql`insert into screenings (comment_id, verdict, reason, officer_id, created_at)
    values (${rude}, 'hidden', '有粗话', ${officer.id}, ${clock()})`.execute(db);
  const at = `/desk/consultations/${consultation.id}`;
  return { ...site, consultation, at };
}

const csvRows = (text: string) => parse(text, { bom: true }) as string[][];
const columnOf = (rows: readonly (readonly unknown[])[], heading: string) => {
  const place = rows[0]?.indexOf(heading) ?? -1;
  return rows.slice(1).map((row) => row[place]);
};
const sum = (numbers: readonly unknown[]) => numbers.reduce<number>((total, each) => total + Number(each), 0);

t.test('a caseworker takes the summary table away, as the notice has it, without a name', async (t) => {
  const { signIn, at, db, consultation } = await closed(t);
  const desk = await signIn('caseworker');
  const page = await desk.get(`${at}/exports`);
  t.equal(page.status, 200);
  t.match(page.text, /共8行/);
  t.match(page.text, /由审核人或者管理员导出/);
  const file = await desk.get(`${at}/exports/summary.csv`);
  t.match(file.headers, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': /attachment; filename="[\d-]+-summary.csv"; filename\*=UTF-8''/,
    'cache-control': 'no-store',
  });
  t.ok(file.html.startsWith('\ufeff"序号","条款"'));
  const rows = csvRows(file.html);
  t.equal(rows.length, 9);
  const totals = totalsOf(await talliesOf(db, { consultationId: consultation.id }));
  t.equal(sum(columnOf(rows, '条数')), totals.received.comments - totals.withdrawn.comments);
  t.match(columnOf(rows, '意见内容'), [
    '（提出者不同意公开意见内容）',
    `'=HYPERLINK("http://evil")`,
    "'+1",
    "'-1",
    "'@SUM(A1)",
    '公示期\n太短，"建议"延长',
    /一样的意见\n（.*2条/,
    '（经审核不公开意见内容）',
  ]);
  t.match(file.html, /朱\*\*/);
  t.notMatch(file.html, /朱清和|5550188|zhu@|不要公开我的话|粗话|撤回的|迟到的/);
});

t.test(
  'the workbook says the same with its totals, which are those of the list and the notice',
  async (t) => {
    const { signIn, at, db, consultation } = await closed(t);
    const desk = await signIn('caseworker');
    const file = await desk.get(`${at}/exports/summary.xlsx`);
    const [table, totals] = await readExcelFile(file.bytes, { trim: false });
    t.same([table?.sheet, totals?.sheet], ['意见采纳情况汇总表', '合计']);
    const csv = csvRows((await desk.get(`${at}/exports/summary.csv`)).html);
    const asText = table?.data.map((row) => row.map((cell) => String(cell ?? '')));
    t.same(
      asText,
      csv.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@])/, ''))),
    );
    const counted = totalsOf(await talliesOf(db, { consultationId: consultation.id }));
    const of = (item: string) => (totals?.data ?? []).find(([name]) => name === item)?.slice(1);
    t.same(of('截止前收到'), [counted.received.submissions, counted.received.comments, null]);
    t.same(of('其中：本网站'), [10, 10, null]);
    t.same(of('截止前撤回'), [1, 1, null]);
    t.same(of('逾期收到（单独计数）'), [1, 1, null]);
    t.same(of('应当办理'), [null, 9, 8], 'two of nine are one 类');
    t.same(of('其中：未采纳'), [null, 4, null]);
    const list = await desk.get(`${at}/comments`);
    t.match(list.text, `${counted.received.submissions + counted.late.submissions}件`);
    const notice = await desk.get(`${at}/notice`);
    t.match(notice.text, `共收到意见和建议${counted.received.submissions}件、${counted.received.comments}条`);
  },
);

t.test('the list holds every comment as it was sent, and no name, phone or address', async (t) => {
  const { signIn, at } = await closed(t);
  const desk = await signIn('approver');
  await desk.get(`${at}/exports`);
  const rows = csvRows((await desk.get(`${at}/exports/comments.csv`)).html);
  t.same(
    columnOf(rows, '意见内容').map((each) => String(each).replace(/^'/, '')),
    [...texts, '一样的意见', '不要公开我的话', '粗话', '撤回的', '迟到的'],
  );
  t.same(columnOf(rows, '序号').map(Number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  t.same(columnOf(rows, '是否按时').slice(-2), ['已撤回', '逾期']);
  t.same(columnOf(rows, '同类意见组').filter(Boolean), ['1', '1']);
  t.same(columnOf(rows, '采纳情况'), [
    ...['未采纳', '未采纳', '未采纳', '未采纳'],
    ...['待办理', '待办理', '待办理', '待办理', '待办理', '', ''],
  ]);
  t.same(columnOf(rows, '审核')[8], '不公开');
  t.notMatch(JSON.stringify(rows), /朱清和|5550188|zhu@|朱\*/);
  const [list] = await readExcelFile((await desk.get(`${at}/exports/comments.xlsx`)).bytes, { trim: false });
  t.same(
    columnOf(list?.data ?? [], '意见内容'),
    columnOf(rows, '意见内容').map((each) => String(each).replace(/^'/, '')),
  );
});

t.test(
  'names go out to a superior only, for a reason, and the traces say who, why and how many',
  async (t) => {
    const { signIn, at, db } = await closed(t);
    const approver = await signIn('approver');
    await approver.get(`${at}/exports`);
    const refused = await approver.send('/exports/named', { exportReason: '', format: 'csv' });
    t.equal(refused.status, 422);
    t.match(refused.document.querySelector('.errors a')?.getAttribute('href'), '#exportReason');
    t.equal(refused.document.querySelector('input[name=format][checked]')?.getAttribute('value'), 'csv');
    const typed = '复核张三0999-5550188的来件';
    const numbers = await approver.send('/exports/named', { exportReason: typed, format: 'csv' });
    t.equal(numbers.status, 422);
    t.equal(numbers.field('exportReason')?.trim(), typed);
    const none = await sql`select 1 from ledger_entries where what = 'namesExported'`.execute(db);
    t.equal(none.rows.length, 0, 'what was refused is no export');
    const file = await approver.send('/exports/named', { exportReason: '逐一邮寄答复', format: 'csv' });
    const rows = csvRows(file.html);
    t.same(columnOf(rows, '姓名或单位名称').filter(Boolean), Array(7).fill('朱清和'));
    t.same(columnOf(rows, '电话')[0], '0999-5550188');
    t.same(columnOf(rows, '电子邮箱')[0], 'zhu@example.cn');
    const { rows: entries } = await sql<{ detail: object; login: string }>`
    select e.detail, o.login from ledger_entries e join officers o on o.id = e.officer_id
    where what = 'namesExported'`.execute(db);
    t.same(entries, [{ login: 'approver', detail: { reason: '逐一邮寄答复', comments: 11 } }]);
    const audit = await approver.get(`${at}/audit`);
    t.match(audit.text, /导出含姓名和联系方式的意见清单（11条，理由：逐一邮寄答复）/);
  },
);

t.test('a text too long for a cell goes on below, and nothing of it is lost', async (t) => {
  const { db, signIn, at } = await closed(t);
  const long = `${'𠮷'.repeat(19_000)}=末尾`;
  await sql`update comments set text = ${long}, proposed_wording = ${long.slice(0, 36_000)} where text = '+1'`.execute(
    db,
  );
  const desk = await signIn('caseworker');
  await desk.get(`${at}/exports`);
  const csv = csvRows((await desk.get(`${at}/exports/comments.csv`)).html);
  const [list] = await readExcelFile((await desk.get(`${at}/exports/comments.xlsx`)).bytes, { trim: false });
  for (const rows of [csv, list?.data ?? []]) {
    t.equal(rows.length, 13, 'one row more');
    t.same(columnOf(rows, '序号').map(Number).slice(1, 3), [2, 2], 'under the same number');
    const of = (heading: string) =>
      columnOf(rows, heading).slice(1, 3).join('').replace('（未完，接下一行）（接上一行）', '');
    t.equal(of('意见内容'), long);
    t.equal(of('建议改为'), long.slice(0, 36_000));
    for (const cell of rows.flat()) t.ok(String(cell ?? '').length <= 32_767);
  }
});

t.test('a table is read as it is taken, and says so when something changed meanwhile', async (t) => {
  const { app, db, signIn, at, consultation, officers, clock, deps } = await closed(t);
  await fill(db, consultation.id, 1_500);
  const { changed } = deps.sentences.summaryTable;
  const desk = await signIn('caseworker');
  await desk.get(`${at}/exports`);
  t.notMatch((await desk.get(`${at}/exports/summary.csv`)).html, changed);
  const cookie = desk.cookie();
  const answer = await app.inject({
    url: `${at}/exports/summary.csv`,
    headers: { cookie },
    payloadAsStream: true,
  });
  const stream = answer.stream();
  let read = '';
  for await (const piece of stream) {
    if (read === '')
      await sql`insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
        select max(id), 'adopted', '', ${officers['caseworker']?.id}, ${clock()} from comments`.execute(db);
    read += piece;
  }
  const rows = csvRows(read);
  t.equal(rows.length, 1_500 + 8 + 2);
  t.equal(rows.at(-1)?.[0], changed);
  t.equal(columnOf(rows, '采纳情况').filter((each) => each === '采纳').length, 1, 'read as it is then');
});

/** So many comments more, in time and not withdrawn. */
async function fill(db: Db, consultationId: number, count: number): Promise<void> {
  await sql`with sent as (
      insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
        commenter_kind, name, phone, email, consent)
      select ${consultationId}, 'filled' || n, 'filled-' || n, md5(n::text), 'online', '2026-03-02', '2026-03-02',
        'individual', '', '', '', 'withoutName' from generate_series(1, ${count}::int) n returning id)
    insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
    select sent.id, ${consultationId}, d.id, null, 0, 'amend', repeat('建议', 60) || sent.id, ''
    from sent, drafts d where d.consultation_id = ${consultationId}`.execute(db);
}
