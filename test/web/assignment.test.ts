import { sql } from 'kysely';
import t from 'tap';
import { assignComments } from '../../src/actions/assign-comments.ts';
import { keepDepartment } from '../../src/actions/keep-department.ts';
import { departmentsOf } from '../../src/db/departments.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testSite } from '../support.ts';
import { tallied } from '../tallied.ts';
import { type Page, visit } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

/** A consultation with comments, the first on the whole draft, and a department that can be asked. */
async function open(t: Parameters<typeof testSite>[0], count = 3) {
  const site = await testSite(t);
  const { db, clock, officers } = site;
  const officer = officers['caseworker'] as Officer;
  const administrator = officers['administrator'] as Officer;
  await sql`update officers set email = login || '@example.cn'`.execute(db);
  await keepDepartment(db, { officer: administrator, place: 'new', name: '县农业农村局' }, clock());
  const consultation = await publish(db, officer, clock());
  let receipt = '';
  for (let sent = 0; sent < count; sent += 1) {
    const one = await form(db, consultation.number, clock(), { clause: sent === 0 ? '' : 'art_3' });
    await submit(db, one, clock());
    receipt ||= one.receiptToken;
  }
  const ids = (await sql<{ id: number }>`select id from comments order by id`.execute(db)).rows.map(
    ({ id }) => id,
  );
  const [department] = await departmentsOf(db, officer.agencyId);
  const list = `/desk/consultations/${consultation.id}/comments`;
  const key = (login: string) => `o${(officers[login] as Officer).id}`;
  return { ...site, officer, consultation, receipt, ids, list, key, office: `d${department?.id}` };
}

const found = (page: Page) => Number(/筛选出(\d+)条/.exec(page.text)?.[1] ?? Number.NaN);
const typedIn = (page: Page, name: string) =>
  page.document.querySelector(`textarea[name=${name}]`)?.text.trim() ?? '';
const chosenIn = (page: Page) =>
  page.document.querySelector('#assignee option[selected]')?.getAttribute('value');

t.test(
  'what a filter finds, a clause or ticked ones are given, found by whose they are, and taken back',
  async (t) => {
    const { app, receipt, signIn, list, ids, key, office, db, consultation, clock } = await open(t);
    const desk = await signIn('caseworker');
    const give = (typed: Record<string, string>, button?: string) =>
      desk.send('/comments/assignment', typed, button);
    const first = await desk.get(`${list}/assignment?clause=whole`);
    t.match(first.text, /共1条意见：未分办1条/);
    t.equal((await give({ assignee: '', assignmentRemark: '请尽快提出意见。' })).status, 422, 'to whom?');
    t.equal(typedIn(desk.page(), 'assignmentRemark'), '请尽快提出意见。');
    t.match(
      (await give({ assignee: office })).text,
      /已分办1条。.*分办 未分办2条 ＋ 县农业农村局1条 ＝ 按时收到3条/,
    );
    t.match(desk.page().text, /逐项相加与实际收到的3件、3条相符/);
    t.match(desk.page().text, /分办：县农业农村局（请尽快提出意见。）/, 'the card says so');

    await desk.get(list);
    t.equal((await desk.send('/comments/screening', {}, 'do=assign')).status, 422, 'none is ticked');
    await desk.get(list);
    await desk.send('/comments/screening', { comment: String(ids[1]) }, 'do=assign');
    t.match((await give({ assignee: key('second') })).text, /已分办1条/);
    const counts = async (login: string) => {
      const visitor = await signIn(login);
      const of = async (asked: string) => found(await visitor.get(`${list}?assigned=${asked}`));
      return [await of('me'), await of('none'), await of(office), await of(key('second'))];
    };
    t.same(await counts('second'), [1, 1, 1, 1]);
    t.same(await counts('caseworker'), [0, 1, 1, 1]);
    await tallied(db, { portion: 10, most: 3, least: 1 });
    t.same(await counts('second'), [1, 1, 1, 1], 'as the kept counts have it');

    const second = await signIn('second');
    const home = await second.get('/desk');
    t.match(home.text, /办理分给我的意见/, 'also before the closing');
    const link = home.document.querySelector('.tasks a[href*="assigned=me"]')?.getAttribute('href') ?? '';
    t.equal(found(await second.get(link)), 1, 'the link of the home page finds what it counts');
    await close(db, consultation);
    clock.set('2026-04-12T10:00:00+08:00');
    const later = await signIn('second');
    await later.get(link);
    await later.send(`/comments/${ids[1]}/disposition`, { [`outcome-${ids[1]}`]: 'adopted' });
    t.notMatch((await later.get('/desk')).text, /办理分给我的意见/, 'it is done');

    const citizen = visit(app);
    for (const path of [`/consultations/${consultation.number}`, `/receipts/${receipt}`]) {
      const read = await citizen.get(path);
      t.equal(read.status, 200, path);
      t.notMatch(read.text, /农业农村局|提出意见。/, `${path} says nothing of it`);
    }
    const again = await signIn('caseworker');
    await again.get(`${list}/assignment?assigned=${office}`);
    t.match((await again.send('/comments/assignment', {}, 'do=takeBack')).text, /已收回1条的分办/);
    const lines = (await again.get(`${list}/${ids[0]}`)).document
      .querySelectorAll('#assignment + .history li')
      .map((line) => line.text.replace(/^\S+ \S+ /, ''));
    t.match(lines, [
      /caseworker：未分办 → 县农业农村局，说明：请尽快提出意见。/,
      /caseworker：县农业农村局 → 未分办/,
    ]);
    await again.get(`${list}/assignment?chosen=${ids[0]}`);
    t.notMatch(again.page().text, /收回分办/, 'there is nothing to take back');
  },
);

t.test(
  'one letter tells an officer of what they are given within minutes, and none tells whoever took them',
  async (t) => {
    const site = await open(t);
    const { signIn, list, key, db, clock, consultation, ids } = site;
    const letters = async () =>
      (
        await sql<{ login: string; count: string }>`
        select o.login, l.detail ->> 'count' as count from letters l join officers o on o.id = l.officer_id
        where l.kind = 'commentsAssigned' order by l.id`.execute(db)
      ).rows;
    const desk = await signIn('caseworker');
    const give = async (assignee: string) => {
      await desk.get(`${list}/assignment`);
      return desk.send('/comments/assignment', { assignee, assignmentRemark: '联系人朱清和' });
    };
    await give(key('caseworker'));
    t.same(await letters(), []);
    await give(key('second'));
    t.same(await letters(), [{ login: 'second', count: '3' }]);
    t.equal((await give(key('second'))).status, 422, 'they have them');
    t.equal((await give(key('approver'))).status, 422, 'whoever may not dispose is given nothing');
    t.equal((await give(key('other'))).status, 422, 'nor is another agency');
    t.equal((await letters()).length, 1);
    const { rows } = await sql<{ detail: object }>`
    select detail from ledger_entries where what = 'commentsAssigned' order by id`.execute(db);
    t.match(
      rows.map(({ detail }) => detail),
      [
        { count: 3, assignee: 'caseworker' },
        { count: 3, assignee: 'second' },
      ],
    );
    await desk.get(`${list}/assignment?chosen=${ids[0]}`);
    await desk.send('/comments/assignment', {}, 'do=takeBack');
    const other = await signIn('administrator');
    await other.get(`${list}/assignment?chosen=${ids[0]}`);
    await other.send('/comments/assignment', { assignee: key('second'), assignmentRemark: '' });
    t.same(await letters(), [{ login: 'second', count: '4' }], 'it stands in the letter that waits');
    t.same(await post(site), [], 'which waits for more');
    clock.set(new Date(clock().getTime() + 5 * 60_000));
    const [letter, ...more] = await post(site);
    t.same(more, []);
    t.match(letter?.text, 'caseworker、administrator把4条意见分给您办理');
    await give(key('caseworker'));
    await give(key('second'));
    t.same(await letters(), [
      { login: 'second', count: '4' },
      { login: 'second', count: '3' },
    ]);
    const audit = await desk.get(`/desk/consultations/${consultation.id}/audit`);
    t.match(audit.text, /分办意见（3条，分给second）/);
  },
);

t.test(
  'a form that was opened before somebody else gave the same comments says whose they are now',
  async (t) => {
    const { signIn, list, ids, key, office, officer, db, clock, consultation } = await open(t);
    const [desk, other] = [await signIn('caseworker'), await signIn('administrator')];
    for (const each of [desk, other]) await each.get(`${list}/assignment?chosen=${ids[0]}.${ids[1]}`);
    await other.send('/comments/assignment', { assignee: office });
    const stale = await desk.send('/comments/assignment', {
      assignee: key('second'),
      assignmentRemark: '打好的说明。',
    });
    t.equal(stale.status, 409);
    t.match(stale.text, /刚刚由他人分办的：.*县农业农村局（administrator办理）/);
    t.match(stale.text, /共2条意见：县农业农村局2条/);
    t.equal(typedIn(stale, 'assignmentRemark'), '打好的说明。');
    t.equal(chosenIn(stale), key('second'));
    t.match((await desk.send('/comments/assignment')).text, /已分办2条/);

    const comments = ids.map((id) => ({ id, seen: 0 }));
    const input = { officer, consultationId: consultation.id, comments, to: 'd1', remark: '' } as const;
    t.same(await assignComments(db, input, clock()), { changed: true }, 'the rule holds without the page');
    t.rejects(assignComments(db, { ...input, comments: [] }, clock()), { message: 'notAllowed' });
  },
);

t.test('once the notice is signed nothing is given any more', async (t) => {
  const { signIn, list, ids, office, officers, db, deps, clock, consultation, officer } = await open(t, 0);
  t.same(ids, []);
  await close(db, consultation);
  clock.set('2026-04-12T10:00:00+08:00');
  const desk = await signIn('caseworker');
  const { document } = await desk.get(`/desk/consultations/${consultation.id}/channels`);
  const all = { checked: ['online', 'email', 'phone', 'fax', 'letter', 'inPerson'] };
  const fields = document.querySelectorAll('[name^=found-]').map((field) => field.getAttribute('name') ?? '');
  const none = Object.fromEntries(fields.map((field) => [field, '0']));
  await desk.send('/channels', { ...all, ...none });
  await sign(db, officers['approver'] as Officer, consultation, deps.sentences.notice, clock());
  t.notMatch((await desk.get(list)).text, /分办这/);
  const input = { officer, consultationId: consultation.id, comments: [{ id: 1, seen: 0 }], remark: '' };
  await t.rejects(assignComments(db, { ...input, to: office as 'd1' }, clock()), { message: 'noticeSigned' });
});

t.test(
  'administrators keep the list of departments; what was given to one that ended keeps its name',
  async (t) => {
    const { signIn, list, office } = await open(t);
    const [desk, other] = [await signIn('administrator'), await signIn('administrator')];
    const add = async (departmentName: string) => {
      await desk.get('/desk/departments');
      return desk.send('/desk/departments', { departmentName });
    };
    t.equal((await add(' ')).status, 422);
    t.equal((await add('县农业农村局')).status, 422, 'twice the same name');
    t.match((await add('县自然资源局')).text, /会办单位已保存.*县自然资源局/);
    const at = `/desk/departments/${office.slice(1)}`;
    await desk.get(`${list}/assignment`);
    await desk.send('/comments/assignment', { assignee: office });
    for (const each of [desk, other]) await each.get(at);
    t.match((await desk.send(at, { departmentName: '县农业农村和水利局' })).text, /县农业农村和水利局/);
    const stale = await other.send(at, { departmentName: '县农水局' });
    t.equal(stale.status, 409);
    t.match(stale.text, /现在是“县农业农村和水利局”/);
    t.equal(stale.field('departmentName'), '县农水局');
    await desk.get(at);
    t.match((await desk.send(at, {}, 'do=end')).text, /已停用.*县农业农村和水利局（2026年3月1日停用）/);
    t.match((await desk.get(list)).text, /县农业农村和水利局（已停用）3条/);
    await desk.get(`${list}/assignment`);
    t.notOk(desk.page().document.querySelector(`option[value=${office}]`), 'it is given nothing more');
    t.equal((await desk.send('/comments/assignment', { assignee: office })).status, 422);
    t.match((await add('县农业农村和水利局')).text, /会办单位已保存/, 'the name is free again');
  },
);

t.test(
  'what an officer had who left is offered to others, and goes along when the consultation is handed over',
  async (t) => {
    const { signIn, list, ids, key, db, clock, consultation } = await open(t);
    const desk = await signIn('caseworker');
    const give = async (chosen: string, assignee: string) => {
      await desk.get(`${list}/assignment?chosen=${chosen}`);
      await desk.send('/comments/assignment', { assignee });
    };
    await give(`${ids[0]}.${ids[1]}`, key('caseworker'));
    await give(String(ids[2]), key('second'));
    await sql`update officers set disabled_at = ${clock()} where login in ('caseworker', 'second')`.execute(
      db,
    );
    const administrator = await signIn('administrator');
    const home = await administrator.get('/desk');
    t.match(home.text, /改分已停用人员名下的意见 3条待改分/);
    const link = home.document.querySelector('.tasks a[href*="assigned=left"]')?.getAttribute('href') ?? '';
    t.equal(found(await administrator.get(link)), 3);
    t.match(administrator.page().text, /second（已停用）1条/);

    const page = await administrator.get(`/desk/consultations/${consultation.id}/handover`);
    t.match(page.text, /分给caseworker、还没有办理的2条意见一并移交/);
    const done = await administrator.send('/handover', { responsible: key('administrator').slice(1) });
    t.match(done.text, /移交给administrator，连同分办的2条意见/);
    t.equal(found(await administrator.get(`${list}?assigned=me`)), 2);
    t.equal(found(await administrator.get(`${list}?assigned=left`)), 1);
    const lines = (await administrator.get(`${list}/${ids[0]}`)).document.querySelectorAll(
      '#assignment + .history li',
    );
    t.match(lines.at(-1)?.text, /administrator：caseworker（已停用） → administrator/);
  },
);
