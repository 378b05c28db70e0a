import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { publishDue } from '../../src/actions/publish-due.ts';
import { paste } from '../fixtures/paste.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testSite } from '../support.ts';
import { type Visitor, visit } from '../visitor.ts';

t.test('where an agency requires it, only what another officer approved is published', async (t) => {
  const { site, desk, at } = await complete(t);
  const administrator = await site.signIn('administrator');
  await administrator.get('/desk/officers');
  t.match((await administrator.send('/desk/officers/approval')).text, /审核要求已保存[\s\S]*不再要求审核/);
  t.match((await desk.get(`${at}/preview`)).text, /还没有审核同意/);
  t.notOk((await desk.get(`${at}/preview`)).html.includes('/publish"'), 'there is no button to publish');
  await desk.get(`${at}/release`);
  t.match((await desk.send('/approval')).text, /已送审[\s\S]*待审核/);

  const approver = await site.signIn('approver');
  await approver.get(`${at}/release`);
  t.match((await approver.send('/approval/return')).text, /请填写退回意见/);
  t.match(
    (await approver.send('/approval/return', { remark: '电话写错了。' })).text,
    /已退回[\s\S]*电话写错了。/,
  );

  await change(desk, at, { phone: '0999-5550102' });
  await desk.get(`${at}/release`);
  await desk.send('/approval');
  await approver.get(`${at}/release`);
  await change(desk, at, { phone: '0999-5550103' });
  const stale = await approver.send('/approval/approve');
  t.equal(stale.status, 409, 'nobody approves what they have not seen');
  await desk.get(`${at}/release`);
  await desk.send('/approval');
  await approver.get(`${at}/release`);
  t.match((await approver.send('/approval/approve')).text, /已同意发布/);

  await change(desk, at, { phone: '0999-5550104' });
  t.match((await desk.get(`${at}/preview`)).text, /审核以后内容有改动，请重新送审/);
  await desk.get(`${at}/release`);
  await desk.send('/approval');
  await approver.get(`${at}/release`);
  await approver.send('/approval/approve');
  await desk.get(`${at}/preview`);
  t.match((await desk.send('/publish')).text, /征求意见已发布/);
});

t.test(
  'a letter that asks for an approval is not sent once that was decided or needed no more',
  async (t) => {
    const { site, desk, at } = await complete(t);
    await sql`update officers set email = login || '@example.cn' where login in ('approver', 'administrator')`.execute(
      site.db,
    );
    const approver = await site.signIn('approver');
    const ask = async () => {
      await desk.get(`${at}/release`);
      await desk.send('/approval');
    };
    await ask();
    t.equal((await post(site)).length, 2, 'it is sent to both who may approve');
    await change(desk, at, { phone: '0999-5550102' });
    await ask();
    await approver.get(`${at}/release`);
    await approver.send('/approval/return', { remark: '电话写错了。' });
    t.same(await post(site), [], 'it was returned meanwhile');
    await change(desk, at, { phone: '0999-5550103' });
    await ask();
    await desk.get(`${at}/preview`);
    await desk.send('/publish');
    t.same(await post(site), [], 'it was published meanwhile');
  },
);

t.test('nobody approves what they prepared', async (t) => {
  const { site, at } = await complete(t);
  const administrator = await site.signIn('administrator');
  await change(administrator, at, { phone: '0999-5550102' });
  await administrator.get(`${at}/release`);
  await administrator.send('/approval');
  const page = await administrator.get(`${at}/release`);
  t.match(page.text, /您准备过这次征求意见，请另一位审核人审核/);
  t.notOk(page.html.includes('approval/approve'));
});

t.test(
  'a consultation publishes itself once, whichever process comes first, also after a downtime',
  async (t) => {
    const { site, desk, at } = await complete(t);
    await desk.get(`${at}/release`);
    const wrong = await desk.send('/schedule', { publishAt: '2026-03-01 08:00' });
    t.equal(wrong.status, 422);
    t.match(wrong.text, /定时发布的时间必须晚于现在/);
    t.match(
      (await desk.send('/schedule', { publishAt: '2026-03-02 09:00' })).text,
      /2026年3月2日 09:00自动发布/,
    );

    await desk.get(`${at}/announcement`);
    const refused = await desk.send('/announcement', { title: '改过的标题' });
    t.equal(refused.status, 409);
    t.match(refused.text, /请先取消定时发布[\s\S]*改过的标题/, 'every word is kept');

    const due = () => publishDue(site.db, site.deps.isWorkingDay, site.clock());
    site.clock.set('2026-03-02T08:59:59.999+08:00');
    t.equal(await due(), 0);
    t.notMatch((await visit(site.app).get('/')).text, /农村供水/);
    site.clock.set('2026-03-02T11:30:00+08:00');
    const done = await Promise.all([due(), due()]);
    t.equal(done[0] + done[1], 1);
    const page = await visit(site.app).get('/');
    t.match(page.text, /农村供水/);
    const published = await site.db
      .selectFrom('consultations')
      .select(['number', 'opens_at', 'published_at'])
      .executeTakeFirstOrThrow();
    t.same(published.opens_at, published.published_at, 'a start that is past is the publication');
  },
);

t.test('a schedule is cancelled, or given back when the period is over before anybody noticed', async (t) => {
  const { site, desk, at } = await complete(t);
  await desk.get(`${at}/release`);
  await desk.send('/schedule', { publishAt: '2026-03-02 09:00' });
  t.match((await desk.get(at)).text, /将于2026年3月2日 09:00自动发布.*开始时间发布之时/);
  await desk.get(`${at}/release`);
  t.match((await desk.send('/schedule/cancel')).text, /已取消定时发布/);
  const due = () => publishDue(site.db, site.deps.isWorkingDay, site.clock());
  await desk.send('/schedule', { publishAt: '2026-03-03 09:00' });
  site.clock.set('2026-03-02T10:00:00+08:00');
  t.equal(await due(), 0, 'the cancelled instant means nothing');
  site.clock.set('2026-05-01T10:00:00+08:00');
  t.equal(await due(), 0);
  t.equal(await due(), 0);
  const later = await site.signIn('caseworker');
  t.match((await later.get(`${at}/release`)).text, /应当定时发布[\s\S]*没有发布/);
  t.match((await later.get(at)).text, /没有发布成/);
});

t.test('a consultation whose start is later than its publication is announced first', async (t) => {
  const { site, desk, at } = await complete(t, { opensAt: '2026-03-10 09:00' });
  await desk.get(`${at}/release`);
  await desk.send('/schedule', { publishAt: '2026-03-02 09:00' });
  site.clock.set('2026-03-02T09:00:00+08:00');
  await publishDue(site.db, site.deps.isWorkingDay, site.clock());
  t.match((await visit(site.app).get('/')).text, /即将开始[\s\S]*2026年3月10日 09:00 开始/);
});

t.test('a secret link shows what is not published, to nobody else, and not for ever', async (t) => {
  const { site, desk, at } = await complete(t);
  await desk.get(`${at}/release`);
  const made = await desk.send('/preview-links', { previewDays: '1' });
  const address = new URL(made.document.querySelector('#link')?.text ?? '').pathname;
  const outside = visit(site.app);
  const page = await outside.get(address);
  t.match(page.text, /预览：还没有发布[\s\S]*农村供水[\s\S]*第三条/);
  t.match(page.headers, {
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
  t.equal(page.headers['set-cookie'], undefined);
  t.notOk((await desk.get(`${at}/release`)).html.includes(address), 'it is shown once');
  t.match((await outside.get(`${address}x`)).text, /预览链接已失效/);
  t.equal(outside.page().status, 404);

  await desk.get(`${at}/release`);
  t.match((await desk.send('/revoke')).text, /预览链接已停用/);
  t.equal((await outside.get(address)).status, 404);
  const second = await desk.send('/preview-links', { previewDays: '1' });
  const other = new URL(second.document.querySelector('#link')?.text ?? '').pathname;
  site.clock.set('2026-03-02T09:00:00+08:00');
  t.equal((await outside.get(other)).status, 404, 'the day is over');

  const later = await site.signIn('caseworker');
  await later.get(`${at}/release`);
  const third = await later.send('/preview-links', { previewDays: '7' });
  await later.get(`${at}/preview`);
  await later.send('/publish');
  const followed = await outside.get(new URL(third.document.querySelector('#link')?.text ?? '').pathname);
  t.match(followed.address, /^\/consultations\//, 'once published it leads to the public page');
});

async function change(desk: Visitor, at: string, typed: Record<string, string>): Promise<void> {
  await desk.get(`${at}/announcement`);
  await desk.send('/announcement', typed);
}

/** A consultation that lacks nothing, before its publication. */
async function complete(
  t: Test,
  typed: Record<string, string> = {},
): Promise<{ readonly site: TestSite; readonly desk: Visitor; readonly at: string }> {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const fields = await desk.send('/desk/consultations', { kind: 'other', source: paste() });
  const at = fields.address.replace(/\/announcement.*/, '');
  await desk.send('/announcement', typed);
  return { site, desk, at };
}
