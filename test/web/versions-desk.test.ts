import t, { type Test } from 'tap';
import { placeComments } from '../../src/actions/place-comment.ts';
import { latestDraft } from '../../src/db/drafts.ts';
import { transaction } from '../../src/db/session.ts';
import { insertSubmissions } from '../../src/db/submissions.ts';
import { form, publish, submit } from '../consultation.ts';
import { secondVersion, thirdVersion } from '../fixtures/versions.ts';
import { captchaOn } from '../journeys/ways.ts';
import { type TestSite, testSite } from '../support.ts';
import { prepareVersion, publishPrepared } from '../versions.ts';
import { type Page, visit } from '../visitor.ts';

function officer(site: TestSite, login = 'caseworker') {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A published consultation with comments, and a second version on its way, or published. */
async function versioned(t: Test, addresses: readonly string[], isPublished: boolean) {
  const site = await testSite(t);
  const caseworker = officer(site);
  const consultation = await publish(site.db, caseworker, site.clock());
  for (const clause of addresses) {
    const one = await form(site.db, consultation.number, site.clock(), { clause });
    await submit(site.db, one, site.clock());
  }
  await prepareVersion(site.db, caseworker, consultation.id, secondVersion(), site.clock());
  if (isPublished) await publishPrepared(site.db, caseworker, consultation.id, site.clock());
  const desk = await site.signIn('caseworker');
  return { site, caseworker, consultation, desk, at: `/desk/consultations/${consultation.id}` };
}

/** The links of the navigation among the pages of a consultation. */
function navigation(page: Page): string[] {
  return page.document.querySelectorAll('nav[aria-label="这次征求意见"] a').map((each) => each.text);
}

/** The new clauses that a page offers, and those that are ticked. */
function offered(page: Page) {
  const boxes = page.document.querySelectorAll('input[name="to"]');
  const value = (box: (typeof boxes)[number]) => box.getAttribute('value') ?? '';
  return { all: boxes.map(value), ticked: boxes.filter((box) => box.hasAttribute('checked')).map(value) };
}

t.test('a new version begins with its whole draft, and says nothing of the announcement', async (t) => {
  const site = await testSite(t);
  const { id } = await publish(site.db, officer(site), site.clock());
  const desk = await site.signIn('caseworker');
  await desk.get(`/desk/consultations/${id}/versions`);
  const empty = await desk.send('/versions');
  t.match(empty.text, /导入草案 .*请上传或者粘贴草案全文/);
  t.notMatch(empty.text, /再加一份|公告里还空着/);
  await desk.send('/source', { source: secondVersion() });
  const further = await desk.get(`/desk/consultations/${id}/source`);
  t.match(further.text, /再加一份文件或文本.*新的内容接在草案末尾/);
  t.notMatch(further.text, '公告里还空着');
});

t.test(
  'the way to a new version stands in the navigation, and to its draft while one is prepared',
  async (t) => {
    const { site, desk, at, consultation, caseworker } = await versioned(t, [], false);
    t.same(navigation(await desk.get(at)).slice(-3), ['新版本', '草案', '条文对应']);
    t.match(
      (await desk.get(`${at}/versions`)).text,
      /正在准备第2稿.*导入草案.*核对草案.*条文对应.*发布新版本/,
    );
    t.equal(
      (await desk.get(`${at}/preview`)).address,
      `${at}/mapping`,
      'what follows the draft is the mapping',
    );
    const approver = await site.signIn('approver');
    t.same(navigation(await approver.get(at)).slice(-1), ['新版本']);
    await publishPrepared(site.db, caseworker, consultation.id, site.clock());
    t.same(navigation(await desk.get(at)).slice(-1), ['新版本']);
    t.match(desk.page().text, /发布新版本（第2稿）/, 'the ledger says so');
  },
);

t.test('old and new words stand side by side with what only one of them has marked', async (t) => {
  const { desk, at } = await versioned(t, ['art_2'], false);
  await desk.get(`${at}/mapping/art_2`);
  const found = await desk.send('/mapping/art_2', { q: '畜禽' }, 'do=find');
  t.match(offered(found), { ticked: [] });
  await desk.send('/mapping/art_2', { to: 'art_3' }, 'do=link');
  const row = desk.page().document.querySelector('#from-art_2');
  t.match(row?.text, /修改[\s\S]*已更正[\s\S]*1条意见/);
  const [before, after] = row?.querySelectorAll('.side') ?? [];
  t.ok(before?.querySelector('del') && !before.querySelector('ins'), 'only what was there');
  t.ok(after?.querySelector('ins') && !after.querySelector('del'), 'only what is there');
  t.match(after?.text, /水源地周边三百米/);
  t.match((await desk.get(`${at}/mapping?show=all`)).text, /全部 15/);
  t.notOk(desk.page().text.includes('先核对'), 'what a person chose needs no check');
});

t.test('a clause that is far away is found by its words, and ticks are not lost on the way', async (t) => {
  const { desk, at } = await versioned(t, [], false);
  const near = await desk.get(`${at}/mapping/title`);
  t.notOk(offered(near).all.includes('annex_1'));
  const found = await desk.send('/mapping/title', { q: '价格表', to: ['title', 'art_1'] }, 'do=find');
  t.ok(offered(found).all.includes('annex_1'));
  t.same(offered(found).ticked, ['title', 'art_1']);
  t.equal(found.field('q'), '价格表');
});

t.test('a correction from an older page is not saved, and its ticks are still there', async (t) => {
  const { site, desk, at } = await versioned(t, [], false);
  const second = await site.signIn('second');
  await desk.get(`${at}/mapping/art_2`);
  await second.get(`${at}/mapping/art_5`);
  await second.send('/mapping/art_5', {}, 'do=deleted');
  const late = await desk.send('/mapping/art_2', { to: 'art_3' }, 'do=link');
  t.match([late.status, late.text], [409, /还没有保存/]);
  t.same(offered(late).ticked, ['art_3']);
  t.match((await desk.send('/mapping/art_2', {}, 'do=link')).text, /条文对应已更正/, 'sent again, it counts');
});

t.test('a publication from an older page is refused with its words', async (t) => {
  const { site, desk, at } = await versioned(t, [], false);
  await desk.get(`${at}/versions/publish`);
  const second = await site.signIn('second');
  await second.get(`${at}/mapping/art_5`);
  await second.send('/mapping/art_5', {}, 'do=deleted');
  const late = await desk.send('/versions/publish', { note: '写好的说明' });
  t.match([late.status, late.field('note')], [409, '写好的说明']);
  t.match((await desk.send('/versions/publish')).text, /新版本已发布/);
});

t.test('corrections that the draft has outrun are listed to be made again', async (t) => {
  const { site, caseworker, consultation, desk, at } = await versioned(t, [], false);
  await desk.get(`${at}/mapping/art_2`);
  await desk.send('/mapping/art_2', { to: 'art_4' }, 'do=link');
  await desk.get(`${at}/imports`);
  const imports = await site.db
    .selectFrom('draft_imports')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  await desk.get(`${at}/imports/${imports[0]?.id}/discard`);
  await desk.send('/discard');
  await prepareVersion(site.db, caseworker, consultation.id, thirdVersion(), site.clock());
  const mapping = await desk.get(`${at}/mapping`);
  t.match(mapping.text, /更正已对不上，请重新选择：第二条/);
  t.match((await desk.get(`${at}/versions/publish`)).text, /有1处更正/);
});

t.test('comments of a clause are put elsewhere one by one, fifty on a page', async (t) => {
  const { site, desk, at, consultation } = await versioned(t, [], true);
  const first = await site.db
    .selectFrom('clauses')
    .select(['id', 'draft_id'])
    .where('address', '=', 'art_2')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const { submission } = await form(site.db, consultation.number, site.clock());
  await transaction(site.db, (trx) =>
    insertSubmissions(
      trx,
      Array.from({ length: 60 }, (_, index) => ({
        ...submission,
        formToken: `many-${index}`,
        receiptToken: `many-${index}`,
        consultationId: consultation.id,
        consultationNumber: consultation.number,
        draftId: first.draft_id,
        clauseIds: [first.id],
        channel: 'online' as const,
        receivedAt: site.clock(),
        datedAt: site.clock(),
        postmarkedOn: '' as const,
        entered: null,
        clauseFrom: 'sender' as const,
        salt: '00',
        hash: '00',
      })),
    ),
  );
  const orphans = await desk.get(`${at}/orphans`);
  t.match(orphans.text, /第二条（第1稿） 60条意见/);
  const group = `${at}/orphans/${first.id}`;
  const second = await desk.get(`${group}?page=2`);
  const boxes = second.document.querySelectorAll('input[name="comments"]');
  t.equal(boxes.length, 10);
  t.equal(
    (await desk.send(`/orphans/${first.id}`, { scope: 'some', clause: 'art_3' })).status,
    422,
    'none ticked',
  );
  const [one = ''] = boxes.map((box) => box.getAttribute('value') ?? '');
  await desk.send(`/orphans/${first.id}`, { scope: 'some', clause: 'art_3', comments: one });
  t.match((await desk.get(`${at}/orphans`)).text, /第二条（第1稿） 59条意见/);
  await desk.get(group);
  await desk.send(`/orphans/${first.id}`, { scope: 'all', clause: 'art_1' });
  t.match(desk.page().text, /没有待重新对应的意见/);
  const list = await desk.get(`${at}/comments`);
  t.match(list.text, /由caseworker对应到第一条/);
  t.notMatch(list.text, /条意见的原条文/);
});

t.test('a placement made while a newer version came is refused, and nothing is placed', async (t) => {
  const { site, caseworker, consultation, desk, at } = await versioned(t, ['art_2'], true);
  const orphans = await desk.get(`${at}/orphans`);
  const group = orphans.document.querySelector('.tasks a')?.getAttribute('href') ?? '';
  await desk.get(group);
  await prepareVersion(site.db, caseworker, consultation.id, thirdVersion(), site.clock());
  await publishPrepared(site.db, caseworker, consultation.id, site.clock());
  const late = await desk.send(group.slice(group.lastIndexOf('/')), { clause: 'art_3' });
  t.match([late.status, late.text], [409, /又发布了新的版本/]);
  t.match((await desk.get(`${at}/orphans`)).text, /1条意见/);
});

t.test('a comment of the newest version is never moved along with those of older ones', async (t) => {
  const { site, caseworker, consultation, desk, at } = await versioned(t, ['art_2'], true);
  const own = await form(site.db, consultation.number, site.clock(), {
    clause: 'art_3',
    text: '第二稿上的意见。',
  });
  await submit(site.db, own, site.clock());
  const newest = await latestDraft(site.db, consultation.id);
  const clause = newest?.clauses.find(({ address }) => address === 'art_3')?.id ?? 0;
  const place = (placed: Parameters<typeof placeComments>[1]['placed'], address: string) =>
    placeComments(
      site.db,
      { officer: caseworker, consultationId: consultation.id, version: 2, placed, choice: { address } },
      site.clock(),
    );
  const [old] = await site.db.selectFrom('comments').select('id').orderBy('id').execute();
  await place({ commentIds: [old?.id ?? 0] }, 'art_3');
  t.match((await desk.get(`${at}/orphans/${clause}`)).text, /这一条下有1条意见/);
  t.same(await place({ standingOn: clause }, 'art_1'), { count: 1 });
});

t.test('a form opened on the first version keeps its clause when it comes back with a mistake', async (t) => {
  const { site, caseworker, consultation } = await versioned(t, [], false);
  const citizen = visit(site.app);
  await citizen.get(`/consultations/${consultation.number}/comments/new?clause=art_3`);
  await publishPrepared(site.db, caseworker, consultation.id, site.clock());
  const back = await citizen.send('/comments', { 'text-0': '每日两次。' }, 'do=check');
  t.match([back.status, back.text], [422, /供水单位应当履行下列职责/], 'the words that were read');
  await citizen.send('/comments', { 'stance-0': 'amend' }, 'do=check');
  const captcha = await captchaOn(site, citizen.page());
  await citizen.send('/comments', { commenterKind: 'individual', consent: 'no', captcha }, 'do=send');
  t.match(citizen.page().text, /第1稿第三条；在第2稿里是第二条/);
});
