import t, { type Test } from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { searchGroups } from '../../src/actions/search-groups.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { withdrawConsultation } from '../../src/actions/withdraw-consultation.ts';
import { deskComments } from '../../src/db/comments.ts';
import { agencyConsultations } from '../../src/db/consultations.ts';
import { channels } from '../../src/domain/comment.ts';
import { standingsOf } from '../../src/web/desk/standing.ts';
import { consultationOf, form, publish, publishNext, sign, submit } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { secondVersion, thirdVersion } from '../fixtures/versions.ts';
import { type TestSite, testSite } from '../support.ts';
import type { Page } from '../visitor.ts';

const deadline = new Date('2026-04-10T18:00:00+08:00');

function officer(site: TestSite, login: string) {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A consultation that shows comments, with two of them. */
async function open(t: Test) {
  const site = await testSite(t);
  const shown = { showsComments: true };
  const consultation = await publish(site.db, officer(site, 'caseworker'), site.clock(), deadline, shown);
  for (const clause of ['art_3', ''])
    await submit(site.db, await form(site.db, consultation.number, site.clock(), { clause }), site.clock());
  const home = async (login: string, query = '') => (await site.signIn(login)).get(`/desk${query}`);
  return { site, consultation, home };
}

/** The cards of a home page as `section: title: task tag …`. */
function cards(page: Page): string[] {
  const found: string[] = [];
  let section = '';
  for (const element of page.document.querySelectorAll('main h2, main .work')) {
    if (element.tagName === 'H2') section = element.text.trim();
    else
      found.push(
        `${section}: ${element
          .querySelectorAll('li')
          .map((task) => task.text.replace(/\s+/g, ' ').trim())
          .join('; ')}`,
      );
  }
  return found;
}

function kinds(page: Page): string[] {
  return page.document.querySelectorAll('.kinds a').map((link) => link.text.replace(/\s+/g, ' ').trim());
}

t.test('each officer finds what is theirs first, and then what the agency waits for', async (t) => {
  const { site, consultation, home } = await open(t);
  t.same(cards(await home('caseworker')), ['待我办理: 审核意见能否公开 2条待审核']);
  t.same(cards(await home('second')), ['本机关其他事项: 审核意见能否公开 由承办人办理 2条待审核']);

  site.clock.set('2026-04-08T09:00:00+08:00');
  t.same(kinds(await home('caseworker')), ['1次 即将截止', '2条 待审核']);
  t.match(cards(await home('caseworker'))[0], /即将截止 还有3天/);

  site.clock.set(deadline);
  const closed = await home('caseworker');
  t.same(cards(closed), ['待我办理: 审核意见能否公开 2条待审核; 办理意见 2条待办理; 核对渠道 5个未核对']);
  t.same(kinds(closed), ['2条 待审核', '2条 待办理', '5个 渠道待核对']);
  t.match(closed.text, /2026年4月10日下午6时截止，反馈期限2026年5月6日/);
  t.same(kinds(await home('approver')), [], 'nothing to sign yet');

  const by = { officer: officer(site, 'caseworker'), consultationId: consultation.id };
  const disposition = { outcome: 'adopted', reason: '' } as const;
  for (const { id } of await deskComments(site.db, consultation.id))
    await disposeOfComment(site.db, { ...by, commentId: id, seen: 0, disposition }, site.clock());
  await checkChannels(site.db, { ...by, checked: channels }, site.clock());
  t.match(cards(await home('approver'))[0], /^待我办理: 审核签发意见反馈 待签发/);
  t.match(cards(await home('caseworker'))[0], /审核签发意见反馈 等待审核人 待签发/);

  const fresh = await consultationOf(site.db, officer(site, 'caseworker'), consultation.id);
  await sign(site.db, officer(site, 'approver'), fresh, site.deps.sentences.notice, site.clock());
  t.same(cards(await home('caseworker')), ['待我办理: 发布意见反馈 待发布']);
});

t.test('feedback that is due comes before everything else, with its days', async (t) => {
  const { site, home } = await open(t);
  const first = async (now: string, login = 'caseworker') => {
    site.clock.set(now);
    return cards(await home(login))[0];
  };
  t.notMatch(await first('2026-04-28T23:59:59+08:00'), /公布意见反馈/);
  t.match(await first('2026-04-29T00:00:00+08:00'), /待我办理: 按时公布意见反馈 还有7天/);
  t.match(await first('2026-05-06T23:59:59+08:00'), /按时公布意见反馈 今天到期/);
  t.match(await first('2026-05-07T00:00:00+08:00'), /待我办理: 尽快公布意见反馈 逾期1天/);
  t.match(await first('2026-06-01T09:00:00+08:00', 'approver'), /待我办理: 尽快公布意见反馈 逾期26天/);
  t.same(kinds(await home('approver')), ['1次 逾期未反馈']);
});

t.test('how long feedback may take is a setting', async (t) => {
  const site = await testSite(t, { environment: { FEEDBACK_DAYS: '5' } });
  await publish(site.db, officer(site, 'caseworker'), site.clock(), deadline);
  site.clock.set(deadline);
  t.match((await (await site.signIn('caseworker')).get('/desk')).text, /反馈期限2026年4月17日/);
});

t.test('consultations come by how soon they are due, whoever is responsible', async (t) => {
  const { site, home } = await open(t);
  const later = new Date('2026-04-20T18:00:00+08:00');
  const shown = { showsComments: true };
  const second = await publish(site.db, officer(site, 'second'), site.clock(), later, shown);
  await submit(site.db, await form(site.db, second.number, site.clock()), site.clock());
  t.same(
    cards(await home('second')),
    ['待我办理: 审核意见能否公开 1条待审核', '本机关其他事项: 审核意见能否公开 由承办人办理 2条待审核'],
    'mine first',
  );
  site.clock.set('2026-05-08T09:00:00+08:00');
  const administrators = await home('administrator');
  t.match(cards(administrators), [/本机关其他事项: 尽快公布意见反馈 逾期2天/, /本机关其他事项: 按时/]);
  t.match(administrators.text, /caseworker承办/);
});

t.test('one kind of work is shown alone', async (t) => {
  const { site, home } = await open(t);
  site.clock.set(deadline);
  const page = await home('caseworker', '?work=undisposed');
  t.match(page.text, /只列出“待办理”的事项/);
  t.equal(cards(page).length, 1);
  t.equal(page.document.querySelector('.kinds [aria-current]')?.getAttribute('href'), '/desk');
  t.match((await home('caseworker', '?work=returned')).text, /没有由您办理的这类事项/);
  t.equal((await home('caseworker', '?work=nonsense')).status, 200);
});

t.test('the page is never empty: it says to each role what comes next', async (t) => {
  const site = await testSite(t);
  const home = async (login: string) => (await (await site.signIn(login)).get('/desk')).text;
  t.match(await home('caseworker'), /本机关还没有征求意见。把公告和草案的文字粘贴进来.*新建征求意见/);
  t.match(await home('approver'), /承办人发布征求意见并办理完收到的意见以后，意见反馈会送到这里/);
  t.match(await home('other'), /目前本机关只有您一人。请先添加人员.*新建征求意见/);
  await publish(site.db, officer(site, 'caseworker'), site.clock(), deadline);
  t.match(await home('caseworker'), /目前没有由您办理的事项.*新建征求意见/);
  t.match(await home('approver'), /目前没有由您审核签发的意见反馈/);
});

t.test('many consultations cost no more questions than one', async (t) => {
  const { site } = await open(t);
  for (const login of ['caseworker', 'second', 'caseworker', 'second'])
    await publish(site.db, officer(site, login), site.clock(), deadline);
  site.clock.set(deadline);
  const all = await agencyConsultations(site.db, officer(site, 'caseworker').agencyId);
  const asked = async (some: typeof all) => {
    let questions = 0;
    const counting = site.db.withPlugin({
      transformQuery: ({ node }) => {
        questions += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await standingsOf({ ...site.deps, db: counting }, some, officer(site, 'caseworker'), site.clock());
    return questions;
  };
  t.equal(all.length, 5);
  const [ofAll, ofOne] = [await asked(all), await asked(all.slice(0, 1))];
  // One by itself may be counted another way, which is asked about first.
  t.ok(ofAll <= ofOne, `${ofAll} for all, ${ofOne} for one`);
});

t.test('the page of a consultation says what is done, what is next, and who can do it', async (t) => {
  const { site, consultation } = await open(t);
  const at = `/desk/consultations/${consultation.id}`;
  const steps = async (login: string) => {
    const page = await (await site.signIn(login)).get(at);
    return page.document
      .querySelectorAll('ol.tasks > li')
      .map((step) => step.text.replace(/\s+/g, ' ').trim());
  };
  t.match(await steps('caseworker'), [
    '核对公告 已完成',
    '核对草案 已完成',
    '预览和发布 已完成',
    /^下一步 征求意见 公众提出意见，承办人录入来件 进行中/,
    '审核意见能否公开 由您办理 2条待审核',
    '办理意见 由您办理 未开始',
  ]);
  site.clock.set('2026-04-10T18:00:01+08:00');
  t.match((await (await site.signIn('caseworker')).get(at)).text, /已截止，意见整理中/);
  site.clock.set('2026-05-08T18:00:00+08:00');
  t.match((await steps('second'))[5], '办理意见 由caseworker办理，本机关其他承办人也可以 2条待办理');
  t.match((await steps('approver'))[7], '签发意见反馈 由您办理 未开始');
  const page = await (await site.signIn('caseworker')).get(at);
  t.match(
    page.text,
    /已截止 28 天，意见整理中.*反馈期限2026年5月6日，已逾期2天.*按本网站的设定：截止以后15个工作日/,
  );
});

t.test('the work of an officer who left is the administrators’ until it is handed over', async (t) => {
  const { site, home } = await open(t);
  t.match(cards(await home('administrator'))[0], /^本机关其他事项/);
  const left = { disabled_at: site.clock() };
  await site.db.updateTable('officers').set(left).where('login', '=', 'caseworker').execute();
  t.match(cards(await home('administrator'))[0], /^待我办理: 审核意见能否公开 2条待审核/);
  t.match(cards(await home('second'))[0], /^本机关其他事项/);
});

t.test(
  'what was sent for approval, given back or could not publish itself waits for whoever can go on',
  async (t) => {
    const site = await testSite(t);
    const { db, clock } = site;
    const caseworker = officer(site, 'caseworker');
    const id = await startConsultation(db, { officer: caseworker, kind: 'other', source: paste() }, clock());
    const home = async (login: string) => cards(await (await site.signIn(login)).get('/desk'));
    const step = (what: 'asked' | 'returned', by: string) => {
      const row = { consultation_id: id, step: what, fingerprint: 'x', remark: '请补充依据' };
      const said = { ...row, officer_id: officer(site, by).id, created_at: clock() };
      return db.insertInto('approvals').values(said).execute();
    };
    t.same(await home('caseworker'), ['待我办理: 继续准备 准备中']);
    await step('asked', 'caseworker');
    t.same(await home('approver'), ['待我办理: 审核征求意见的内容 待审核']);
    t.same(await home('caseworker'), ['本机关其他事项: 审核征求意见的内容 等待审核人 待审核']);
    const page = await (await site.signIn('approver')).get(`/desk/consultations/${id}`);
    t.match(page.text, /审核内容.*由您办理.*待审核.*预览和发布/);
    await step('returned', 'approver');
    t.match(await home('caseworker'), [/^待我办理: 按退回意见修改公告和草案 退回修改/]);
    await db.updateTable('consultations').set({ publish_failed_at: clock() }).where('id', '=', id).execute();
    t.match(await home('caseworker'), [/^待我办理: 定时发布没有成功，请处理 没有发布/]);
  },
);

t.test('what is stopped owes an answer, and so does what is corrected', async (t) => {
  const { site, consultation, home } = await open(t);
  const stop = { officer: officer(site, 'administrator'), id: consultation.id, reason: '不再制定。' };
  await withdrawConsultation(site.db, stop, site.clock());
  const page = await home('caseworker');
  t.match(cards(page)[0], /^待我办理: .*办理意见 2条待办理; 核对渠道 5个未核对/);
  t.match(page.text, /已终止.*2026年3月1日/);
  t.notMatch(page.text, /反馈期限/);
});

t.test('a consultation is handed over at its page; a choice that does not fit stays there', async (t) => {
  const { site, consultation, home } = await open(t);
  const at = `/desk/consultations/${consultation.id}`;
  const desk = await site.signIn('caseworker');
  const slower = await site.signIn('administrator');
  await slower.get(`${at}/handover`);
  await desk.get(`${at}/handover`);
  const empty = await desk.send('/handover');
  t.match([empty.status, empty.text], [422, /请选择接手的承办人/]);
  const done = await desk.send('/handover', { responsible: String(officer(site, 'second').id) });
  t.match(done.text, /已移交.*承办人 ?second.*移交承办人（移交给second）/);
  const late = await slower.send('/handover', { responsible: String(officer(site, 'administrator').id) });
  t.match([late.status, late.text], [409, /刚刚由同事移交过，现在由second承办/]);
  t.match(cards(await home('second'))[0], /^待我办理/);
  t.match(cards(await home('caseworker'))[0], /^本机关其他事项/);
});

t.test('an officer turns letters that remind off and on', async (t) => {
  const site = await testSite(t);
  const desk = await site.signIn('approver');
  const chosen = () => desk.page().document.querySelector('[name=reminders][checked]')?.getAttribute('value');
  t.match((await desk.get('/desk/account/reminders')).text, /没有登记电子邮箱/);
  t.equal(chosen(), 'yes');
  t.match((await desk.send('/account/reminders', { reminders: 'no' })).text, /已保存/);
  t.equal(chosen(), 'no');
  t.equal((await desk.send('/account/reminders', { reminders: 'perhaps' })).status, 422);
});

t.test(
  'what a new version left without a place and groups nobody looked at are work, with where it is done',
  async (t) => {
    const { site, consultation, home } = await open(t);
    const by = officer(site, 'caseworker');
    for (const clause of ['art_2', 'art_2'])
      await submit(site.db, await form(site.db, consultation.number, site.clock(), { clause }), site.clock());
    t.notMatch((await home('caseworker')).text, /已删去/);
    await publishNext(site.db, by, consultation, secondVersion(), site.clock());
    t.match(cards(await home('caseworker'))[0], /重新对应原条文已删去的意见 2条待对应/);
    await publishNext(site.db, by, consultation, thirdVersion(), site.clock());
    t.match(cards(await home('caseworker'))[0], /重新对应原条文已删去的意见 2条待对应/, 'over two versions');
    const desk = await site.signIn('caseworker');
    const place = async (clause: string) => {
      const list = await desk.get(`/desk/consultations/${consultation.id}/orphans`);
      const to = list.document.querySelector('.tasks a')?.getAttribute('href') ?? '';
      await desk.get(to);
      const one = desk.page().document.querySelector('input[name=comments]')?.getAttribute('value') ?? '';
      await desk.send(to, { scope: 'some', clause, comments: one });
    };
    await place('art_3');
    t.match(cards(await home('caseworker'))[0], /1条待对应/, 'one was put on a clause');
    const orphans = await desk.get(`/desk/consultations/${consultation.id}/orphans`);
    t.match(orphans.text, /第二条（第1稿） 1条意见/, 'as the page says that the work leads to');
    await place('art_1');
    t.notMatch((await home('caseworker')).text, /已删去/);

    await searchGroups(site.db, { officer: by, consultationId: consultation.id }, site.clock());
    t.notMatch((await home('caseworker')).text, /同类/, 'nothing is found yet');
    await site.workOnGroups();
    const found = await home('caseworker');
    t.match(cards(found)[0], /确认建议归并的同类意见 1组待确认/);
    t.match(kinds(found), ['4条 待审核', '1组 建议归并']);
    const to = found.document.querySelector('.tasks a[href$="/groups"]')?.getAttribute('href') ?? '';
    await desk.get(to);
    const group = desk.page().document.querySelector('section.card h3 a')?.getAttribute('href') ?? '';
    await desk.get(group);
    await desk.send(group, {}, 'do=aside');
    t.notMatch((await home('caseworker')).text, /同类/, 'it was looked at');
  },
);
