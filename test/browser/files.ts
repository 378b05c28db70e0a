import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import type { OfficialDocument } from '../../src/domain/official-document.ts';
import { readFile } from '../../src/intake/read.ts';
import { writeDocx } from '../../src/print/docx/write.ts';
import { writePdf } from '../../src/print/pdf.ts';
import { root } from '../../src/root.ts';
import { blankForm, longParagraph, sampleDocument, sampleTable, wideTable } from '../print/documents.ts';
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

t.test('the Word files of form and table on its side come out as their PDF files do', async (t) => {
  for (const [name, document] of Object.entries({ form: blankForm(4), wide: wideTable(40) })) {
    const ours = await readPdf(await writePdf(document));
    const theirs = await byOffice(t, document, `word-${name}`);
    t.same(theirs.sizes[0]?.map(Math.round), ours.sizes[0]?.map(Math.round), 'the same paper');
    const words = (paper: ReadPaper) => new Set(paper.text.match(/意见\d+|第\d+条的意见/g));
    t.same(words(theirs), words(ours), `${name}: nothing is lost`);
    if (name === 'wide')
      for (const page of theirs.pages)
        t.ok(
          page.some(({ text }) => text.includes('意见内容')),
          'the head',
        );
    for (const page of name === 'form' ? theirs.pages : []) {
      const said = page.map(({ text }) => text);
      const count = (start: RegExp) => said.filter((text) => start.test(text)).length;
      t.equal(count(/^意见\d/), count(/^意见和理由/), 'a comment stands on one page');
    }
  }
});

t.test('names in their seals stand side by side as in the PDF', async (t) => {
  const signatures = ['清源县水务局', '县生态环境局', '县农业农村局'];
  const document = sampleDocument({ sealed: true, signatures });
  const [ours, theirs] = [await readPdf(await writePdf(document)), await byOffice(t, document, 'word-seals')];
  for (const name of signatures) {
    const middle = (paper: ReadPaper) => {
      const line = paper.pages[0]?.find(({ text }) => text === name);
      return ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
    };
    near(t, middle(theirs), middle(ours), 3, name);
  }
});

t.test('opening and saving the Word file loses no word', async (t) => {
  for (const [name, document] of Object.entries({
    form: blankForm(2),
    letter: sampleDocument({
      paragraphs: ['㐂先生、䶮女士、𠮷先生。', longParagraph],
      table: sampleTable(20),
    }),
    wide: wideTable(5),
  })) {
    const before = await writeDocx(document);
    const after = readFileSync(await converted(t, before, `round-${name}`, 'docx'));
    t.equal(await wordsOf(after), await wordsOf(before), name);
  }
});

async function wordsOf(docx: Uint8Array): Promise<string> {
  const read = await readFile(docx, 'a.docx');
  return 'text' in read ? read.text.replace(/\s/g, '') : read.refusal;
}

async function byOffice(t: Test, document: OfficialDocument, name: string): Promise<ReadPaper> {
  const bytes = readFileSync(await converted(t, await writeDocx(document), name, 'pdf'));
  writeFileSync(path.join(kept, `${name}.pdf`), bytes);
  return readPdf(bytes);
}

/** What LibreOffice makes of a Word file: where it is. */
async function converted(t: Test, docx: Uint8Array, name: string, to: 'pdf' | 'docx'): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-office-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const [file, out] = [path.join(folder, `${name}.docx`), path.join(folder, 'out')];
  writeFileSync(file, docx);
  const profile = `-env:UserInstallation=file://${path.join(os.tmpdir(), 'jianyan-office-profile')}`;
  execFileSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', out, file], {
    stdio: 'ignore',
  });
  return path.join(out, `${name}.${to}`);
}

function bodyOf(page: readonly ReadLine[] = []): ReadLine[] {
  return page.filter(({ baseline }) => baseline < block.bottom);
}

function near(t: Test, found: number, wanted: number, by: number, what: string): void {
  t.ok(Math.abs(found - wanted) <= by, `${what}: ${found.toFixed(2)}, wanted ${wanted.toFixed(2)}`);
}
