import { sql } from 'kysely';
import t, { type Test } from 'tap';
import type { Officer } from '../../src/domain/officer.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';
import { tallied } from '../tallied.ts';

const forms = ['together', 'screen-together', 'assignment'] as const;

/** A closed consultation with four comments, the first on the whole draft, all of them counted. */
async function counted(t: Test) {
  const site = await testSite(t);
  const { db, clock, officers } = site;
  const consultation = await publish(db, officers['caseworker'] as Officer, clock());
  for (const clause of ['', 'art_3', 'art_3', 'art_4'])
    await submit(db, await form(db, consultation.number, clock(), { clause }), clock());
  await close(db, consultation);
  clock.set('2026-04-12T10:00:00+08:00');
  const tally = async () => {
    await tallied(db, { portion: 10, most: 2, least: 1 });
  };
  await tally();
  const { rows } = await sql<{ id: number }>`select id from comments order by id`.execute(db);
  const list = `/desk/consultations/${consultation.id}/comments`;
  return { ...site, list, tally, ids: rows.map(({ id }) => id) };
}

t.test('of a counted list a form is taken until somebody does what it does, and no other', async (t) => {
  const { signIn, list, ids, tally, officers } = await counted(t);
  const [desk, screener, giver, other] = await Promise.all([0, 1, 2, 3].map(() => signIn('caseworker')));
  if (!desk || !screener || !giver || !other) throw new Error('nobody signed in');
  const open = async (query = '') => {
    const texts = [];
    for (const [index, who] of [desk, screener, giver].entries())
      texts.push((await who.get(`${list}/${forms[index]}${query}`)).text);
    return texts;
  };
  const key = `o${officers['caseworker']?.id}`;
  const typed = { outcome: 'notAdopted', reason: '打好的理由。' };
  t.match(await open(), [/共4条意见，都还没有办理/, /共4条意见：待审核4条/, /共4条意见：未分办4条/]);

  await other.get(list);
  await other.send(`/comments/${ids[1]}/disposition`, { [`outcome-${ids[1]}`]: 'adopted' });
  const stale = await desk.send('/comments/together', typed);
  t.match([stale.status, stale.text], [409, /共4条意见，其中1条已有采纳情况（采纳1条）/]);
  t.ok(stale.document.querySelector(`.errors a[href$="/comments/${ids[1]}"]`), 'it is named');
  t.equal(stale.document.querySelector('textarea[name=reason]')?.text.trim(), typed.reason);
  t.match((await screener.send('/comments/screen-together', { verdict: 'shown' })).text, /已审核4条/);
  t.match((await giver.send('/comments/assignment', { assignee: key })).text, /已分办4条/);
  t.match((await desk.send('/comments/together', { existing: 'keep' })).text, /已办理3条/);

  for (const all of ['', '?disposition=notAdopted&clause=art_3', '?screening=waiting']) {
    const asked = await open(all);
    await tally();
    t.same(await open(all), asked, `the same once it is counted: ${all}`);
  }
  t.match(
    await open('?part=withdrawn'),
    forms.map(() => /没有/),
    'what was withdrawn is not worked on',
  );
});

t.test('while much has changed just now a form says that it is counted, and how far', async (t) => {
  const { db, signIn, list, tally } = await counted(t);
  const desk = await signIn('caseworker');
  await sql`update tally_heads set counted_comments = 100001`.execute(db);
  await sql`update tally_segments set counted = false, size = 50001`.execute(db);
  for (const each of forms) {
    const at = `${list}/${each}?disposition=undisposed`;
    const page = await desk.get(at);
    t.match(page.text, /正在后台重新清点.*已清点 0 条，共 100,001 条（0%）/);
    t.notMatch(page.text, '共4条意见');
    for (const link of [at, `${at}&watch=1`, `${at}&now=1`])
      t.ok(
        page.document.querySelectorAll('a').some((one) => one.getAttribute('href') === link),
        link,
      );
    t.match((await desk.get(`${at}&now=1`)).text, '共4条意见', 'whoever would rather wait can');
    const words = `?words=${encodeURIComponent('建议')}`;
    t.notMatch((await desk.get(`${list}/${each}${words}`)).text, '重新清点', 'few hold the words');
  }
  await tally();
  for (const each of forms) t.match((await desk.get(`${list}/${each}`)).text, '共4条意见');
});
