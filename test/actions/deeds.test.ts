import { sql } from 'kysely';
import t from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { drawUp } from '../../src/actions/draw-up.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { saveAnnouncement } from '../../src/actions/save-announcement.ts';
import { returnNotice, signNotice } from '../../src/actions/sign-notice.ts';
import { submitComments } from '../../src/actions/submit-comments.ts';
import { deskComments } from '../../src/db/comments.ts';
import { latestDraft } from '../../src/db/drafts.ts';
import { noticeState, publishedNotice } from '../../src/db/notices.ts';
import { publicVersion } from '../../src/db/public-version.ts';
import { rememberVersions } from '../../src/db/submitting.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { close, consultationOf, form, publish, sign as signAsRead, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';

type People = { caseworker: Officer; approver: Officer; other: Officer; administrator: Officer };
type Officer = NonNullable<TestSite['officers'][string]>;

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const people = site.officers as unknown as People;
  const consultation = await publish(site.db, people.caseworker, site.clock());
  return { ...site, ...people, consultation, number: consultation.number, words: site.deps.sentences.notice };
}

const broken = (rule: string) => (error: unknown) => error instanceof RuleBroken && error.rule === rule;

async function rejectsWith(
  t: { ok(value: unknown, message: string): boolean },
  work: Promise<unknown>,
  rule: string,
) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  t.ok(broken(rule)(error), `refused as ${rule}, not ${String(error)}`);
}

t.test('a published draft keeps every block with one address and citation', async (t) => {
  const { db, consultation } = await open(t);
  const draft = await latestDraft(db, consultation.id);
  const cited = Object.fromEntries((draft?.clauses ?? []).map((clause) => [clause.address, clause.citation]));
  t.match(cited, { art_3: '第三条', art_3__subpara_2: '第三条第（二）项', chp_2: '第二章' });
  t.ok(Object.values(cited).includes('第四条第二款'));
});

t.test('a form is stored once, however often and in whatever company it arrives', async (t) => {
  const { db, number, clock } = await open(t);
  const one = await form(db, number, clock());
  const other = await form(db, number, clock());
  const results = await submitComments(db, [one, other, one], rememberVersions(db), clock);
  t.same(
    results.map((result) => result.kind),
    ['received', 'received', 'received'],
  );
  t.same(results[0], results[2]);
  t.same(await submit(db, one, clock()), results[0], 'sent again later, it gives the same receipt');
  const { rows } = await sql<{ n: number }>`select count(*) as n from submissions`.execute(db);
  t.equal(rows[0]?.n, 2);
});

t.test('a captcha is good for one submission only, right or wrong', async (t) => {
  const { db, number, clock } = await open(t);
  const first = await form(db, number, clock());
  const second = { ...(await form(db, number, clock())), captcha: first.captcha };
  const [a, b] = await submitComments(db, [first, second], rememberVersions(db), clock);
  t.same([a?.kind, b?.kind], ['received', 'wrongCaptcha']);
  const wrong = await form(db, number, clock());
  t.equal(
    (await submit(db, { ...wrong, captcha: { ...wrong.captcha, answer: 'nope' } }, clock())).kind,
    'wrongCaptcha',
  );
  t.equal((await submit(db, wrong, clock())).kind, 'wrongCaptcha', 'the right answer comes too late');
});

t.test('the closing instant is the first that is too late', async (t) => {
  const { db, number, consultation, clock } = await open(t);
  const last = new Date(consultation.closesAt.getTime() - 1);
  t.equal((await submit(db, await form(db, number, last), last)).kind, 'received');
  t.equal((await submit(db, await form(db, number, last), consultation.closesAt)).kind, 'closed');
  await closeConsultations(db, consultation.closesAt);
  t.equal(
    (await submit(db, await form(db, number, last), last)).kind,
    'closed',
    'a slow clock cannot add after the closing',
  );
  t.equal((await submit(db, await form(db, '1999-0001', clock()), clock())).kind, 'unknownConsultation');
});

t.test('a comment on an unknown clause stores nothing', async (t) => {
  const { db, number, consultation, clock } = await open(t);
  const one = await form(db, number, clock(), { clause: 'art_99' });
  t.equal((await submit(db, one, clock())).kind, 'unknownClause');
  t.same(await deskComments(db, consultation.id), []);
});

t.test('4-byte characters and markup arrive as they were typed', async (t) => {
  const { db, number, consultation, clock } = await open(t);
  const text = '𠮷㐂 <script>alert(1)</script> "引号" \\ \n 第二行';
  await submit(db, await form(db, number, clock(), { text, clause: '' }), clock());
  const [comment] = await deskComments(db, consultation.id);
  t.equal(comment?.text, text);
  t.equal(comment?.clauseId, null);
});

t.test(
  'a consultation is closed once and one notice is drawn up, however many notice the deadline',
  async (t) => {
    const { db, consultation } = await open(t);
    t.equal(await closeConsultations(db, new Date(consultation.closesAt.getTime() - 1)), 0);
    const counts = await Promise.all([1, 2, 3, 4].map(() => close(db, consultation)));
    t.equal(
      counts.reduce((sum, count) => sum + count, 0),
      1,
    );
    const { rows } = await sql<{ n: number }>`select count(*) as n from feedback_notices`.execute(db);
    t.equal(rows[0]?.n, 1);
  },
);

t.test(
  'an announcement saved from an older page is refused as stale, after publication as published',
  async (t) => {
    const { db, caseworker, consultation, clock } = await open(t);
    const page = { officer: caseworker, ...consultation };
    await rejectsWith(t, saveAnnouncement(db, page, clock()), 'alreadyPublished');
  },
);

t.test('what is published, decided or signed cannot be changed or deleted, not even by SQL', async (t) => {
  const { db, consultation } = await open(t);
  await close(db, consultation);
  for (const table of [
    'drafts',
    'clauses',
    'feedback_notices',
    'ledger_entries',
    'dispositions',
    'notice_signings',
  ])
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      await t.rejects(sql.raw(statement).execute(db), /insert-only/, statement);
  await t.rejects(sql`update clauses set text = 'x'`.execute(db), /insert-only/);
  await t.rejects(sql`update announcements set title = 'x'`.execute(db), /is fixed/);
});

t.test(
  'personal data stands in submissions alone, but for the addresses that proofs are mailed to',
  async (t) => {
    const { db } = await open(t);
    const { rows } = await sql<{
      table_name: string;
    }>`select distinct table_name from information_schema.columns
    where table_schema = 'public' and column_name in ('email', 'phone', 'commenter_kind', 'receipt_token')
      and table_name not in ('announcements', 'officers') order by table_name`.execute(db);
    t.same(
      rows.map((row) => row.table_name),
      ['mailed_proofs', 'submissions'],
    );
  },
);

t.test('every change that the public can see changes the public version', async (t) => {
  const { db, consultation, clock, caseworker, approver, words } = await open(t);
  const before = await publicVersion(db);
  await submit(db, await form(db, consultation.number, clock()), clock());
  t.equal(await publicVersion(db), before, 'a submission changes no public page');
  await close(db, consultation);
  const closed = await publicVersion(db);
  t.ok(closed > before);
  await answer({ db, caseworker, approver, words, consultation, now: consultation.closesAt });
  t.ok((await publicVersion(db)) > closed);
});

t.test(
  'a disposition waits for the closing, is seen by its latest row, and is refused from a stale page',
  async (t) => {
    const { db, caseworker, other, consultation, clock } = await open(t);
    await submit(db, await form(db, consultation.number, clock()), clock());
    const [comment] = await deskComments(db, consultation.id);
    const deed = (officer: Officer, seen: number) => ({
      officer,
      consultationId: consultation.id,
      commentId: comment?.id ?? 0,
      seen,
      disposition: { outcome: 'notAdopted' as const, reason: '检测项目由国家标准规定。' },
    });
    await rejectsWith(t, disposeOfComment(db, deed(caseworker, 0), clock()), 'notClosed');
    await close(db, consultation);
    await rejectsWith(t, disposeOfComment(db, deed(other, 0), clock()), 'notAllowed');
    await disposeOfComment(db, deed(caseworker, 0), consultation.closesAt);
    await rejectsWith(t, disposeOfComment(db, deed(caseworker, 0), clock()), 'stale');
    const [after] = await deskComments(db, consultation.id);
    t.equal(after?.outcome, 'notAdopted');
    await disposeOfComment(
      db,
      { ...deed(caseworker, after?.dispositionId ?? 0), disposition: { outcome: 'adopted', reason: '' } },
      clock(),
    );
    t.equal((await deskComments(db, consultation.id))[0]?.outcome, 'adopted');
  },
);

t.test('a notice is signed when nothing is missing, by a second person, and is frozen then', async (t) => {
  const { db, caseworker, approver, administrator, consultation, clock, words } = await open(t);
  await submit(db, await form(db, consultation.number, clock(), { email: 'zhu@example.cn' }), clock());
  const sign = (officer: Officer) => signAsRead(db, officer, consultation, words, consultation.closesAt);
  await rejectsWith(t, sign(approver), 'notClosed');
  await close(db, consultation);
  await rejectsWith(t, sign(approver), 'notReady');
  const [comment] = await deskComments(db, consultation.id);
  const disposition = { outcome: 'adopted' as const, reason: '' };
  const deed = {
    officer: administrator,
    consultationId: consultation.id,
    commentId: comment?.id ?? 0,
    seen: 0,
    disposition,
  };
  await disposeOfComment(db, deed, consultation.closesAt);
  await rejectsWith(t, sign(approver), 'notReady');
  const checked = openChannels(consultation.announcement);
  await checkChannels(
    db,
    { officer: caseworker, consultationId: consultation.id, checked },
    consultation.closesAt,
  );
  await rejectsWith(t, sign(caseworker), 'notAllowed');
  await rejectsWith(t, sign(administrator), 'ownWork');
  await rejectsWith(
    t,
    publishNotice(db, { officer: caseworker, consultationId: consultation.id }, clock()),
    'noticeNotSigned',
  );
  await sign(approver);
  const again = { ...deed, officer: caseworker, seen: 1 };
  await rejectsWith(t, disposeOfComment(db, again, consultation.closesAt), 'noticeSigned');
  await returnNotice(
    db,
    { officer: approver, consultationId: consultation.id, remark: '请补充理由' },
    consultation.closesAt,
  );
  t.equal((await noticeState(db, consultation.id))?.signing?.verdict, 'returned');
  await disposeOfComment(db, again, consultation.closesAt);
  const unread = { officer: approver, consultationId: consultation.id, seen: 'another notice' };
  await rejectsWith(t, signNotice(db, unread, words, consultation.closesAt), 'stale');
  await sign(approver);
  await publishNotice(db, { officer: caseworker, consultationId: consultation.id }, consultation.closesAt);
  t.match(await publishedNotice(db, consultation.id), {
    notice: { branch: 'allAdopted', date: '2026-04-10', signatures: ['清源县水务局'] },
    rowCount: 1,
  });
  t.ok((await consultationOf(db, caseworker, consultation.id)).answeredAt);
  await rejectsWith(
    t,
    publishNotice(db, { officer: caseworker, consultationId: consultation.id }, clock()),
    'noticePublished',
  );
  const { rows } = await sql<{ kind: string }>`select kind from letters order by id`.execute(db);
  t.same(
    rows.map((row) => row.kind),
    ['receipt', 'answer'],
  );
});

t.test('nothing received is a claim that waits for every opened channel', async (t) => {
  const { db, caseworker, approver, consultation, words } = await open(t);
  await close(db, consultation);
  const { notice, blockers } = await drawUp(db, consultation, words, consultation.closesAt);
  t.equal(notice.branch, 'nothingReceived');
  t.same(blockers, ['channelsUnchecked']);
  await answer({ db, caseworker, approver, words, consultation, now: consultation.closesAt });
  const published = await publishedNotice(db, consultation.id);
  t.match(published, { notice: { branch: 'nothingReceived' }, rowCount: 0 });
});

async function answer(
  input: Pick<TestSite, 'db'> & {
    readonly caseworker: Officer;
    readonly approver: Officer;
    readonly words: TestSite['deps']['sentences']['notice'];
    readonly consultation: Awaited<ReturnType<typeof publish>>;
    readonly now: Date;
  },
): Promise<void> {
  const { db, caseworker, approver, words, consultation, now } = input;
  const consultationId = consultation.id;
  for (const comment of await deskComments(db, consultationId)) {
    const disposition = { outcome: 'adopted' as const, reason: '' };
    await disposeOfComment(
      db,
      { officer: caseworker, consultationId, commentId: comment.id, seen: 0, disposition },
      now,
    );
  }
  await checkChannels(
    db,
    { officer: caseworker, consultationId, checked: openChannels(consultation.announcement) },
    now,
  );
  await signAsRead(db, approver, consultation, words, now);
  await publishNotice(db, { officer: caseworker, consultationId }, now);
}
