import { createHash } from 'node:crypto';
import t, { type Test } from 'tap';
import { beginCorrection } from '../../src/actions/begin-correction.ts';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { deskComments } from '../../src/db/comments.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import { readFile } from '../../src/intake/read.ts';
import { announcementLetter } from '../../src/web/public/letter.ts';
import { close, form, publish, publishNext, sign, submit } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { inOrder } from '../journeys/ways.ts';
import { readPdf } from '../print/reading.ts';
import { type TestSite, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

async function opened(t: Test) {
  const site = await testSite(t);
  const [officer, approver] = [site.officers['caseworker'] as Officer, site.officers['approver'] as Officer];
  const consultation = await publish(site.db, officer, site.clock());
  const at = `/consultations/${consultation.number}`;
  const file = async (path: string) => (await site.app.inject(at + path)).rawPayload;
  const page = (path: string) => visit(site.app).get(at + path);
  const printed = async (path: string) => (await readPdf(await file(path))).text;
  return { ...site, officer, approver, consultation, at, file, page, printed };
}

/** The same with an answer: comments of those who want their names, no names, or nothing published. */
async function answered(t: Test) {
  const it = await opened(t);
  const { db, clock, officer, approver, consultation, deps } = it;
  const said = [
    { text: '建议写明水质。', name: '朱明远', consent: 'withName' },
    { text: '建议加密水表。', name: '苏清', consent: 'withoutName' },
    { text: '我不愿公开。', name: '方行', consent: 'no' },
  ] as const;
  for (const one of said) await submit(db, await form(db, consultation.number, clock(), one), clock());
  clock.set(consultation.closesAt);
  await close(db, consultation);
  for (const { id, dispositionId } of await deskComments(db, consultation.id)) {
    const disposition = { outcome: 'notAdopted', reason: '另有规定。' } as const;
    const about = {
      officer,
      consultationId: consultation.id,
      commentId: id,
      seen: dispositionId,
      disposition,
    };
    await disposeOfComment(db, about, clock());
  }
  const checked = openChannels(consultation.announcement);
  await checkChannels(db, { officer, consultationId: consultation.id, checked }, clock());
  const answer = async () => {
    await sign(db, approver, consultation, deps.sentences.notice, clock());
    await publishNotice(db, { officer, consultationId: consultation.id }, clock());
  };
  return { ...it, answer };
}

t.test('the draft prints with a row for each clause and room beside it', async (t) => {
  const { page, printed, at, file } = await opened(t);
  const sheet = await page('/draft');
  const rows = sheet.document.querySelectorAll('.paper-table tbody tr:not(.heading)');
  t.match(rows.map((row) => row.querySelector('th')?.text).join(), /第一条,第二条,第三条/);
  for (const row of rows) t.equal(row.querySelectorAll('td').at(-1)?.text.trim(), '', 'room for notes');
  t.match(sheet.text, /第一章\s总则/);
  const open = (await page('')).document.toString();
  for (const paper of ['draft', 'draft.pdf', 'draft.docx', 'form', 'form.pdf', 'form.docx'])
    t.match(open, `href="${at}/${paper}"`);
  const parts = ['供水管理办法', '批注', '第一章', '第一条', '第二条', '第三条'];
  t.ok(inOrder(await printed('/draft.pdf'), parts));
  const word = await readFile(await file('/draft.docx'), 'a.docx');
  t.ok('text' in word && inOrder(word.text, ['第一条', '第二条', '第三条']));
});

t.test('the blank form names everything that is asked, and what is not asked it does not', async (t) => {
  const { page, printed, db, officer, clock, app, consultation } = await opened(t);
  const asked = ['姓名或者单位名称', '公开方式', '□整个草案', '□第三条', '意见一', '意见二'];
  const where = [
    '2026年4月10日下午6时',
    '沁水路18号',
    '999900',
    'shuiwu@qingyuan.example.cn',
    '0999-5550101',
  ];
  const packed = (text: string) => text.replace(/\s/g, '');
  const [sheet, pdf] = [packed((await page('/form')).text), await printed('/form.pdf')];
  for (const words of [...asked, ...where, consultation.number]) {
    t.ok(sheet.includes(words), `sheet: ${words}`);
    t.ok(pdf.includes(words), `PDF: ${words}`);
  }
  const asks = { name: 'no', phone: 'no', email: 'required' } as const;
  const other = await publish(db, officer, clock(), undefined, { asks });
  const { text } = await visit(app).get(`/consultations/${other.number}/form`);
  t.match(text, /电子邮箱（必填）/);
  t.notMatch(text, /姓名或者单位名称|电话（/);
});

t.test('a closed consultation no longer offers its form', async (t) => {
  const { page, clock, consultation } = await opened(t);
  clock.set(consultation.closesAt);
  t.notMatch((await page('')).document.toString(), /\/form"/);
});

t.test('every paper prints a fingerprint that anybody can compare and compute', async (t) => {
  const { page, printed, consultation, file, answer } = await answered(t);
  await answer();
  const { document } = await page('/fingerprints');
  const papers = document.querySelectorAll('.facts > div');
  t.equal(papers.length, 5, 'announcement, draft, form, summary, notice');
  for (const paper of papers) {
    const [short = '', whole = ''] = paper.querySelectorAll('code').map(({ text }) => text);
    const textTo = paper.querySelector('a')?.getAttribute('href') ?? '';
    const text = await file(textTo.slice(`/consultations/${consultation.number}`.length));
    t.equal(createHash('sha256').update(text).digest('hex'), whole, textTo);
    t.ok(whole.startsWith(short.replaceAll(' ', '')), 'the short form begins the whole one');
    const key = /([a-z]+)(-\d)?\.json$/.exec(textTo)?.[1] ?? '';
    t.ok((await printed(`/${key}.pdf`)).includes(`文件指纹${short.replaceAll(' ', '')}`), `${key}.pdf`);
    if (key === 'summary') continue;
    const sheet = await page(`/${key}`);
    t.match(sheet.text, `文件指纹 ${short}`, `the sheet of ${key}`);
    t.match(sheet.document.toString(), `/marks/${whole}.css`);
  }
});

t.test(
  'the style of a sheet prints number, fingerprint and address in its margin, and nothing else',
  async (t) => {
    const { app, at, consultation } = await opened(t);
    const style = await app.inject(`${at}/marks/${'a1'.repeat(32)}.css`);
    t.equal(style.headers['content-type'], 'text/css; charset=utf-8');
    t.match(style.body, `征求意见编号 ${consultation.number}　文件指纹 a1a1 a1a1`);
    t.match(style.body, `/consultations/${consultation.number}/fingerprints`);
    for (const wrong of [
      `${at}/marks/${'g'.repeat(64)}.css`,
      `${at}/marks/a1.css`,
      '/consultations/x%22/qr.svg',
    ])
      t.equal((await app.inject(wrong)).statusCode, 404, wrong);
    t.match((await app.inject(`${at}/qr.svg`)).body, /^<svg/);
  },
);

t.test('a comparison prints its fingerprint too', async (t) => {
  const { page, db, officer, clock, consultation, file } = await opened(t);
  await publishNext(db, officer, consultation, nextPaste(), clock());
  const text = await file('/fingerprints/changes-2.json');
  const whole = createHash('sha256').update(text).digest('hex');
  const sheet = await page('/versions/2/changes/sheet');
  t.match(sheet.document.toString(), `/marks/${whole}.css`);
  t.match((await page('/fingerprints')).text, whole);
  t.match(JSON.parse(text.toString()), { format: 'jianyan-comparison-1', consultation: consultation.number });
});

t.test('the summary table is public with the notice, masked as it is; the desk has it before', async (t) => {
  const { app, at, consultation, printed, answer, signIn, file } = await answered(t);
  for (const format of ['pdf', 'docx'])
    t.equal((await app.inject(`${at}/summary.${format}`)).statusCode, 404, 'nothing before the notice');
  const desk = await signIn('approver');
  const own = await desk.get(`/desk/consultations/${consultation.id}/exports/summary.pdf`);
  t.equal(own.status, 200);
  await answer();
  const text = await printed('/summary.pdf');
  for (const said of [
    '意见采纳情况汇总表',
    '建议写明水质。',
    '朱**',
    '未采纳',
    '另有规定。',
    '收到3件、3条',
    '应当办理3条',
  ])
    t.ok(text.includes(said), said);
  t.notMatch(text, /朱明远|苏清|方行|我不愿公开/, 'no name and no text that was kept back');
  const word = await readFile(await file('/summary.docx'), 'a.docx');
  t.ok('text' in word && inOrder(word.text, ['汇总表', '序号', '渠道', '建议写明水质。', '朱**']));
});

t.test('a corrected notice keeps its sheet and files beside those of the correction', async (t) => {
  const { app, at, db, officer, clock, consultation, printed, page, answer } = await answered(t);
  await answer();
  clock.set('2026-04-20T09:00:00+08:00');
  await beginCorrection(
    db,
    { officer, consultationId: consultation.id, what: '一条意见登记有误。' },
    clock(),
  );
  await answer();
  const [first, second] = [await printed('/notices/1/sheet.pdf'), await printed('/notices/2/sheet.pdf')];
  t.notMatch(first, /登记有误/);
  t.match(second, /登记有误/);
  t.equal(second, await printed('/notice.pdf'), 'the newest is that of the consultation');
  t.match((await page('/notices/1/sheet')).text, /意见和建议3件、3条/);
  t.match((await page('/notices/1')).document.toString(), `href="${at}/notices/1/sheet.docx"`);
  for (const path of ['notices/3/sheet', 'notices/3/sheet.pdf', 'notices/x/sheet.docx', 'notices/0/sheet'])
    t.equal((await app.inject(`${at}/${path}`)).statusCode, 404, path);
});

t.test('with seals the desk’s sheet has the names of a row side by side', async (t) => {
  const { consultation, signIn } = await answered(t);
  const desk = await signIn('caseworker');
  const sheet = await desk.get(`/desk/consultations/${consultation.id}/notice/sheet?seal=1`);
  t.equal(sheet.document.querySelectorAll('.sign.sealed.in-row-1 .names p').length, 1);
  const signatures = ['清源县水务局', '清源县生态环境局'];
  const announcement = { ...consultation.announcement, agencyName: signatures.join('、') };
  t.same(announcementLetter(announcement).signatures, signatures);
});
