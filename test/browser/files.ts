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
  const document = sampleDocument({ paragraphs: [longParagraph, '谢谢。'] });
  const paper = at(await byOffice(t, { 'word-long': document }), 0);
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
  const documents = [false, true].flatMap((sealed) =>
    [['清源县水务局河道管理处'], ['县水务局']].map((signatures) =>
      sampleDocument({ sealed, signatures, date: '2026年11月21日' }),
    ),
  );
  const papers = await byOffice(t, numbered('word-signed', documents));
  for (const [place, document] of documents.entries()) {
    const ours = await readPdf(await writePdf(document));
    const lines = (paper: ReadPaper) => bodyOf(paper.pages.at(-1)).slice(-2);
    for (const [index, line] of lines(at(papers, place)).entries()) {
      const other = lines(ours)[index];
      t.equal(line.text, other?.text);
      // Faces differ in the width of digits: what the standard measures from is the edge that is the same.
      const off = Math.min(
        Math.abs(line.left - (other?.left ?? 0)),
        Math.abs(line.right - (other?.right ?? 0)),
      );
      t.ok(off < advance / 2, `${line.text}, sealed: ${document.sealed}: off by ${off.toFixed(2)} mm`);
    }
  }
});

t.test(
  'the Word file’s table has its head on each page, loses no row, and never leaves a signature alone',
  async (t) => {
    const table = sampleTable(60);
    const long = [17, 18, 19, 20, 21, 22];
    const paragraphs = (lines: number) => Array.from({ length: lines }, (_, index) => `第${index + 1}段。`);
    const papers = await byOffice(t, {
      'word-table': sampleDocument({ table, annexes: ['附件：意见采纳情况表'] }),
      ...numbered(
        'word-overleaf',
        long.map((lines) => sampleDocument({ paragraphs: paragraphs(lines) })),
      ),
    });
    const paper = at(papers, 0);
    const annex = paper.pages.slice(1);
    t.ok(annex.length > 1);
    for (const page of annex) t.ok(page.some(({ text }) => text.includes('意见内容')));
    for (let row = 1; row <= 60; row++) t.ok(paper.text.includes(`第${row}条的意见`), `row ${row}`);
    for (const [index, lines] of long.entries()) {
      const last = bodyOf(at(papers, index + 1).pages.at(-1));
      t.ok(last.length >= 3, `${lines} paragraphs: ${last.length} lines on the last page`);
    }
  },
);

t.test('the Word files of form and table on its side come out as their PDF files do', async (t) => {
  const documents = { 'word-form': blankForm(4), 'word-wide': wideTable(40) };
  const papers = await byOffice(t, documents);
  for (const [place, [name, document]] of Object.entries(documents).entries()) {
    const ours = await readPdf(await writePdf(document));
    const theirs = at(papers, place);
    t.same(theirs.sizes[0]?.map(Math.round), ours.sizes[0]?.map(Math.round), 'the same paper');
    const words = (paper: ReadPaper) => new Set(paper.text.match(/意见\d+|第\d+条的意见/g));
    t.same(words(theirs), words(ours), `${name}: nothing is lost`);
    if (name === 'word-wide')
      for (const page of theirs.pages)
        t.ok(
          page.some(({ text }) => text.includes('意见内容')),
          'the head',
        );
    for (const page of name === 'word-form' ? theirs.pages : []) {
      const said = page.map(({ text }) => text);
      const count = (start: RegExp) => said.filter((text) => start.test(text)).length;
      t.equal(count(/^意见\d/), count(/^意见和理由/), 'a comment stands on one page');
    }
  }
});

t.test('names in their seals stand side by side as in the PDF', async (t) => {
  const signatures = ['清源县水务局', '县生态环境局', '县农业农村局'];
  const document = sampleDocument({ sealed: true, signatures });
  const ours = await readPdf(await writePdf(document));
  const theirs = at(await byOffice(t, { 'word-seals': document }), 0);
  for (const name of signatures) {
    const middle = (paper: ReadPaper) => {
      const line = paper.pages[0]?.find(({ text }) => text === name);
      return ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
    };
    near(t, middle(theirs), middle(ours), 3, name);
  }
});

t.test('opening and saving the Word file loses no word', async (t) => {
  const paragraphs = ['㐂先生、䶮女士、𠮷先生。', longParagraph];
  const documents = {
    'round-form': await writeDocx(blankForm(2)),
    'round-letter': await writeDocx(sampleDocument({ paragraphs, table: sampleTable(20) })),
    'round-wide': await writeDocx(wideTable(5)),
  };
  const after = await converted(t, documents, 'docx');
  for (const [place, [name, before]] of Object.entries(documents).entries())
    t.equal(await wordsOf(at(after, place)), await wordsOf(before), name);
});

async function wordsOf(docx: Uint8Array): Promise<string> {
  const read = await readFile(docx, 'a.docx');
  return 'text' in read ? read.text.replace(/\s/g, '') : read.refusal;
}

function numbered<T>(name: string, all: readonly T[]): Record<string, T> {
  return Object.fromEntries(all.map((each, index) => [`${name}-${index + 1}`, each]));
}

/** What LibreOffice prints of Word files, in their order; the papers are kept by their names. */
async function byOffice(
  t: Test,
  documents: Readonly<Record<string, OfficialDocument>>,
): Promise<readonly ReadPaper[]> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, document] of Object.entries(documents)) files[name] = await writeDocx(document);
  const printed = await converted(t, files, 'pdf');
  for (const [place, name] of Object.keys(documents).entries())
    writeFileSync(path.join(kept, `${name}.pdf`), printed[place] ?? '');
  return Promise.all(printed.map(readPdf));
}

/** What LibreOffice, started once, makes of Word files, in their order. */
async function converted(
  t: Test,
  files: Readonly<Record<string, Uint8Array>>,
  to: 'pdf' | 'docx',
): Promise<readonly Buffer[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-office-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const out = path.join(folder, 'out');
  const given = Object.entries(files).map(([name, docx]) => {
    const file = path.join(folder, `${name}.docx`);
    writeFileSync(file, docx);
    return file;
  });
  const profile = `-env:UserInstallation=file://${path.join(os.tmpdir(), 'jianyan-office-profile')}`;
  execFileSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', out, ...given], {
    stdio: 'ignore',
  });
  return Object.keys(files).map((name) => readFileSync(path.join(out, `${name}.${to}`)));
}

function at<T>(all: readonly T[], place: number): T {
  const found = all[place];
  if (found === undefined) throw new Error(`there is no file ${place}`);
  return found;
}

function bodyOf(page: readonly ReadLine[] = []): ReadLine[] {
  return page.filter(({ baseline }) => baseline < block.bottom);
}

function near(t: Test, found: number, wanted: number, by: number, what: string): void {
  t.ok(Math.abs(found - wanted) <= by, `${what}: ${found.toFixed(2)}, wanted ${wanted.toFixed(2)}`);
}
