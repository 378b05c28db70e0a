import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import type { OfficialDocument } from '../../src/domain/official-document.ts';
import { writeDocx } from '../../src/print/docx/write.ts';
import { writePdf } from '../../src/print/pdf.ts';
import { root } from '../../src/root.ts';
import { longParagraph, sampleDocument, sampleTable } from '../print/documents.ts';
import { type ReadLine, type ReadPaper, readPdf } from '../print/reading.ts';

// As test/print/pdf.test.ts measures our PDF, this measures what LibreOffice makes of our Word file.
const block = { left: 28, right: 184, bottom: 262 };
const pitch = 225 / 22;
const advance = 156 / 28;
const kept = path.join(root, 'out/print');
mkdirSync(kept, { recursive: true });

t.test('the Word file has 22 lines a page and 28 characters a line, as the PDF has', async (t) => {
  const paper = await byOffice(t, sampleDocument({ paragraphs: [longParagraph, '谢谢。'] }), 'word-long');
  for (const [width, height] of paper.sizes) near(t, width + height, 210 + 297, 0.3, 'A4');
  const full = bodyOf(paper.pages[1]);
  t.equal(full.length, 22);
  for (const [index, line] of full.slice(1).entries())
    near(t, line.baseline - (full[index]?.baseline ?? 0), pitch, 0.05, `line ${index + 2}`);
  for (const { text, left, right, size } of full) {
    t.equal([...text].length, 28, text);
    near(t, size, 16, 0.1, 'points');
    near(t, left, block.left, 0.5, 'begins at the edge');
    near(t, right, block.right, 0.7, 'ends at the edge');
  }
});

t.test('the Word file signs where the PDF signs, with a seal and without', async (t) => {
  for (const sealed of [false, true])
    for (const signatures of [['清源县水务局河道管理处'], ['县水务局']]) {
      const document = sampleDocument({ sealed, signatures, date: '2026年11月21日' });
      const [ours, theirs] = [
        await readPdf(await writePdf(document)),
        await byOffice(t, document, 'word-signed'),
      ];
      const lines = (paper: ReadPaper) => bodyOf(paper.pages.at(-1)).slice(-2);
      for (const [index, line] of lines(theirs).entries()) {
        const other = lines(ours)[index];
        t.equal(line.text, other?.text);
        // Faces differ in the width of digits: what the standard measures from is the edge that is the same.
        const off = Math.min(
          Math.abs(line.left - (other?.left ?? 0)),
          Math.abs(line.right - (other?.right ?? 0)),
        );
        t.ok(off < advance / 2, `${line.text}, sealed: ${sealed}: off by ${off.toFixed(2)} mm`);
      }
    }
});

t.test(
  'the Word file’s table has its head on each page, loses no row, and never leaves a signature alone',
  async (t) => {
    const table = sampleTable(60);
    const paper = await byOffice(
      t,
      sampleDocument({ table, annexes: ['附件：意见采纳情况表'] }),
      'word-table',
    );
    const annex = paper.pages.slice(1);
    t.ok(annex.length > 1);
    for (const page of annex) t.ok(page.some(({ text }) => text.includes('意见内容')));
    for (let row = 1; row <= 60; row++) t.ok(paper.text.includes(`第${row}条的意见`), `row ${row}`);
    for (const lines of [17, 18, 19, 20, 21, 22]) {
      const paragraphs = Array.from({ length: lines }, (_, index) => `第${index + 1}段。`);
      const last = bodyOf((await byOffice(t, sampleDocument({ paragraphs }), 'word-overleaf')).pages.at(-1));
      t.ok(last.length >= 3, `${lines} paragraphs: ${last.length} lines on the last page`);
    }
  },
);

async function byOffice(t: Test, document: OfficialDocument, name: string): Promise<ReadPaper> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-office-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, `${name}.docx`);
  writeFileSync(file, await writeDocx(document));
  const profile = `-env:UserInstallation=file://${path.join(os.tmpdir(), 'jianyan-office-profile')}`;
  const given = [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file];
  execFileSync('soffice', given, { stdio: 'ignore' });
  const bytes = readFileSync(path.join(folder, `${name}.pdf`));
  writeFileSync(path.join(kept, `${name}.pdf`), bytes);
  return readPdf(bytes);
}

function bodyOf(page: readonly ReadLine[] = []): ReadLine[] {
  return page.filter(({ baseline }) => baseline < block.bottom);
}

function near(t: Test, found: number, wanted: number, by: number, what: string): void {
  t.ok(Math.abs(found - wanted) <= by, `${what}: ${found.toFixed(2)}, wanted ${wanted.toFixed(2)}`);
}
