import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { drawUp } from '../../src/actions/draw-up.ts';
import { currentRows } from '../../src/actions/notice-rows.ts';
import { insertGroup, putComments } from '../../src/db/group-writes.ts';
import { signedRows } from '../../src/db/notice-rows.ts';
import { noticeState } from '../../src/db/notices.ts';
import { transaction } from '../../src/db/session.ts';
import { channels } from '../../src/domain/comment.ts';
import { close, consultationOf, form, publish, sign, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import { kindsNow } from './rows/kinds.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

const everything = { passed: 0, limit: 1_000 };

async function open(t: Parameters<typeof testSite>[0], count: number) {
  const site = await testSite(t);
  const { db, clock, officers, deps } = site;
  const officer = officers['caseworker'] as Officer;
  const consultation = await publish(db, officer, clock());
  for (let index = 0; index < count; index += 1) {
    const clause = ['art_3', 'art_4', ''][index % 3] as string;
    const consent = index % 5 === 0 ? ('no' as const) : ('withoutName' as const);
    await submit(
      db,
      await form(db, consultation.number, clock(), { clause, consent, text: `意见${index}` }),
      clock(),
    );
  }
  clock.set(consultation.closesAt);
  await close(db, consultation);
  const { rows } = await sql<{ id: number; submission: number; clause: number | null; consent: string }>`
    select k.id, s.id as submission, k.clause_id as clause, s.consent
    from comments k join submissions s on s.id = k.submission_id order by k.id`.execute(db);
  const group = () =>
    transaction(db, (trx) =>
      insertGroup(trx, { consultationId: consultation.id, label: '一组', officerId: officer.id }, clock()),
    );
  const put = (ids: readonly number[], groupId: number | null) =>
    transaction(db, (trx) =>
      putComments(trx, ids, { groupId, joined: groupId !== null }, officer.id, clock()),
    );
  const dispose = (id: number, outcome: string) =>
    sql`insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
      values (${id}, ${outcome}, '理由', ${officer.id}, ${clock()})`.execute(db);
  const words = deps.sentences.notice;
  const notice = () => drawUp(db, consultation, words, clock());
  const table = () => currentRows(db, consultation, words, everything);
  return { ...site, officer, consultation, comments: rows, group, put, dispose, notice, table, words };
}

t.test('alike comments stand in one row, none disappears, and 类 are what was grouped', async (t) => {
  const { db, comments, group, put, dispose, notice, table, consultation } = await open(t, 12);
  const groups = [await group(), await group()];
  const state = comments.map((comment) => ({ ...comment, group: 0, outcome: '', gone: false, late: false }));
  const standing = () => state.filter(({ gone, late }) => !gone && !late);
  const distinct = (keys: readonly string[]) => new Set(keys).size;
  const kindsOf = () => distinct(standing().map(({ id, group: of }) => (of ? `group ${of}` : `alone ${id}`)));
  const rowsOf = () =>
    distinct(standing().map(({ id, group: of, outcome }) => (of ? `${of} ${outcome}` : `alone ${id}`)));
  const step = fc.record({
    at: fc.nat({ max: comments.length - 1 }),
    what: fc.constantFrom('join 0', 'join 1', 'out', 'adopted', 'notAdopted', 'withdraw', 'late'),
  });
  const steps = fc.sample(step, { numRuns: 70, seed: 13 });
  for (const { at, what } of steps) {
    const one = state[at] as (typeof state)[number];
    if (what.startsWith('join')) {
      one.group = groups[Number(what.at(-1))] as number;
      await put([one.id], one.group);
    } else if (what === 'out') {
      one.group = 0;
      await put([one.id], null);
    } else if (what === 'withdraw') {
      one.gone = true;
      await sql`update submissions set withdrawn_at = received_at where id = ${one.submission}`.execute(db);
    } else if (what === 'late') {
      if (standing().length < 5) continue;
      one.late = true;
      await sql`update submissions set channel = 'letter', dated_at = ${consultation.closesAt} where id = ${one.submission}`.execute(
        db,
      );
    } else {
      one.outcome = what;
      await dispose(one.id, what);
    }
    const rows = await table();
    t.equal(
      rows.reduce((sum, { alike }) => sum + alike, 0),
      standing().length,
      `${what}: no comment is missing`,
    );
    t.same([rows.length, rows.at(-1)?.number ?? 0], [rowsOf(), rowsOf()], `${what}: alike ones share a row`);
    t.equal((await notice()).rowCount, rows.length);
    t.equal(await kindsNow(db, consultation.id), kindsOf(), what);
    const told = (await notice()).notice.paragraphs.join().match(/共(\d+)类/)?.[1];
    t.equal(told, kindsOf() < standing().length ? String(kindsOf()) : undefined);
  }
});

t.test('a row prints the words of one who agreed, and is frozen as it was signed', async (t) => {
  const { db, comments, group, put, dispose, table, officers, consultation, words, clock, officer } =
    await open(t, 9);
  const groupId = await group();
  await put(
    comments.slice(0, 4).map(({ id }) => id),
    groupId,
  );
  for (const { id } of comments) await dispose(id, 'notAdopted');
  t.equal(comments[0]?.consent, 'no', 'the first kept their words back');
  const rows = await table();
  const [merged] = rows.filter(({ alike }) => alike > 1);
  t.match(merged, { alike: 4, text: '意见2', clause: '整体意见、第三条、第四条', channels: { online: 4 } });
  await checkChannels(db, { officer, consultationId: consultation.id, checked: channels }, clock());
  const seen = await drawUp(db, consultation, words, clock());
  t.same(seen.blockers, []);
  await sign(
    db,
    officers['approver'] as Officer,
    await consultationOf(db, officer, consultation.id),
    words,
    clock(),
  );
  const signing = (await noticeState(db, consultation.id))?.signing;
  t.same(await signedRows(db, signing?.id ?? 0, everything), rows);
});

t.test('a notice that was read before a group changed is not signed', async (t) => {
  const { comments, group, put, notice } = await open(t, 6);
  const before = await notice();
  await put(
    comments.map(({ id }) => id),
    await group(),
  );
  t.not((await notice()).seen, before.seen);
});
