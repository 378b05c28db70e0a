import t from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { deskComments } from '../../src/db/comments.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import { announcementLetter, headingWords } from '../../src/web/public/letter.ts';
import { daysShown, nextChange } from '../../src/web/public/timing.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

const at = (text: string) => new Date(`${text}+08:00`);

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const { caseworker, approver } = site.officers;
  if (!caseworker || !approver) throw new Error('no officers');
  const consultation = await publish(site.db, caseworker, site.clock());
  const to = `/consultations/${consultation.number}`;
  return { ...site, caseworker, approver, consultation, to, visitor: visit(site.app) };
}

/** Closes a consultation, disposes of every comment and publishes the notice, all at the deadline. */
async function answer(site: TestSite, consultation: PublishedConsultation): Promise<void> {
  const { db, deps, officers } = site;
  const { caseworker, approver } = officers;
  if (!caseworker || !approver) throw new Error('no officers');
  const [consultationId, now] = [consultation.id, consultation.closesAt];
  await close(db, consultation);
  const disposition = { outcome: 'notAdopted' as const, reason: '检测项目由国家标准规定。' };
  for (const comment of await deskComments(db, consultationId))
    await disposeOfComment(
      db,
      { officer: caseworker, consultationId, commentId: comment.id, seen: 0, disposition },
      now,
    );
  const checked = openChannels(consultation.announcement);
  await checkChannels(db, { officer: caseworker, consultationId, checked }, now);
  await sign(db, approver, consultation, deps.sentences.notice, now);
  await publishNotice(db, { officer: caseworker, consultationId }, now);
}

t.test('the home page counts the days left and follows the phases', async (t) => {
  const site = await open(t);
  const { visitor, clock, consultation } = site;
  const heading = async () => (await visitor.get('/')).document.querySelectorAll('h2').map((h) => h.text);
  t.strictSame(await heading(), ['正在征求意见']);
  t.match(visitor.page().text, /还有 41 天/);
  t.match(visitor.page().text, '2026年4月10日下午6时截止');
  clock.set('2026-04-10T17:59:59+08:00');
  t.match((await visitor.get('/')).text, /还有 1 天/);
  clock.set('2026-04-10T18:00:00+08:00');
  t.strictSame(await heading(), ['正在征求意见', '已经截止，正在整理意见']);
  t.match(visitor.page().text, '目前没有正在进行的征求意见');
  await answer(site, consultation);
  t.strictSame(await heading(), ['正在征求意见', '已经公布采纳情况']);
});

t.test('a search finds by words and by agency, and says so when it finds nothing', async (t) => {
  const { visitor, consultation } = await open(t);
  const { title, agencyName } = consultation.announcement;
  const find = async (query: Record<string, string>) => visitor.get(`/?${new URLSearchParams(query)}`);
  t.match((await find({ q: '供水 清源' })).text, title);
  t.match((await find({ agency: agencyName })).text, title);
  t.notMatch((await find({ q: '供水 公路' })).text, title);
  t.match(visitor.page().text, '没有找到符合条件的征求意见');
  t.equal(visitor.page().document.querySelector('#q')?.getAttribute('value'), '供水 公路');
  t.match((await find({ q: '%' })).text, '没有找到', 'a wildcard is a character like others');
  t.match((await find({ q: '"><script>alert(1)</script>' })).html, '&lt;script&gt;');
});

t.test('an open consultation shows its three parts and a way to comment at each clause', async (t) => {
  const { visitor, to } = await open(t);
  const page = await visitor.get(to);
  const parts = page.document.querySelectorAll('.part > h2').map((h) => h.text);
  t.strictSame(parts, ['公告内容', '草案内容', '公开意见及建议']);
  const asks = page.document.querySelectorAll('a.ask').map((a) => a.getAttribute('href'));
  t.ok(asks.includes(`${to}/comments/new?version=1&clause=art_3`));
  t.notOk(
    asks.some((href) => /subpara|chp/.test(href ?? '')),
    'chapters and items have no link of their own',
  );
  t.match(page.document.querySelector('#art_3')?.text, '公布服务电话');
  t.equal(page.document.querySelectorAll('table caption').length, 1);
  t.strictSame(
    page.document.querySelectorAll('thead th[scope=col]').map((th) => th.text),
    ['序号', '用水类别', '价格'],
  );
  t.strictSame(
    page.document.querySelectorAll('.toc ol ol a').map((a) => a.getAttribute('href')),
    ['#chp_1', '#chp_2', '#chp_3', '#annex_1'],
  );
  t.equal(page.document.querySelectorAll('.sign p').at(-1)?.text, '2026年3月1日');
});

t.test('a closed consultation takes no comment, and an answered one shows its notice', async (t) => {
  const site = await open(t);
  const { visitor, clock, consultation, to, db } = site;
  const sent = await submit(db, await form(db, consultation.number, clock(), { text: '<b>1</b>' }), clock());
  clock.set('2026-04-13T18:00:00+08:00');
  t.match((await visitor.get(to)).text, /已截止 3 天.*意见整理中/);
  t.equal(visitor.page().document.querySelectorAll('a.ask').length, 0);
  for (const [at, days] of [
    ['2026-04-14T17:59:59.999+08:00', 3],
    ['2026-04-14T18:00:00+08:00', 4],
    ['2026-04-22T18:00:00+08:00', 12],
  ] as const) {
    clock.set(at);
    for (const address of [to, `/large${to}`])
      t.match((await visitor.get(address)).text, `已截止 ${days} 天，意见整理中`, `${address} at ${at}`);
    t.match((await visitor.get('/')).text, new RegExp(`已截止 ${days} 天`));
  }
  clock.set('2026-04-13T18:00:00+08:00');
  t.equal((await visitor.get(`${to}/notice`)).status, 404);
  await answer(site, consultation);
  const page = await visitor.get(to);
  t.match(page.text, '关于《清源县农村供水管理办法（征求意见稿）》公开征求意见采纳情况的反馈');
  t.match(page.document.querySelector('.outcomes')?.text, /未采纳\s+检测项目由国家标准规定。/);
  t.match(page.html, '&lt;b&gt;1&lt;/b&gt;');
  const sheet = await visitor.get(`${to}/notice`);
  t.equal(sheet.document.querySelectorAll('article.sheet h1').length, 1);
  t.equal(sheet.document.querySelector('.sign .date')?.text, '2026年4月10日');
  const token = sent.kind === 'received' ? sent.receiptToken : '';
  t.match((await visitor.get(`/receipts/${token}`)).text, /您的意见已有答复.*未采纳.*检测项目由国家标准规定/);
});

t.test('reading pages set no cookie, can be cached, and are new in the very next request', async (t) => {
  const { app, to, clock, consultation } = await open(t);
  const read = (url: string, etag = '') => app.inject({ url, headers: { 'if-none-match': etag } });
  for (const url of ['/', '/help', to, `${to}/announcement`, `/large${to}`]) {
    const first = await read(url);
    t.equal(first.statusCode, 200, url);
    t.equal(first.headers['set-cookie'], undefined);
    t.match(first.headers['cache-control'], /^public/);
    t.equal((await read(url, String(first.headers.etag))).statusCode, 304);
  }
  const before = String((await read(to)).headers.etag);
  clock.set(consultation.closesAt);
  t.equal((await read(to, before)).statusCode, 200);
});

t.test('in large mode every link inside stays large, but for the switch back', async (t) => {
  const { visitor, to } = await open(t);
  for (const address of ['/large', `/large${to}`, `/large${to}/comments/new`, `/large${to}/announcement`]) {
    const page = await visitor.get(address);
    t.equal(page.document.querySelector('html')?.getAttribute('class'), 'large', address);
    const leads = ['href', 'action', 'formaction'].flatMap((name) =>
      page.document.querySelectorAll(`[${name}^="/"]:not(link)`).map((each) => each.getAttribute(name) ?? ''),
    );
    const out = leads.filter((href) => !href.startsWith('/large'));
    // The form's button takes along what was typed.
    const back = address === '/large' ? '/' : address.slice('/large'.length).replace('/new', '');
    t.strictSame(new Set(out), new Set(address.endsWith('announcement') ? [] : [back, '/desk']), address);
  }
});

t.test('what is not there is a page in our language', async (t) => {
  const { visitor } = await open(t);
  for (const address of [
    '/nothing',
    '/consultations/x',
    '/receipts/x',
    '/captcha/x.svg',
    '/consultations/x/notice',
  ]) {
    const page = await visitor.get(address);
    t.equal(page.status, 404, address);
    t.match(page.text, '找不到这个页面');
    t.equal(page.headers['cache-control'], 'no-store');
  }
});

t.test('days change exactly when the page is made anew', async (t) => {
  const schedule = { opensAt: at('2026-03-02T09:00:00'), closesAt: at('2026-03-05T18:00:00') };
  const consultation = { ...schedule, withdrawnAt: null, answeredAt: null } as PublishedConsultation;
  let now: Date | null = at('2026-02-27T00:00:00');
  const seen: number[] = [];
  for (let step = 0; now && step < 9; step += 1) {
    seen.push(daysShown(consultation, now));
    const next: Date | null = nextChange(consultation, now);
    if (next) t.equal(daysShown(consultation, new Date(next.getTime() - 1)), seen.at(-1));
    now = next;
  }
  t.strictSame(seen, [4, 3, 2, 1, 4, 3, 2, 1, 0]);
  t.equal(nextChange({ ...consultation, answeredAt: schedule.closesAt }, schedule.closesAt), null);
});

t.test('an announcement is set with its own parts apart, and its title breaks between words', async (t) => {
  const { consultation } = await open(t);
  const letter = announcementLetter(consultation.announcement);
  t.equal(letter.addressee, '各位群众：');
  t.match(letter.paragraphs[0], /^为保障农村供水安全/);
  t.equal(letter.paragraphs.at(-1), '邮政编码：999900');
  t.equal(letter.longDate, false, 'the date is as wide as the name');
  t.equal(announcementLetter({ ...consultation.announcement, agencyName: '县水务局' }).longDate, true);
  const words = headingWords('关于《供水办法（征求意见稿）》的反馈');
  t.equal(words.join(''), '关于《供水办法（征求意见稿）》的反馈');
  t.ok(words.includes('（征求意见稿）'));
});
