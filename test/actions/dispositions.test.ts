import { sql } from 'kysely';
import t from 'tap';
import { disposeOfComments } from '../../src/actions/dispose-of-comments.ts';
import { deskComments } from '../../src/db/comments.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { multiplied } from '../submitted.ts';
import { type TestSite, testSite } from '../support.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(site.db, officer, site.clock());
  const send = async (change: Parameters<typeof form>[3] = {}) => {
    await submit(site.db, await form(site.db, consultation.number, site.clock(), change), site.clock());
    const { rows } = await sql<{ id: number }>`select max(id)::int as id from comments`.execute(site.db);
    return rows[0]?.id ?? 0;
  };
  const now = consultation.closesAt;
  const dispose = (
    comments: { id: number; seen: number }[],
    outcome = 'notAdopted' as const,
    reason = '已有安排。',
  ) =>
    disposeOfComments(
      site.db,
      { officer, consultationId: consultation.id, comments, disposition: { outcome, reason } },
      now,
    );
  return { ...site, officer, consultation, send, now, dispose };
}

const unseen = (ids: readonly number[]) => ids.map((id) => ({ id, seen: 0 }));

t.test('5,000 comments are disposed of at once, with one entry in the ledger', async (t) => {
  const { db, send, dispose, consultation } = await open(t);
  const [one, whole] = [await send(), await send({ clause: '' })];
  await multiplied(db, one, 4_998);
  await close(db, consultation);
  const ids = (await deskComments(db, consultation.id)).map(({ id }) => id);
  t.equal(ids.length, 5_000);
  t.same(await dispose(unseen(ids), 'notAdopted', '{条款}另有规定。'), { disposed: 5_000 });
  const comments = await deskComments(db, consultation.id);
  t.ok(comments.every(({ outcome }) => outcome === 'notAdopted'));
  t.same(
    [whole, one].map((id) => comments.find((each) => each.id === id)?.reason),
    ['征求意见稿另有规定。', '第三条另有规定。'],
    'each with the clause it is about',
  );
  const { rows } = await sql<{ detail: object }>`
    select detail from ledger_entries where what = 'commentsDisposed'`.execute(db);
  t.match(rows, [{ detail: { count: 5_000, replaced: 0, outcome: 'notAdopted' } }]);
});

t.test('where somebody was quicker nothing is done, and it is said which', async (t) => {
  const { db, send, dispose, consultation } = await open(t);
  const ids = [await send(), await send(), await send()];
  await close(db, consultation);
  await dispose(unseen(ids.slice(1, 2)));
  t.same(await dispose(unseen(ids)), { changed: ids.slice(1, 2) });
  const comments = await deskComments(db, consultation.id);
  t.same(
    ids.map((id) => comments.find((each) => each.id === id)?.outcome),
    [null, 'notAdopted', null],
  );
  const seen = comments.map(({ id, dispositionId }) => ({ id, seen: dispositionId }));
  t.same(await dispose(seen), { disposed: 3 }, 'as they are now');
});

t.test('late, withdrawn and unknown comments are refused, and everything before the closing', async (t) => {
  const { db, send, dispose, consultation } = await open(t);
  const [good, late, gone] = [await send(), await send(), await send()];
  await t.rejects(dispose(unseen([good])), /notClosed/);
  const change = (id: number, what: ReturnType<typeof sql>) =>
    sql`update submissions set ${what} where id = (select submission_id from comments where id = ${id})`.execute(
      db,
    );
  await change(late, sql`channel = 'letter', dated_at = ${consultation.closesAt}`);
  await change(gone, sql`withdrawn_at = received_at`);
  await close(db, consultation);
  for (const ids of [[], [late], [good, gone], [good, 999_999]])
    await t.rejects(dispose(unseen(ids)), /notAllowed/);
  const { rows } = await sql`select from dispositions`.execute(db);
  t.equal(rows.length, 0);
});
