import { sql } from 'kysely';
import t from 'tap';
import { close, form, publish, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import type { Page } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

const letter =
  '本人住在幸福小区三号楼，已有十二年。第三条的检测周期太长，自来水发黄时居民只能自己买水，建议把检测结果每半个月公布一次，并写明由谁负责复检，希望起草部门采纳。';
const own = '巡查记录应当写明巡查人和时间，保存不少于三年，方便以后查找责任。';

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const { db, clock } = site;
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(db, officer, clock());
  const send = async (text: string) => {
    await submit(db, await form(db, consultation.number, clock(), { text }), clock());
    const { rows } = await sql<{ id: number; receipt: string }>`
      select k.id, s.receipt_number as receipt from comments k join submissions s on s.id = k.submission_id
      order by k.id desc limit 1`.execute(db);
    return rows[0] as { id: number; receipt: string };
  };
  const at = `/desk/consultations/${consultation.id}`;
  const closeIt = async () => {
    clock.set(consultation.closesAt);
    await close(db, consultation);
  };
  return { ...site, consultation, send, at, groups: `${at}/groups`, closeIt };
}

/** Letters are searched, and the one suggestion is confirmed; gives the page of the group. */
async function confirmed(t: Parameters<typeof testSite>[0], texts: readonly string[]) {
  const site = await open(t);
  const sent = [];
  for (const text of texts) sent.push(await site.send(text));
  const desk = await site.signIn('caseworker');
  await desk.get(site.groups);
  await desk.send('/groups/search');
  await site.workOnGroups();
  await follow(desk, await desk.get(site.groups), '条相同或相近');
  const page = await desk.send('/0', { groupLabel: '公布检测结果' }, 'do=confirm');
  return { ...site, sent, desk, page };
}

function follow(desk: { get(address: string): Promise<Page> }, page: Page, text: string): Promise<Page> {
  const link = page.document.querySelectorAll('main a').find((each) => each.text.includes(text));
  return desk.get(link?.getAttribute('href')?.replaceAll('&amp;', '&') ?? 'no such link');
}

t.test('a search shows its progress, then what is alike with what differs', async (t) => {
  const { db, send, signIn, groups, workOnGroups } = await open(t);
  await send(letter);
  await send(letter.replace('三号楼', '九号楼'));
  await send(own);
  const desk = await signIn('caseworker');
  t.match((await desk.get(groups)).text, '还没有查找过');
  const waiting = await desk.send('/groups/search');
  t.match(waiting.text, '正在查找');
  t.match([waiting.headers['refresh'], waiting.text], [undefined, /已完成 0%.*看最新进度/]);
  t.equal((await desk.get(`${groups}?watch=1`)).headers['refresh'], `5; url=${groups}?watch=1`);
  await sql`update group_searches set percent = 40`.execute(db);
  t.match((await desk.get(groups)).text, '已完成 40%', 'how far a process that broke off was');
  await workOnGroups();
  const page = await desk.get(groups);
  t.match(page.text, '比较了3条意见');
  t.notMatch(page.text, '不同的文字太多');
  await sql`update group_searches set passed_over = 12`.execute(db);
  t.match((await desk.get(groups)).text, '其中12种只与较常见的文字比较过');
  t.match(page.text, '2条相同或相近');
  const one = await follow(desk, page, '2条相同或相近');
  t.same(
    one.document.querySelectorAll('ins, del').map((each) => each.text),
    ['〔删除：三〕', '〔新增：九〕'],
  );
  const approver = await signIn('approver');
  t.equal((await approver.get(one.address)).document.querySelectorAll('main button').length, 0);
});

t.test(
  'a suggestion is confirmed without those struck; what is missing is said and nothing is lost',
  async (t) => {
    const { send, signIn, groups, workOnGroups } = await open(t);
    const sent = [await send(letter), await send(letter), await send(letter)];
    const desk = await signIn('caseworker');
    await desk.get(groups);
    await desk.send('/groups/search');
    await workOnGroups();
    await follow(desk, await desk.get(groups), '3条相同或相近');
    const struck = sent.slice(1).map(({ id }) => String(id));
    const refused = await desk.send('/0', { groupLabel: '', struck }, 'do=confirm');
    t.equal(refused.status, 422);
    t.same(
      refused.document.querySelectorAll('.errors a').map((each) => each.getAttribute('href')),
      ['#groupLabel', '#members'],
    );
    t.equal(refused.document.querySelectorAll('input[name=struck][checked]').length, 2);
    const page = await desk.send(
      '/0',
      { groupLabel: '公布检测结果', struck: [struck[0] as string] },
      'do=confirm',
    );
    t.match(page.text, '第1组：公布检测结果');
    t.match(page.text, '2条');
  },
);

t.test('who confirms after somebody else is told and keeps the label', async (t) => {
  const { send, signIn, groups, workOnGroups } = await open(t);
  await send(letter);
  await send(letter);
  const [desk, other] = [await signIn('caseworker'), await signIn('second')];
  await desk.get(groups);
  await desk.send('/groups/search');
  await workOnGroups();
  for (const each of [desk, other]) await follow(each, await each.get(groups), '2条相同或相近');
  await desk.send('/0', { groupLabel: '先确认的' }, 'do=confirm');
  const late = await other.send('/0', { groupLabel: '后确认的名称' }, 'do=confirm');
  t.equal(late.status, 409);
  t.match(late.text, '后确认的名称');
});

t.test('a group is disposed of together; who joins later waits for a disposition of their own', async (t) => {
  const { page, closeIt, send, signIn, groups, workOnGroups, db } = await confirmed(t, [letter, letter]);
  t.match(page.text, '截止以后在这里一起办理');
  const late = await send(letter);
  await closeIt();
  const desk = await signIn('caseworker');
  const here = page.address.split('?')[0] as string;
  await desk.get(here);
  const missing = await desk.send('/disposition', { outcome: 'notAdopted', reason: '' });
  t.equal(missing.status, 422);
  t.equal(missing.document.querySelector('.errors a')?.getAttribute('href'), '#reason');
  const done = await desk.send('/disposition', { outcome: 'notAdopted', reason: '半个月来不及检测。' });
  t.match(done.text, '未采纳 2条');
  await desk.get(groups);
  await desk.send('/groups/search');
  await workOnGroups();
  await follow(desk, await desk.get(groups), '建议并入');
  const joined = await desk.send('/0', {}, 'do=confirm');
  t.match(joined.text, '未采纳 2条');
  t.match(joined.text, '待办理 1条');
  const { rows } = await sql`select 1 from dispositions where comment_id = ${late.id}`.execute(db);
  t.equal(rows.length, 0);
});

t.test('who disposes of a group that changed meanwhile is told, and keeps the words', async (t) => {
  const { page, closeIt, sent, signIn, at } = await confirmed(t, [letter, letter, letter]);
  await closeIt();
  const desk = await signIn('caseworker');
  const here = page.address.split('?')[0] as string;
  await desk.get(here);
  const other = await signIn('second');
  await other.get(`${at}/comments`);
  await other.send(`/comments/${sent[0]?.id}/disposition`, {
    [`outcome-${sent[0]?.id}`]: 'adopted',
  });
  const stale = await desk.send('/disposition', { outcome: 'notAdopted', reason: '半个月来不及检测。' });
  t.equal(stale.status, 409);
  t.equal(stale.field('reason')?.trim(), '半个月来不及检测。');
  t.match(stale.text, '采纳 1条');
  const again = await desk.send('/disposition', {});
  t.match(again.text, '未采纳 3条');
});

t.test('comments are taken out, moved and added by hand, and each says where it is', async (t) => {
  const { desk, page, sent, at, send } = await confirmed(t, [letter, letter, letter]);
  const here = page.address.split('?')[0] as string;
  const [first] = sent as [{ id: number; receipt: string }];
  const list = await desk.get(`${at}/comments`);
  t.equal(list.document.querySelectorAll(`a[href="${here}"]`).length, 3);
  await desk.get(here);
  t.equal((await desk.send('/members', {}, 'do=out')).status, 422, 'nothing was chosen');
  const nowhere = await desk.send('/members', { member: [String(first.id)], moveTo: '7' }, 'do=move');
  t.equal(nowhere.status, 422);
  t.equal(nowhere.document.querySelectorAll('input[name=member][checked]').length, 1);
  t.match((await desk.send('/members', { member: [String(first.id)], moveTo: '' }, 'do=out')).text, '2条');
  const alone = await desk.get(`${at}/comments/${first.id}`);
  t.match(alone.text, '自成一类');
  t.equal((await desk.send('/group', { groupNumber: '九' })).status, 422);
  t.match((await desk.send('/group', { groupNumber: '1' })).text, '这条意见在第1组');
  const other = await send(own);
  await desk.get(here);
  t.equal((await desk.send('/additions', { addReceipt: '没有' })).status, 422);
  t.match((await desk.send('/additions', { addReceipt: other.receipt })).text, '4条');
  t.equal((await desk.send('/dissolution')).status, 422);
  t.match((await desk.send('/dissolution', { dissolve: 'yes' })).text, '还没有归并的意见');
  t.match((await desk.get(here)).text, '这一组已经解散');
});

t.test('a group of more than a page is read to its end', async (t) => {
  const { desk, page } = await confirmed(
    t,
    Array.from({ length: 53 }, () => letter),
  );
  t.match(page.text, '53条');
  const next = await follow(desk, page, '下一页');
  t.equal(next.document.querySelectorAll('#members .card').length, 3);
  t.match((await follow(desk, next, '第一页')).text, '53条');
});
