import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import readExcelFile from 'read-excel-file/node';
import t, { type Test } from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { deskComments } from '../../src/db/comments.ts';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { channels } from '../../src/domain/comment.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

/** A closed consultation with comments of every publicity, disposed of; `answer` publishes its notice. */
async function closed(t: Test) {
  const site = await testSite(t);
  const { db, clock, officers, deps, app } = site;
  const officer = officers['caseworker'] as OfficerAccount;
  const consultation = await publish(db, officer, clock(), undefined, { showsComments: true });
  const send = async (change: NonNullable<Parameters<typeof form>[3]>) =>
    submit(db, await form(db, consultation.number, clock(), change), clock());
  const person = { name: '朱清和', phone: '0999-5550188', email: 'zhu@example.cn' };
  await send({ ...person, consent: 'withName', text: '=公示期延长，电话▇' });
  await send({ ...person, consent: 'withName', text: '还没审核的' });
  await send({ ...person, consent: 'no', text: '不要公开我的话', clause: '' });
  await send({ ...person, consent: 'withoutName', text: '粗话' });
  await send({ ...person, consent: 'withoutName', text: '撤回的' });
  await send({ ...person, consent: 'withoutName', text: '迟到的' });
  await sql`update submissions set withdrawn_at = ${clock()}
    where id = (select submission_id from comments where text = '撤回的')`.execute(db);
  await sql`update submissions set channel = 'letter', dated_at = ${consultation.closesAt}
    where id = (select submission_id from comments where text = '迟到的')`.execute(db);
  await sql`insert into screenings (comment_id, verdict, reason, officer_id, created_at)
    select id, case when text = '粗话' then 'hidden' else 'shown' end, case when text = '粗话' then '有粗话' else '' end,
      ${officer.id}, ${clock()} from comments where text <> '还没审核的'`.execute(db);
  await sql`insert into redactions (comment_id, text, proposed_wording, quotation, reason, officer_id, created_at)
    select id, '=公示期延长，已遮盖', '', '', '电话', ${officer.id}, ${clock()} from comments where text like '=公示期%'`.execute(
    db,
  );
  clock.set('2026-04-12T10:00:00+08:00');
  await close(db, consultation);
  const input = { officer, consultationId: consultation.id };
  for (const { id, late, withdrawn } of await deskComments(db, consultation.id))
    if (!late && !withdrawn)
      await disposeOfComment(
        db,
        { ...input, commentId: id, seen: 0, disposition: { outcome: 'partlyAdopted', reason: '+部分采纳' } },
        clock(),
      );
  await checkChannels(db, { ...input, checked: channels }, clock());
  const answer = async () => {
    await sign(db, officers['approver'] as OfficerAccount, consultation, deps.sentences.notice, clock());
    await publishNotice(db, input, clock());
  };
  const at = `/consultations/${consultation.number}`;
  const get = (format: string, headers = {}) => app.inject({ url: `${at}/open-data.${format}`, headers });
  return { ...site, consultation, at, get, answer };
}

const formats = ['json', 'csv', 'xlsx'];

t.test('there are no open data before the notice is published, and links to them afterwards', async (t) => {
  const { app, at, get, db, deps, officers, consultation, clock } = await closed(t);
  const none = async () => {
    for (const format of formats) t.equal((await get(format)).statusCode, 404, format);
    t.notMatch((await visit(app).get(at)).html, 'open-data');
  };
  await none();
  await sign(db, officers['approver'] as OfficerAccount, consultation, deps.sentences.notice, clock());
  await none();
  await publishNotice(
    db,
    { officer: officers['caseworker'] as OfficerAccount, consultationId: consultation.id },
    clock(),
  );
  const page = await visit(app).get(at);
  for (const format of formats) {
    t.ok(page.document.querySelector(`#feedback a[href="${at}/open-data.${format}"]`), format);
    t.equal((await get(format)).statusCode, 200, format);
  }
  t.equal((await app.inject('/consultations/2026-9999/open-data.json')).statusCode, 404);
});

t.test('anybody keeps open data without a cookie, and asks whether they have changed', async (t) => {
  const { get, answer, db, at, app } = await closed(t);
  await answer();
  for (const format of formats) {
    const first = await get(format);
    t.equal(first.headers['set-cookie'], undefined);
    t.equal(first.headers['cache-control'], 'public, max-age=0, must-revalidate');
    const known = { 'if-none-match': String(first.headers.etag) };
    const again = await get(format, known);
    t.same([again.statusCode, again.body], [304, '']);
    await sql`update public_version set version = version + 1`.execute(db);
    t.equal((await get(format, known)).statusCode, 200);
    const head = await app.inject({ method: 'HEAD', url: `${at}/open-data.${format}` });
    t.same([head.statusCode, head.body], [200, '']);
  }
});

t.test('open data are what the pages show, in numbers and words, and nobody’s name or number', async (t) => {
  const { app, at, get, answer } = await closed(t);
  await answer();
  const json = JSON.parse((await get('json')).body);
  const rows = parse((await get('csv')).body, { bom: true }) as string[][];
  const sheets = await readExcelFile((await get('xlsx')).rawPayload, { trim: false });
  t.match(json.totals, {
    received: { submissions: 5, comments: 5 },
    byChannel: { online: { submissions: 5, comments: 5 } },
    ...{ withdrawn: { comments: 1 }, late: { submissions: 1, comments: 1 } },
    byOutcome: { partlyAdopted: 4 },
  });
  const page = await visit(app).get(at);
  t.match(page.text, /共收到意见和建议5件、5条/);
  const shown = page.document.querySelectorAll('#outcomes tbody tr');
  t.equal(shown.length, 4);
  const sum = json.outcomes.reduce((total: number, row: { comments: number }) => total + row.comments, 0);
  t.same([json.outcomes.length, sum, json.notice.rows], [4, 4, 4]);
  for (const [index, { text, reason, outcome }] of json.outcomes.entries()) {
    t.match(shown[index]?.text, text);
    t.same([outcome, reason], ['partlyAdopted', '+部分采纳']);
  }
  t.same(
    rows.slice(1).map((row) => row[2]?.replace(/^'/, '')),
    json.outcomes.map(({ text }: { text: string }) => text),
  );
  t.same(
    sheets.map(({ sheet }) => sheet),
    ['采纳情况', '公开的意见', '条款', '合计', '说明'],
  );
  t.same(
    sheets[0]?.data.map((row) => row.map((cell) => String(cell ?? ''))),
    rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+])/, ''))),
  );
  t.match(json.comments, [
    {
      text: '=公示期延长，已遮盖',
      clause: 'art_3',
      citation: '第三条',
      outcome: 'partlyAdopted',
      version: 1,
    },
  ]);
  t.equal(json.comments.length, 1, 'only what was shown');
  t.equal(sheets[1]?.data.length, 2);
  t.match(json.terms, /请注明来源：清源县水务局/);
  t.ok(json.drafts[0].clauses.some(({ address }: { address: string }) => address === 'art_3'));
  const everything = JSON.stringify([json, rows, sheets]);
  t.notMatch(everything, /朱|5550188|zhu@|不要公开我的话|粗话|撤回的|迟到的|电话▇/);
});

t.test('one sender cannot have open data made without end', async (t) => {
  const site = await testSite(t, { limits: { documents: { max: 2, windowMs: 60_000 } } });
  const statuses = [];
  for (let time = 0; time < 3; time++)
    statuses.push((await site.app.inject('/consultations/2026-9999/open-data.json')).statusCode);
  t.same(statuses, [404, 404, 429]);
});
