import { sql } from 'kysely';
import t from 'tap';
import { deskComments } from '../../src/db/comments.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import { type Page, visit } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

async function open(t: Parameters<typeof testSite>[0], count = 3) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(site.db, officer, site.clock(), undefined, { showsComments: true });
  const forms = [];
  for (let sent = 0; sent < count; sent += 1) {
    const one = await form(site.db, consultation.number, site.clock(), { clause: sent === 0 ? '' : 'art_3' });
    await submit(site.db, one, site.clock());
    forms.push(one);
  }
  await close(site.db, consultation);
  site.clock.set('2026-04-12T10:00:00+08:00');
  const { rows } = await sql<{ id: number }>`select id from comments order by id`.execute(site.db);
  const state = async () => {
    const comments = await deskComments(site.db, consultation.id);
    return rows.map(({ id }) => comments.find((each) => each.id === id)?.outcome ?? null);
  };
  const list = `/desk/consultations/${consultation.id}/comments`;
  return { ...site, consultation, forms, ids: rows.map(({ id }) => id), state, list };
}

const typedIn = (page: Page, name: string) =>
  page.document.querySelector(`textarea[name=${name}]`)?.text.trim() ?? '';
t.test('what a filter finds gets one outcome and reason, and goes back as a whole', async (t) => {
  const { signIn, list, state } = await open(t);
  const desk = await signIn('caseworker');
  const send = (typed: Record<string, string>) => desk.send('/comments/together', typed);
  t.match((await desk.get(`${list}/together?clause=whole`)).text, /共1条意见/);
  const empty = '您的意见已收悉，感谢您的支持！';
  const refused = await send({ outcome: 'notAdopted', reason: empty });
  t.equal(refused.status, 422);
  t.match(refused.text, /已收悉”不能说明/);
  t.equal(typedIn(refused, 'reason'), empty);
  t.same(await state(), [null, null, null]);
  await send({ outcome: 'notAdopted', reason: '已有安排。' });
  t.same(await state(), ['notAdopted', null, null]);

  const all = await desk.get(`${list}/together`);
  t.match(all.text, /共3条意见，其中1条已有采纳情况（未采纳1条）/);
  t.equal((await send({ outcome: 'adopted' })).status, 422, 'whether those are replaced has to be said');
  await send({ outcome: 'adopted', existing: 'keep' });
  t.same(await state(), ['notAdopted', 'adopted', 'adopted']);
  await desk.get(`${list}/together`);
  const listed = await send({ outcome: 'outOfScope', existing: 'replace', reason: '另案处理。' });
  t.same(await state(), ['outOfScope', 'outOfScope', 'outOfScope']);
  t.match(listed.text, /已办理3条/);
  t.match(listed.text, /把3条办为“不属于/);
  await desk.send('/comments/take-back');
  t.same(await state(), ['notAdopted', 'adopted', 'adopted'], 'each as it was');
  const left = await desk.get(`${list}?disposition=adopted`);
  t.match(left.text, /筛选出2条/);
  t.notMatch(left.text, /收回这次批量办理/, 'what was taken back is not offered again');
  t.match(left.text, /逐项相加与实际收到的3件、3条相符/);
});

t.test('ticked ones; where somebody was quicker the page says which and keeps the words', async (t) => {
  const { signIn, list, state, ids } = await open(t);
  const [desk, other] = [await signIn('caseworker'), await signIn('caseworker')];
  const [, id] = ids;
  await desk.get(list);
  t.equal((await desk.send('/comments/screening', {}, 'do=dispose')).status, 422, 'none is ticked');
  await desk.get(list);
  const chosen = await desk.send('/comments/screening', { comment: String(id) }, 'do=dispose');
  t.match(chosen.text, /共1条意见/);
  await other.get(list);
  await other.send(`/comments/${id}/disposition`, { [`outcome-${id}`]: 'adopted' });
  const typed = { outcome: 'notAdopted', reason: '打好的理由。' };
  const stale = await desk.send('/comments/together', typed);
  t.equal(stale.status, 409);
  t.ok(stale.document.querySelector(`.errors a[href$="/comments/${id}"]`), 'it is named');
  t.equal(typedIn(stale, 'reason'), typed.reason);
  t.same(await state(), [null, 'adopted', null]);
  await desk.send('/comments/together', { existing: 'replace' });
  t.same(await state(), [null, 'notAdopted', null]);
});

t.test(
  'a disposition is taken back as a new row, both sides of each change are seen, at the desk alone',
  async (t) => {
    const { signIn, list, state, ids, forms, app, consultation } = await open(t, 1);
    const [desk, other] = [await signIn('caseworker'), await signIn('caseworker')];
    const [id] = ids;
    const dispose = async (outcome: string) => {
      await desk.get(list);
      const typed = { [`outcome-${id}`]: outcome, [`reason-${id}`]: '只有工作人员先看到的理由。' };
      return desk.send(`/comments/${id}/disposition`, typed);
    };
    await dispose('notAdopted');
    await dispose('partlyAdopted');
    for (const each of [desk, other]) await each.get(`${list}/${id}`);
    await desk.send('/take-back');
    t.same(await state(), ['notAdopted']);
    t.equal((await other.send('/take-back')).status, 409, 'an older page does nothing');
    t.same(await state(), ['notAdopted']);
    const page = await desk.get(`${list}/${id}`);
    const lines = page.document.querySelectorAll('#disposition ~ .history li');
    t.same(
      lines.map((line) => line.text.match(/：(\S+ → [^，]+)/)?.[1]),
      ['待办理 → 未采纳', '未采纳 → 部分采纳', '部分采纳 → 未采纳'],
    );
    const empty = await desk.send('/notes', { internalNote: ' ' });
    t.equal(empty.status, 422);
    await desk.get(`${list}/${id}`);
    await other.get(`${list}/${id}`);
    t.match(
      (await desk.send('/notes', { internalNote: '只有工作人员看到的备注。' })).text,
      /caseworker：只有工作人员看到的备注。/,
    );
    const second = await other.send('/notes', { internalNote: '同时写的备注。' });
    t.equal(second.status, 409);
    t.equal(typedIn(second, 'internalNote'), '同时写的备注。');
    const citizen = visit(app);
    for (const path of [`/consultations/${consultation.number}`, `/receipts/${forms[0]?.receiptToken}`]) {
      const read = await citizen.get(path);
      t.equal(read.status, 200, path);
      t.notMatch(read.text, /只有工作人员|部分采纳/, path);
    }
  },
);
