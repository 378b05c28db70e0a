import t, { type Test } from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { paste } from '../fixtures/paste.ts';
import { type TestSite, testSite } from '../support.ts';
import { type Visitor, visit } from '../visitor.ts';
import { comment, publishByHand } from './ways.ts';

t.test('an extension is read beside the announcement, on paper and by the next form', async (t) => {
  const { site, desk, at, number } = await opened(t);
  await desk.get(`${at}/extension`);
  const short = await desk.send('/extension', { newClosesAt: '2026-04-01', extensionReason: '来信较多' });
  t.equal(short.status, 422);
  t.match(short.text, /新的截止时间必须晚于现在的截止时间2026年4月10日下午6时/);
  t.equal(short.field('newClosesAt'), '2026-04-01', 'what was typed is still there');
  const extended = await desk.send('/extension', {
    newClosesAt: '2026-04-20 18:00',
    extensionReason: '来信较多',
  });
  t.match(extended.text, /已经延期[\s\S]*2026年4月10日下午6时延长至2026年4月20日下午6时/);
  const citizen = visit(site.app);
  const told = /截止时间由2026年4月10日下午6时延长至2026年4月20日下午6时（2026年3月1日公布）。理由：来信较多/;
  for (const page of ['', '/announcement'])
    t.match((await citizen.get(`/consultations/${number}${page}`)).text, told);
  site.clock.set('2026-04-15T09:00:00+08:00');
  t.match((await comment(site, number, 'art_3', '延期以后提的意见。')).page().text, /意见已收到/);
  t.match((await (await site.signIn('caseworker')).get(at)).text, /延长期限（延长至2026年4月20日下午6时）/);
});

t.test('the second of two officers who extend is told, and sees both ends', async (t) => {
  const { site, desk, at } = await opened(t);
  const other = await site.signIn('second');
  await other.get(`${at}/extension`);
  await desk.get(`${at}/extension`);
  await desk.send('/extension', { newClosesAt: '2026-04-20 18:00', extensionReason: '来信较多' });
  const stale = await other.send('/extension', { newClosesAt: '2026-04-15', extensionReason: '假期' });
  t.equal(stale.status, 409);
  t.match(stale.text, /他人已经延期[\s\S]*现在的截止时间是2026年4月20日下午6时/);
  t.equal(stale.field('newClosesAt'), '2026-04-15');
  t.match(stale.field('extensionReason'), '假期');
  t.equal((await other.send('/extension', { newClosesAt: '2026-04-25' })).status, 200);
});

t.test('a stopped consultation says so wherever people meet it', async (t) => {
  const { site, desk, at, number } = await opened(t);
  const receipt = (await comment(site, number, 'art_3', '终止以前提的意见。')).page().address;
  const citizen = visit(site.app);
  await citizen.get(`/consultations/${number}/comments/new?clause=art_3`);
  t.equal((await desk.get(`${at}/stop`)).status, 403, 'a caseworker does not stop it');
  const approver = await site.signIn('approver');
  await approver.get(`${at}/stop`);
  t.match((await approver.send('/stop')).text, /请填写终止的理由/);
  const stopped = await approver.send('/stop', { withdrawalReason: '上级已有统一规定。' });
  t.match(stopped.text, /征求意见已经终止[\s\S]*理由上级已有统一规定。/);
  const reader = visit(site.app);
  t.match((await reader.get(`/consultations/${number}`)).text, /2026年3月1日终止[\s\S]*上级已有统一规定。/);
  t.match((await reader.get(`/consultations/${number}/announcement`)).text, /终止。理由：上级已有统一规定。/);
  t.match((await reader.get('/')).text, /已经终止[\s\S]*2026年3月1日终止/);
  t.match((await reader.get(receipt)).text, /已于2026年3月1日终止/);
  const refused = await citizen.send(
    '/comments',
    { 'stance-0': 'amend', 'text-0': '写了一半的话。' },
    'do=send',
  );
  t.equal(refused.status, 409);
  t.match(refused.text, /征求意见已经终止[\s\S]*上级已有统一规定。[\s\S]*写了一半的话。/);
  t.match(
    (await desk.get(`${at}/comments`)).text,
    /终止以前提的意见。/,
    'what was received stays at the desk',
  );
  t.match((await desk.get(`${at}/extension`)).text, /征求意见已经终止，不能延期/);
});

t.test('a second round follows the first, and readers find one from the other', async (t) => {
  const { site, desk, at, number } = await opened(t);
  t.notOk((await desk.get(`${at}/extension`)).html.includes('next-round'), 'not while the first is open');
  site.clock.set('2026-04-10T18:00:00+08:00');
  await closeConsultations(site.db, site.clock());
  const later = await site.signIn('caseworker');
  await later.get(`${at}/extension`);
  const form = await later.send('/next-round');
  t.match(form.text, /已新建下一轮/);
  t.match(form.field('title'), /农村供水/);
  t.equal(form.field('closesAt'), '');
  const next = form.address.replace(/\/announcement.*/, '');
  t.match(
    (await later.get(`${at}/extension`)).html,
    new RegExp(`href="${next}"`),
    'the first one leads to it',
  );
  t.notMatch(
    (await visit(site.app).get(`/consultations/${number}`)).text,
    /第2轮/,
    'not before it is published',
  );
  await later.get(`${next}/source`);
  await later.send('/source', {
    source: '第一条 为了规范供水，制定本办法。\n第二条 本办法自公布之日起施行。',
  });
  const second = await publishAgain(later, next);
  const first = await visit(site.app).get(`/consultations/${number}`);
  t.match(first.text, /第1轮[\s\S]*第2轮/);
  t.match(first.html, new RegExp(`href="/consultations/${second}"`));
  t.match(
    (await visit(site.app).get(`/consultations/${second}`)).html,
    new RegExp(`/consultations/${number}"`),
  );
});

async function publishAgain(desk: Visitor, at: string): Promise<string> {
  const form = await desk.get(`${at}/announcement`);
  const text = (form.field('text') ?? '').replace(/2026年4月10日/g, '2026年5月20日');
  await desk.send('/announcement', { closesAt: '2026-05-20 18:00', text });
  await desk.get(`${at}/preview`);
  const published = await desk.send('/publish');
  const number = /consultations\/(\d{4}-\d{4,})/.exec(published.html)?.[1];
  if (!number) throw new Error(`not published: ${published.text.slice(0, 600)}`);
  return number;
}

async function opened(t: Test): Promise<{
  readonly site: TestSite;
  readonly desk: Visitor;
  readonly at: string;
  readonly number: string;
}> {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  const typed = { kind: 'other', opensAt: '2026-03-01T09:00', closesAt: '2026-04-10 18:00' };
  const { at, number } = await publishByHand(desk, paste(), typed);
  return { site, desk, at, number };
}
