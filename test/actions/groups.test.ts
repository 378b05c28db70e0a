import { sql } from 'kysely';
import t from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { confirmGroup, setSuggestionAside } from '../../src/actions/confirm-group.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { dissolveGroup } from '../../src/actions/dissolve-group.ts';
import { groupComments } from '../../src/actions/group-comments.ts';
import { searchGroups } from '../../src/actions/search-groups.ts';
import { withdrawSubmission } from '../../src/actions/withdraw-submission.ts';
import { workOnGroups } from '../../src/actions/work-on-groups.ts';
import { workersOn } from '../../src/db/answer-workers.ts';
import { memberIds } from '../../src/db/group-members.ts';
import { takeNextSearch } from '../../src/db/group-queue.ts';
import { commentGroup, groupSearches, suggestedIds, suggestionsFrom } from '../../src/db/groups.ts';
import { placedComments } from '../../src/db/memberships.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import type { Grouper } from '../../src/domain/groups/grouper.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import { kindsNow } from './rows/kinds.ts';

type Officer = NonNullable<TestSite['officers'][string]>;
type T = Parameters<typeof testSite>[0];

const letter =
  '本人住在幸福小区三号楼，已有十二年。第三条的检测周期太长，自来水发黄时居民只能自己买水，建议把检测结果每半个月公布一次，并写明由谁负责复检，希望起草部门采纳。';
const alone = '巡查记录应当写明巡查人和时间，保存不少于三年，方便以后查找责任。';

async function open(t: T) {
  const site = await testSite(t);
  const { db, clock, officers } = site;
  const [officer, second, other, approver] = ['caseworker', 'second', 'other', 'approver'].map(
    (login) => officers[login] as Officer,
  ) as [Officer, Officer, Officer, Officer];
  const consultation = await publish(db, officer, clock());
  const base = { officer, consultationId: consultation.id };
  const send = async (text: string, change: Parameters<typeof form>[3] = {}) => {
    await submit(db, await form(db, consultation.number, clock(), { text, ...change }), clock());
    const { rows } = await sql<{ id: number }>`select max(id)::int as id from comments`.execute(db);
    return rows[0]?.id ?? 0;
  };
  const search = async () => {
    await searchGroups(db, base, clock());
    await site.workOnGroups();
    return suggestions();
  };
  const suggestions = async () => {
    const { done } = await groupSearches(db, consultation.id);
    const found = done ? await suggestionsFrom(db, done.id, 0, 100) : [];
    return Promise.all(found.map(async (each) => ({ ...each, ids: await suggestedIds(db, each, 0, 100) })));
  };
  const confirm = (
    suggestion: { searchId: number; position: number },
    struck: readonly number[] = [],
    change = {},
  ) => confirmGroup(db, { ...base, ...pick(suggestion), label: '公布检测结果', struck, ...change }, clock());
  const seen = async (ids: readonly number[]) => {
    const placed = await placedComments(db, ids);
    return ids.map((id) => ({ id, seen: placed.get(id)?.seen ?? 0 }));
  };
  const put = async (ids: readonly number[], to: number | null) =>
    groupComments(db, { ...base, comments: await seen(ids), to }, clock());
  const members = (group: number) => memberIds(db, group, 0, 100);
  const kinds = () => kindsNow(db, consultation.id);
  return {
    ...site,
    officer,
    second,
    other,
    approver,
    consultation,
    base,
    send,
    search,
    suggestions,
    confirm,
    seen,
    put,
    members,
    kinds,
  };
}

const pick = ({ searchId, position }: { searchId: number; position: number }) => ({ searchId, position });

async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'not refused';
  } catch (error) {
    return error instanceof RuleBroken ? error.rule : String(error);
  }
}

t.test('what is alike is suggested, and nothing is grouped before a person says so', async (t) => {
  const { send, search, kinds } = await open(t);
  const [one, , three, four] = [
    await send(letter),
    await send(alone),
    await send(letter.replace('三号楼', '8号楼').replaceAll('，', ',')),
    await send(`${letter}另外，水厂的电话总是打不通。`, { clause: 'art_4' }),
  ];
  const [found, ...others] = await search();
  t.same(found?.ids, [one, three, four]);
  t.equal(found?.clauseIds.length, 2, 'on two clauses');
  t.same(others, []);
  t.equal(await kinds(), 4);
});

t.test('the closing lets the program search once, whoever notices it', async (t) => {
  const { send, suggestions, db, consultation, clock, workOnGroups } = await open(t);
  await send(letter);
  await send(letter);
  t.equal(await workOnGroups(), 0, 'nobody asked before the closing');
  clock.set(consultation.closesAt);
  await close(db, consultation);
  t.equal(
    (await Promise.all([workOnGroups(), workOnGroups()])).reduce((sum, each) => sum + each),
    1,
  );
  t.equal((await suggestions()).length, 1);
  t.equal(await workOnGroups(), 0);
});

t.test(
  'a search that broke off is taken up when its lease has run out, and given up after four times',
  async (t) => {
    const { send, search, suggestions, db, base, clock, workOnGroups: work } = await open(t);
    await send(letter);
    await send(letter);
    await searchGroups(db, base, clock());
    t.ok(await takeNextSearch(db, clock(), 180_000), 'whoever took it dies');
    t.equal(await work(), 0, 'it is somebody’s');
    clock.set(new Date(clock().getTime() + 180_000));
    t.equal(await work(), 1);
    t.equal((await suggestions()).length, 1);

    await searchGroups(db, base, clock());
    const dies = { find: () => Promise.reject(new Error('died')) };
    for (let attempt = 1; attempt <= 4; attempt += 1)
      await t.rejects(workOnGroups(db, { grouper: dies, clock }), { message: 'died' });
    t.equal(await workOnGroups(db, { grouper: dies, clock }), 1);
    const { latest, done } = await groupSearches(db, base.consultationId);
    t.equal(latest?.state, 'failed');
    t.equal((await suggestionsFrom(db, done?.id ?? 0, 0, 10)).length, 1, 'what was found before stays');
    t.equal((await search()).length, 1);
  },
);

t.test('what a search compared before its process died is not compared again by the next', async (t) => {
  const { send, suggestions, db, base, clock, workOnGroups: work } = await open(t);
  const ids = [await send(letter), await send(letter), await send(alone), await send(`${alone}谢谢。`)];
  await searchGroups(db, base, clock());
  const read = async (portions: AsyncIterable<readonly unknown[]>) => {
    let count = 0;
    for await (const portion of portions) count += portion.length;
    return count;
  };
  const dies: Grouper = {
    find: async ({ portions }, _clauses, notes) => {
      t.equal(await read(portions), ids.length);
      t.same(await notes.kept('these'), []);
      notes.keep({ from: 0, leaders: Int32Array.of(0, 0), share: 0.5 });
      throw new Error('died');
    },
  };
  await t.rejects(workOnGroups(db, { grouper: dies, clock }), { message: 'died' });
  const percent = async () => (await groupSearches(db, base.consultationId)).latest?.percent;
  t.equal(await percent(), 50, 'the page says so');
  const goesOn: Grouper = {
    find: async ({ portions, texts }, _clauses, notes) => {
      await read(portions);
      t.same(await texts([ids[3] as number, 0, ids[0] as number]), [`${alone}谢谢。`, '', letter]);
      t.same(await notes.kept('others'), [], 'what was kept is of other comments');
      t.same(await notes.kept('these'), [0, 0]);
      t.equal(await percent(), 50, 'and it does not go back');
      return { groups: [{ ids: ids.slice(0, 2), sample: ids[0] as number }], passedOver: 3 };
    },
  };
  t.equal(await workOnGroups(db, { grouper: goesOn, clock }), 1);
  t.same(
    (await suggestions()).map((each) => each.ids),
    [ids.slice(0, 2)],
  );
  t.equal((await groupSearches(db, base.consultationId)).done?.passedOver, 3);
  const { rows } = await sql`select from compared_texts`.execute(db);
  t.same(rows, [], 'what was kept is dropped with the end');
  t.equal(await work(), 0);
});

t.test('a group of thousands is stored in portions, and counted as one', async (t) => {
  const { send, suggestions, db, base, clock } = await open(t);
  const id = await send(letter);
  await sql`
    with more as (
      insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
        commenter_kind, name, phone, email, consent)
      select consultation_id, 'f' || n, 'r' || n, 't' || n, channel, received_at, dated_at, commenter_kind, '', '', '', consent
      from submissions, generate_series(1, 4500) n returning id)
    insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
    select more.id, k.consultation_id, k.draft_id, case when more.id % 2 = 0 then k.clause_id end, 0, k.stance, k.text, ''
    from more, comments k where k.id = ${id}`.execute(db);
  const { rows } = await sql<{ id: number }>`select id from comments order by id`.execute(db);
  const ids = rows.map((row) => row.id);
  const finds: Grouper = { find: async () => ({ groups: [{ ids, sample: id }], passedOver: 0 }) };
  await searchGroups(db, base, clock());
  t.equal(await workOnGroups(db, { grouper: finds, clock }), 1);
  const [found, ...others] = await suggestions();
  t.equal(others.length, 0);
  t.match(found, { size: 4_501, sampleId: id });
  t.equal(found?.clauseIds.length, 2, 'of all its portions');
  t.same(found && (await suggestedIds(db, found, 0, 5_000)), ids);
});

t.test('a suggestion is confirmed but for those struck, and no more is suggested of it', async (t) => {
  const { send, search, confirm, members, kinds, officer, db, consultation } = await open(t);
  const ids = [await send(letter), await send(letter), await send(letter), await send(alone)];
  const [found] = await search();
  const group = await confirm(found as { searchId: number; position: number }, [ids[1] as number]);
  t.same(await members(group), [ids[0], ids[2]]);
  t.equal(await kinds(), 3, 'one group, one struck, one alone');
  t.match(await commentGroup(db, consultation.id, group), { number: 1, label: '公布检测结果', members: 2 });
  t.same(await search(), []);
  t.same(await workersOn(db, consultation.id), [officer.id], 'who confirmed does not sign');
});

t.test('what comes later is suggested to join, and counts from then on', async (t) => {
  const { send, search, confirm, members, kinds } = await open(t);
  const first = [await send(letter), await send(letter)];
  const [found] = await search();
  const group = await confirm(found as never);
  const late = await send(`${letter}谢谢。`);
  t.equal(await kinds(), 2);
  const [joining] = await search();
  t.match(joining, { joins: { id: group }, ids: [late] });
  t.equal(await confirm(joining as never), group);
  t.same(await members(group), [...first, late]);
  t.equal(await kinds(), 1);
});

t.test('comments are taken out, put in by hand and moved in one deed; a group is dissolved', async (t) => {
  const { send, search, confirm, put, members, kinds, db, base, clock } = await open(t);
  const a = [await send(letter), await send(letter), await send(letter)];
  const b = [await send(alone), await send(alone)];
  const found = await search();
  const [first, second] = [await confirm(found[0] as never), await confirm(found[1] as never)];
  t.equal(await kinds(), 2);
  await put([a[0] as number], second);
  t.same([await members(first), await members(second)], [a.slice(1), [a[0], ...b]]);
  await put([a[0] as number], null);
  t.same(await members(second), b);
  t.equal(await kinds(), 3);
  const dissolve = (groupId: number, seen: number) => dissolveGroup(db, { ...base, groupId, seen }, clock());
  t.equal(await refused(dissolve(first, 3)), 'stale');
  await dissolve(first, 2);
  t.same(await members(first), []);
  t.equal(await kinds(), 4);
  t.equal(await refused(put([a[0] as number], first)), 'stale', 'a dissolved group takes nobody');
  t.same(await search(), [], 'what a person took apart is not suggested again');
});

t.test('a suggestion set aside is not made again', async (t) => {
  const { send, search, base, db, clock } = await open(t);
  await send(letter);
  await send(letter);
  const [found] = await search();
  await setSuggestionAside(db, { ...base, ...pick(found as never) }, clock());
  t.same(await search(), []);
});

t.test('who comes second with an older page is told, and nothing changes', async (t) => {
  const { send, search, confirm, put, seen, second, base, db, clock, other, approver } = await open(t);
  const ids = [await send(letter), await send(letter), await send(letter)];
  const [found] = await search();
  const before = await seen(ids);
  t.equal(await refused(confirm(found as never, [], { officer: other })), 'notAllowed');
  t.equal(await refused(confirm(found as never, [], { officer: approver })), 'notAllowed');
  t.equal(await refused(confirm(found as never, ids)), 'stale', 'nobody is left');
  const group = await confirm(found as never);
  t.equal(await refused(confirm(found as never)), 'stale');
  const again = { ...base, officer: second, comments: before, to: group };
  t.equal(await refused(groupComments(db, again, clock())), 'stale');
  await put([ids[0] as number], null);
});

t.test('a withdrawn comment is in no kind, and a signed notice fixes the groups', async (t) => {
  const { send, search, confirm, put, kinds, db, clock, consultation, deps, second, approver, base } =
    await open(t);
  const ids = [await send(letter), await send(letter), await send(letter)] as const;
  await confirm((await search())[0] as never);
  const { rows } = await sql<{ token: string }>`
    select receipt_token as token from submissions s join comments k on k.submission_id = s.id
    where k.id = ${ids[0]}`.execute(db);
  await withdrawSubmission(db, rows[0]?.token ?? '', clock);
  t.equal(await kinds(), 1);
  t.equal(await refused(put([ids[0]], null)), 'notAllowed');
  clock.set(consultation.closesAt);
  await close(db, consultation);
  const disposition = { outcome: 'adopted', reason: '' } as const;
  for (const commentId of ids.slice(1))
    await disposeOfComment(db, { ...base, commentId, seen: 0, disposition }, clock());
  const checked = openChannels(consultation.announcement);
  await checkChannels(db, { ...base, officer: second, checked }, clock());
  await sign(db, approver, consultation, deps.sentences.notice, clock());
  t.equal(await refused(put([ids[1]], null)), 'noticeSigned');
  t.equal(await refused(search()), 'noticeSigned');
});

t.test('what was said of groups cannot be changed, not even by SQL', async (t) => {
  const { send, search, confirm, db } = await open(t);
  await send(letter);
  await send(letter);
  await confirm((await search())[0] as never);
  await t.rejects(sql`update comment_group_members set joined = false`.execute(db));
  await t.rejects(sql`delete from comment_group_members`.execute(db));
});
