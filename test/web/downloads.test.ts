import t from 'tap';
import { readFile } from '../../src/intake/read.ts';
import { officialDocument } from '../../src/web/official.ts';
import { publish } from '../consultation.ts';
import { readPdf } from '../print/reading.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

t.test('anybody downloads the announcement as PDF and as Word file, and both say the same', async (t) => {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no caseworker');
  const { number, announcement } = await publish(site.db, caseworker, site.clock());
  const at = `/consultations/${number}`;
  const page = await visit(site.app).get(at);
  for (const format of ['pdf', 'docx'])
    t.match(page.document.toString(), `href="${at}/announcement.${format}"`);
  const pdf = await site.app.inject(`${at}/announcement.pdf`);
  t.equal(pdf.statusCode, 200);
  t.equal(pdf.headers['content-type'], 'application/pdf');
  t.equal(pdf.headers['content-disposition'], `attachment; filename="${number}-announcement.pdf"`);
  t.equal(pdf.headers['set-cookie'], undefined);
  const paper = await readPdf(pdf.rawPayload);
  const docx = await site.app.inject(`${at}/announcement.docx`);
  const read = await readFile(docx.rawPayload, 'a.docx');
  const word = 'text' in read ? read.text.replace(/\s/g, '') : read.refusal;
  for (const said of [announcement.title, announcement.agencyName, announcement.mailbox]) {
    t.ok(paper.text.includes(said.replace(/\s/g, '')), `PDF: ${said}`);
    t.ok(word.includes(said.replace(/\s/g, '')), `Word: ${said}`);
  }
  t.match(paper.text, `http://localhost:3000${at}`);
  const again = await site.app.inject(`${at}/announcement.pdf`);
  t.ok(again.rawPayload.equals(pdf.rawPayload), 'made once while nothing changes');
});

t.test(
  'there is no file of a notice that is not published, nor of a consultation that is not there',
  async (t) => {
    const site = await testSite(t);
    const { caseworker } = site.officers;
    if (!caseworker) throw new Error('no caseworker');
    const { number } = await publish(site.db, caseworker, site.clock());
    for (const address of [`${number}/notice.pdf`, `${number}/notice.docx`, '2026-9999/announcement.pdf'])
      t.equal((await site.app.inject(`/consultations/${address}`)).statusCode, 404, address);
  },
);

t.test('one sender cannot have files made without end', async (t) => {
  const site = await testSite(t, { limits: { documents: { max: 2, windowMs: 60_000 } } });
  const statuses = [];
  for (let time = 0; time < 3; time++)
    statuses.push((await site.app.inject('/consultations/2026-9999/notice.pdf')).statusCode);
  t.same(statuses, [404, 404, 429]);
});

t.test('alike comments are one row of the file, which says how many', async (t) => {
  const { deps } = await testSite(t);
  const row = { number: 1, clause: '第三条', text: '建议公示。', commenter: '一位市民', reason: '' };
  const letter = {
    ...{ heading: '反馈', number: '', addressee: '', paragraphs: ['收到2条。'], signatures: ['县水务局'] },
    ...{ date: '2026-03-01', longDate: false },
  };
  const rows = [
    { ...row, outcome: 'adopted', alike: 2, channels: { online: 2 } },
    { ...row, number: 2, outcome: null, alike: 1, channels: { online: 1 } },
  ] as const;
  const enclosed = { rows, rowsApart: 0, sealed: false, number: '2026-0001', address: '' };
  const { table, annexes } = officialDocument(letter, enclosed, deps.sentences);
  t.same(annexes, ['附件：意见采纳情况表']);
  const room = (name: string) => table?.columns.find((column) => column.name === name)?.share;
  t.equal(room('理由'), room('意见内容'), 'a reason has as much room as what it answers');
  t.same(table?.rows, [
    ['1', '第三条', '建议公示。\n（内容相同或者相近的2条合并列出）', '一位市民等', '采纳', ''],
    ['2', '第三条', '建议公示。', '一位市民', '', ''],
  ]);
});
