import t, { type Test } from 'tap';
import { publishConsultation } from '../../src/actions/publish-consultation.ts';
import { saveAnnouncement } from '../../src/actions/save-announcement.ts';
import { textUnderSeal } from '../../src/actions/seal.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { deskComments } from '../../src/db/comments.ts';
import { receiptByToken, sealedFactsOf } from '../../src/db/receipts.ts';
import { dayOf } from '../../src/domain/shanghai.ts';
import { readSheet } from '../../src/intake/sheets/read.ts';
import { templateCsv, templateRows, templateXlsx } from '../../src/web/desk/entry/template.ts';
import { isWorkingDay } from '../../src/workdays.ts';
import { close, consultationOf, publish, publishNext, sign } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { foundOn } from '../journeys/ways.ts';
import { type TestSite, testSite } from '../support.ts';
import type { Page } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

async function entering(t: Test) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(site.db, officer, site.clock());
  site.clock.set('2026-03-20T10:00:00+08:00');
  const desk = await site.signIn('caseworker');
  const at = `/desk/consultations/${consultation.id}`;
  await desk.get(`${at}/entry`);
  const entered = () => deskComments(site.db, consultation.id);
  return { ...site, officer, consultation, desk, at, entered };
}

const letter = {
  channel: 'letter',
  receivedOn: '2026-03-19',
  postmarkedOn: '3-17',
  name: '韩素琴',
  phone: '0999-5550133',
  'clause-0': '3',
  'text-0': '建议写明检测项目。',
};

function errorLinks(page: Page): (string | undefined)[] {
  return page.document.querySelectorAll('.errors li a').map((each) => each.getAttribute('href'));
}

/** What stands in a field; browsers drop the first line break of a textarea. */
function typed(page: Page, name: string): string | undefined {
  return page.field(name)?.replace(/^\n/, '');
}

function focused(page: Page): (string | undefined)[] {
  return page.document.querySelectorAll('[autofocus]').map((each) => each.getAttribute('name'));
}

function chosen(page: Page, name: string): string | undefined {
  return page.document.querySelector(`input[name="${name}"][checked]`)?.getAttribute('value');
}

t.test('a letter is entered, and the empty form comes back with its channel and day', async (t) => {
  const { desk, at, entered, consultation } = await entering(t);
  t.same(focused(desk.page()), ['channel']);
  t.equal(desk.page().field('receivedOn'), '2026-03-20', 'today');
  t.equal(chosen(desk.page(), 'channel'), undefined);
  t.equal(chosen(desk.page(), 'stance-0'), 'other');
  t.equal(chosen(desk.page(), 'consent'), 'withoutName');
  const next = await desk.send('/entry', letter);
  const [comment] = await entered();
  t.match(comment, {
    channel: 'letter',
    clauseLabel: '第三条',
    stance: 'other',
    name: '韩素琴',
    late: false,
  });
  t.match(
    next.document.querySelector('.done')?.text,
    new RegExp(`${comment?.receiptNumber}\\s+意见1条：第三条`),
  );
  t.same([chosen(next, 'channel'), next.field('receivedOn')], ['letter', '2026-03-19']);
  for (const field of ['postmarkedOn', 'name', 'phone', 'clause-0', 'text-0'])
    t.equal(typed(next, field), '', field);
  t.same(focused(next), ['postmarkedOn']);
  t.notMatch(next.address, /韩|5550133/, 'nobody stands in an address');
  const receipt = next.document.querySelector('.done .go a')?.getAttribute('href') ?? '';
  t.match(
    (await desk.get(receipt)).text,
    /信函 ?收到时间 ?2026年3月19日 ?邮戳日期 ?2026年3月17日.*写明检测项目/,
  );
  const list = await desk.get(
    next.document.querySelector('.done a')?.getAttribute('href')?.split('#')[0] ?? '',
  );
  t.match(list.text, /建议写明检测项目。[\s\S]*韩素琴[\s\S]*2026年3月19日 信函/);
  await desk.get(`${at}/entry?channel=phone&receivedOn=2026-03-19`);
  t.same(focused(desk.page()), ['name']);
  const overview = await desk.get(at);
  t.match(overview.text, /录入来件/);
  t.ok(overview.text.includes(`${consultation.number}-`));
  t.match((await desk.get(`${at}/channels`)).text, /已有1件、1条/);
});

t.test(
  'a letter with several comments gets one receipt; another field set comes without scripts',
  async (t) => {
    const { desk, entered } = await entering(t);
    const more = await desk.send(
      '/entry',
      { ...letter, 'clause-0': '第二章', 'stance-0': 'amend' },
      'do=add',
    );
    t.equal(more.status, 200);
    t.same(focused(more), ['clause-1']);
    t.same(
      ['clause-0', 'text-0', 'name', 'postmarkedOn', 'clause-1'].map((name) => typed(more, name)),
      ['第二章', letter['text-0'], '韩素琴', '3-17', ''],
    );
    t.equal(chosen(more, 'stance-0'), 'amend');
    t.same(await entered(), [], 'nothing is stored yet');
    const third = await desk.send(
      '/entry',
      {
        'clause-1': '第三条（二）',
        'text-1': '应当公布两个号码。',
        'proposedWording-1': '（二）公布电话和传真；',
      },
      'do=add',
    );
    t.equal(typed(third, 'proposedWording-1'), '（二）公布电话和传真；');
    t.equal(third.field('clause-2'), '');
    const next = await desk.send('/entry');
    const comments = await entered();
    t.same(
      comments.map(({ clauseLabel, stance, proposedWording }) => [clauseLabel, stance, proposedWording]),
      [
        ['第二章', 'amend', ''],
        ['第三条第（二）项', 'other', '（二）公布电话和传真；'],
      ],
      'a comment left empty is passed over',
    );
    t.equal(new Set(comments.map(({ receiptNumber }) => receiptNumber)).size, 1);
    t.match(next.text, /意见2条：第二章、第三条第（二）项/);
  },
);

t.test('no word is lost to a mistake, and each mistake is told at its field', async (t) => {
  const { desk, entered } = await entering(t);
  const wrong = {
    ...letter,
    receivedOn: '2026-03-21',
    email: 'nobody',
    'clause-0': '九十九',
    'clause-1': '供水单位',
    'stance-1': 'support',
    'text-1': '第二条意见。',
    consent: 'withName',
    name: '',
  };
  const page = await desk.send('/entry', { ...wrong, channel: 'fax' });
  t.equal(page.status, 422);
  t.same(errorLinks(page), ['#receivedOn', '#postmarkedOn', '#email', '#name', '#clause-0', '#pick-1']);
  for (const [name, value] of Object.entries({ ...wrong, channel: undefined, consent: undefined }))
    if (value !== undefined && !name.startsWith('stance')) t.equal(typed(page, name), value, name);
  t.equal(chosen(page, 'channel'), 'fax');
  t.equal(chosen(page, 'consent'), 'withName');
  t.match(page.text, /草案里找不到“九十九”[\s\S]*“供水单位”可以指\d+处/);
  const picks = page.document
    .querySelectorAll('input[name="pick-1"]')
    .map((each) => each.getAttribute('value'));
  t.ok(picks.includes('art_4__para_2') && picks.length > 1);
  t.same(await entered(), []);
  await desk.send('/entry', {
    ...letter,
    'clause-1': '供水单位',
    'pick-1': 'art_4__para_2',
    name: '韩素琴',
    email: '',
  });
  t.same(
    (await entered()).map(({ clauseAddress }) => clauseAddress),
    ['art_3', 'art_4__para_2'],
  );
});

t.test('a form sent twice enters one letter', async (t) => {
  const { desk, entered } = await entering(t);
  const form = desk.page();
  const first = await desk.send('/entry', letter);
  const token = form.field('formToken') ?? '';
  const second = await desk.send('/entry', { ...letter, formToken: token });
  t.equal(second.address, first.address);
  t.equal((await entered()).length, 1);
  const forged = await desk.send('/entry', { ...letter, formToken: 'forged' });
  t.same([forged.status, typed(forged, 'text-0')], [422, letter['text-0']]);
});

t.test('after the closing late ones are flagged at once, in the list, and counted apart', async (t) => {
  const { db, at, consultation, clock, signIn } = await entering(t);
  clock.set('2026-04-12T10:00:00+08:00');
  await close(db, consultation);
  const desk = await signIn('caseworker');
  await desk.get(`${at}/entry`);
  const late = await desk.send('/entry', { ...letter, receivedOn: '4-12', postmarkedOn: '4-11' });
  t.match(late.document.querySelector('.done')?.text, /逾期/);
  const inTime = await desk.send('/entry', { ...letter, receivedOn: '4-12', postmarkedOn: '4-10' });
  t.notMatch(inTime.document.querySelector('.done')?.text, /逾期/);
  const list = await desk.get(`${at}/comments`);
  t.equal(list.document.querySelectorAll('.card .tag.red').length, 1);
  t.equal(list.document.querySelectorAll('form[action*="/disposition"]').length, 1, 'a late one needs none');
  t.match((await desk.get(at)).text, /收到 ?1 件[\s\S]*待办理 ?1 条[\s\S]*逾期 ?1 件/);
  t.match(
    (await desk.get(`${at}/notice`)).text,
    /共收到意见和建议1件、1条。[\s\S]*另有意见和建议1件、1条逾期收到/,
  );
});

t.test(
  'the page says why nothing can be entered, and a form sent all the same keeps its words',
  async (t) => {
    const { db, officer, desk, at, consultation, clock, officers, deps, signIn } = await entering(t);
    const id = await startConsultation(db, { officer, kind: 'other', source: paste() }, clock());
    const unpublished = await desk.get(`/desk/consultations/${id}/entry`);
    t.match([unpublished.status, unpublished.text], [409, /还没有发布/]);
    const { revision, announcement, asks, showsComments, closesAt } = await consultationOf(db, officer, id);
    const period = { opensAt: new Date('2026-03-25T09:00:00+08:00'), closesAt };
    await saveAnnouncement(
      db,
      { officer, id, revision, kind: 'other', ...period, asks, showsComments, announcement },
      clock(),
    );
    await publishConsultation(db, { officer, id, revision: revision + 1 }, isWorkingDay, clock());
    const upcoming = await desk.get(`/desk/consultations/${id}/entry`);
    t.match([upcoming.status, upcoming.text], [409, /还没有开始，不能录入来件/]);
    t.notMatch((await desk.get(`/desk/consultations/${id}`)).document.toString(), /\/entry"/);

    clock.set('2026-04-10T18:00:00+08:00');
    await close(db, consultation);
    const later = await signIn('caseworker');
    await later.get(`${at}/channels`);
    const checked = later.page().document.querySelectorAll('input[name="checked"]');
    const all = checked.map((each) => each.getAttribute('value') ?? '');
    await later.send('/channels', { checked: all, ...foundOn(later.page()) });
    await later.get(`${at}/entry`);
    await sign(db, officers['approver'] as Officer, consultation, deps.sentences.notice, clock());
    const signed = await later.send('/entry', letter);
    t.match(
      [signed.status, signed.text],
      [409, /意见反馈已经签发[\s\S]*信函[\s\S]*韩素琴[\s\S]*建议写明检测项目。/],
    );
    t.match((await later.get(`${at}/entry`)).text, /意见反馈已经签发/);
  },
);

t.test('who may not enter comments, or is of another agency, is refused', async (t) => {
  const { at, signIn } = await entering(t);
  t.equal((await (await signIn('approver')).get(`${at}/entry`)).status, 403);
  t.notMatch((await (await signIn('approver')).get(at)).document.toString(), /\/entry"/);
  t.equal((await (await signIn('other')).get(`${at}/entry`)).status, 404);
});

t.test('where there are several versions, a letter can be about an older one', async (t) => {
  const { db, officer, consultation, desk, at, clock, entered } = await entering(t);
  await publishNext(db, officer, consultation, paste().replace('第五条 本办法', '第五条 本规定'), clock());
  await desk.get(`${at}/entry`);
  const options = desk.page().document.querySelectorAll('select[name="draftVersion"] option');
  t.same(
    options.map((each) => each.text),
    ['第1稿', '第2稿'],
  );
  await desk.send('/entry', { ...letter, draftVersion: '1' });
  await desk.send('/entry', letter);
  t.equal(new Set((await entered()).map(({ draftId }) => draftId)).size, 2);
});

const table = [
  '件号,渠道,收到日期,邮戳日期,姓名,电话,条款,态度,意见内容,建议改为',
  '示例,信函,2026-03-19,,张三,,第三条,修改,这一行是示例',
  'A1,信函,2026-03-19,3-17,韩素琴,0999-5550133,3,修改,建议写明检测项目。,检测浊度、余氯。',
  'A1,,,,,,,,同意这个办法。',
  ',电话,2026-03-18,,罗立秋,,第九十条,,应当减免水费。',
  ',飞鸽,2026-03-18,,,,,,另一条。',
].join('\n');

t.test('a table is tried, shown with every fault, and entered when the officer says so', async (t) => {
  const { desk, at, entered, workOnSheets } = await entering(t);
  await desk.get(`${at}/entry/sheet`);
  const bytes = Buffer.from(`\ufeff${table}`);
  const waiting = await desk.sendFile('/entry/sheet', { name: '来件.csv', bytes });
  t.match(waiting.text, /正在检查/);
  t.equal(waiting.headers['refresh'], undefined);
  const watched = await desk.get(`${waiting.address}?watch=1`);
  t.match(watched.headers['refresh'], /^5; url=\/desk\/consultations\/\d+\/entry\/sheet\/\d+\?watch=1$/);
  await workOnSheets();
  const tried = await desk.get(waiting.address);
  t.match(tried.text, /可以录入1 件、2 条 有误2 行/);
  const faults = tried.document
    .querySelectorAll('tbody tr')
    .map((row) => row.text.replace(/\s+/g, ' ').trim());
  t.match(faults, [/^5 ?条款 ?草案里找不到“第九十条”/, /^6 ?渠道 ?不认识“飞鸽”，可以填：电子邮箱、电话/]);
  t.same(await entered(), [], 'nothing is stored by trying');
  const storing = await desk.send('/store');
  t.match(storing.text, /正在录入[\s\S]*已录入 0 件，共 1 件/);
  await workOnSheets();
  const stored = await desk.get(waiting.address);
  t.match(stored.text, /已录入1件、2条。[\s\S]*有2行有误，没有录入/);
  t.same(
    (await entered()).map(({ clauseLabel, text, proposedWording }) => [clauseLabel, text, proposedWording]),
    [
      ['', '同意这个办法。', ''],
      ['第三条', '建议写明检测项目。', '检测浊度、余氯。'],
    ],
  );
  await desk.get(`${at}/entry/sheet`);
  const again = await desk.sendFile('/entry/sheet', { name: '来件.csv', bytes });
  await workOnSheets();
  t.match((await desk.get(again.address)).text, /完全相同的文件在[\s\S]*已经录入过/);
  const gone = await desk.send('/discard');
  t.match(gone.text, /已移除这份表格[\s\S]*来件\.csv/);
  t.match((await desk.get(again.address)).text, /这份表格已经移除/);
  t.match((await desk.get(at)).text, /批量录入完成（1件）/);
});

t.test('many faults come in pages, every one of them', async (t) => {
  const { desk, at, workOnSheets } = await entering(t);
  await desk.get(`${at}/entry/sheet`);
  const rows = Array.from(
    { length: 230 },
    (_, index) => `电话,2026-03-18,意见${index},${index % 2 ? '好' : '赞成'}`,
  );
  const bytes = Buffer.from(['渠道,收到日期,意见,态度', ...rows].join('\n'));
  const { address } = await desk.sendFile('/entry/sheet', { name: 'a.csv', bytes });
  await workOnSheets();
  const numbers = async (page: string) =>
    (await desk.get(address + page)).document.querySelectorAll('tbody th').map((each) => Number(each.text));
  t.match((await desk.get(address)).text, /有误115 行[\s\S]*要改正的地方（115处）/);
  const all = [...(await numbers('')), ...(await numbers('?page=2'))];
  t.same(
    all,
    Array.from({ length: 115 }, (_, index) => index * 2 + 3),
  );
});

t.test('what is no table is told at the file, or on its page', async (t) => {
  const { desk, at, workOnSheets, db } = await entering(t);
  await desk.get(`${at}/entry/sheet`);
  const none = await desk.sendFile('/entry/sheet', { name: '', bytes: Buffer.from('') });
  t.same([none.status, errorLinks(none)], [422, ['#file']]);
  const empty = await desk.sendFile('/entry/sheet', { name: '空.csv', bytes: Buffer.from('') });
  t.match([empty.status, empty.text], [422, /是空的/]);
  const large = { name: '大.csv', bytes: Buffer.alloc(10 * 1024 * 1024 + 1) };
  const tooLarge = await desk.sendFile('/entry/sheet', large);
  t.match([tooLarge.status, tooLarge.text], [413, /超过10 MB/]);
  t.same(await db.selectFrom('sheet_imports').select('id').execute(), []);
  const old = { name: '旧.xls', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex') };
  const { address } = await desk.sendFile('/entry/sheet', old);
  await workOnSheets();
  t.match((await desk.get(address)).text, /什么也没有录入[\s\S]*旧版 Excel/);
});

t.test('the templates say what to write, and come back without a fault or an entry', async (t) => {
  const { at, desk, entered, workOnSheets, deps, clock } = await entering(t);
  for (const ending of ['xlsx', 'csv']) {
    const { status, headers } = await desk.get(`${at}/entry/sheet/template.${ending}`);
    t.equal(status, 200);
    t.match(headers['content-disposition'], /^attachment; .*filename\*=UTF-8''%E6%9D%A5/);
    const rows = templateRows(deps.sentences, dayOf(clock()));
    const bytes = ending === 'csv' ? templateCsv(rows) : await templateXlsx(deps.sentences, dayOf(clock()));
    t.same(await readSheet(bytes), { rows: rows.map((cells, index) => ({ number: index + 1, cells })) });
    await desk.get(`${at}/entry/sheet`);
    const { address } = await desk.sendFile('/entry/sheet', { name: `a.${ending}`, bytes });
    await workOnSheets();
    t.match((await desk.get(address)).text, /可以录入0 件、0 条 有误0 行/, ending);
  }
  t.same(await entered(), []);
});

t.test('a scan goes with its letter, also when the form comes back, and stands under its seal', async (t) => {
  const { desk, at, db } = await entering(t);
  const scan = { name: '来信.txt', bytes: Buffer.from('建议写明检测项目。韩素琴') };
  const back = await desk.sendFile('/entry', scan, { ...letter, 'text-0': '' });
  t.equal(back.status, 422);
  t.match(back.text, '已随这件来件保存：来信.txt');
  const next = await desk.send('/entry', { 'text-0': '建议写明检测项目。' });
  t.match(next.text, '已录入');
  t.notMatch(next.text, '已随这件来件保存', 'the next letter has none');
  const { receipt_token } = await db
    .selectFrom('submissions')
    .select('receipt_token')
    .executeTakeFirstOrThrow();
  const receipt = await receiptByToken(db, receipt_token);
  t.same(
    receipt?.attachments.map(({ name }) => name),
    ['来信.txt'],
  );
  t.ok(receipt?.seal && textUnderSeal(sealedFactsOf(receipt), receipt.seal));
  const wrong = await desk.sendFile('/entry', { name: 'x.exe', bytes: Buffer.from('MZ\0\0') }, letter);
  t.equal(wrong.status, 422);
  t.same(errorLinks(wrong), ['#scan']);
  t.match(wrong.text, '“x.exe”没有添加');
  t.match((await desk.get(`${at}/comments`)).text, '来信.txt');
});
