import t, { type Test } from 'tap';
import type { OfficialDocument } from '../../src/domain/official-document.ts';
import { agenciesIn, sealRows } from '../../src/domain/signature.ts';
import { layOutTable } from '../../src/print/layout-table.ts';
import { upright as sheet } from '../../src/print/measures.ts';
import { writePdf } from '../../src/print/pdf.ts';
import { blankForm, sampleDocument, sampleTable, wideTable } from './documents.ts';
import { type ReadLine, type ReadPaper, readPdf } from './reading.ts';

const upright = { left: 28, right: 184, top: 37, bottom: 262 };
const onItsSide = { left: 36, right: 261, top: 26, bottom: 182 };
const pitch = 225 / 22;
const advance = 156 / 28;
const read = async (document: OfficialDocument) => readPdf(await writePdf(document));

t.test('agencies are told apart by the marks between them', async (t) => {
  t.same(agenciesIn('清源县水务局、清源县生态环境局；县财政局 '), [
    '清源县水务局',
    '清源县生态环境局',
    '县财政局',
  ]);
  t.same(agenciesIn('清源县水务局'), ['清源县水务局']);
  t.same(agenciesIn(''), []);
});

t.test(
  'seals stand side by side, three of short names, two of longer ones, one of the longest',
  async (t) => {
    const four = ['县水务局', '县财政局', '县司法局', '县卫健委'];
    t.same(sealRows(four), [four.slice(0, 3), four.slice(3)]);
    t.same(sealRows(['清源县生态环境局', '县财政局', '县司法局']), [
      ['清源县生态环境局', '县财政局'],
      ['县司法局'],
    ]);
    t.same(sealRows(['清源县住房和城乡建设局城市管理处', '县财政局']).length, 2);
  },
);

t.test('several agencies with seals: no seal of 42 mm touches another or leaves the block', async (t) => {
  for (const signatures of [
    ['清源县水务局', '县生态环境局', '县农业农村局'],
    ['清源县水务局', '清源县生态环境局', '清源县农业农村局', '清源县卫生健康局'],
    ['县水务局', '县财政局'],
  ]) {
    const lines = (await read(sampleDocument({ signatures, sealed: true }))).pages[0] ?? [];
    const names = signatures.map((name) => lineOf(lines, name));
    const date = lineOf(lines, '2026年3月1日');
    near(t, upright.right - date.right, 4 * advance, 0.3, 'the date ends four characters from the right');
    const last = names.at(-1);
    near(t, middle(last), middle(date), 0.3, 'the last name stands centred above it');
    near(t, date.baseline - (last?.baseline ?? 0), pitch, 0.05, 'on the line before');
    for (const [index, name] of names.entries()) {
      t.ok(middle(name) - 21 >= upright.left && middle(name) + 21 <= upright.right, `${name.text} inside`);
      for (const other of names.slice(index + 1)) {
        const apart = Math.hypot(middle(other) - middle(name), other.baseline - name.baseline);
        t.ok(apart > 42, `${name.text} and ${other.text}: ${apart.toFixed(1)} mm`);
      }
    }
  }
});

t.test('a signature of four agencies with seals never stands alone', async (t) => {
  const signatures = ['清源县水务局', '清源县生态环境局', '清源县农业农村局', '清源县卫生健康局'];
  for (const count of [8, 12, 14, 18, 20, 22]) {
    const paragraphs = Array.from({ length: count }, (_, index) => `第${index + 1}段。`);
    const { pages } = await read(sampleDocument({ paragraphs, signatures, sealed: true, title: '反馈' }));
    const last = pages.at(-1) ?? [];
    t.ok(
      last.some(({ text }) => text.endsWith('段。')),
      `${count}: text stands with it`,
    );
    for (const name of signatures)
      t.ok(
        last.some(({ text }) => text.includes(name)),
        `${count}: ${name}`,
      );
  }
});

t.test('a table below the text begins on its page, has its head on each, and loses no row', async (t) => {
  const table = { ...sampleTable(60), place: 'below', large: true, leastLines: 3 } as const;
  const paper = await read(sampleDocument({ signatures: [], date: '', table }));
  staysInside(t, paper, upright, [210, 297]);
  t.ok(paper.pages[0]?.some(({ text }) => text.includes('第1条的意见')));
  for (const page of paper.pages) t.ok(page.some(({ text }) => text.includes('意见内容')));
  for (let row = 1; row <= 60; row++) t.ok(paper.text.includes(`第${row}条的意见`), `row ${row}`);
  const first = (paper.pages[0] ?? []).find(({ text }) => text.includes('第1条的意见'));
  near(t, first?.size ?? 0, 12, 0.01, 'its letters');
});

t.test('a table on its side: A4 on its side, head on each page, 0, 3, 60 rows', async (t) => {
  for (const count of [0, 3, 60]) {
    const wide = wideTable(count);
    const paper = await read(count > 0 ? wide : { ...wide, table: null });
    staysInside(t, paper, onItsSide, [297, 210]);
    if (count > 0) for (const page of paper.pages) t.ok(page.some(({ text }) => text.includes('意见内容')));
    for (let row = 1; row <= count; row++) t.ok(paper.text.includes(`第${row}条的意见`), `row ${row}`);
    for (const [index, page] of paper.pages.entries())
      t.equal(page.find(({ text }) => text === `—${index + 1}—`)?.size, 14, 'the page number');
  }
});

t.test('a form keeps together what stands below a heading', async (t) => {
  const { pages } = await read(blankForm(7));
  t.ok(pages.length > 2);
  for (const page of pages) {
    const words = page
      .filter(({ text }) => /^(意见\d|条款|意见和理由)$|^条款/.test(text))
      .map(({ text }) => text);
    const headings = words.filter((text) => /^意见\d$/.test(text)).length;
    t.equal(words.filter((text) => text.startsWith('意见和理由')).length, headings, words.join());
  }
});

t.test('rare characters print in every cell, heading and mark', async (t) => {
  const rare = '㐂䶮𠮷𪚥';
  const form = blankForm(1);
  const table = form.table && { ...form.table, rows: [[rare], [rare, `先生${rare}`]] };
  const origin = { address: 'https://x.cn', lines: [rare] };
  const { text } = await read({
    ...form,
    title: `${rare}表`,
    table,
    origin,
    signatures: [rare],
    sealed: true,
  });
  t.equal(text.split(rare).length - 1, 6, text);
});

t.test('5,000 rows: none lost or outside, the head on each page', async (t) => {
  const pages = layOutTable(sampleTable(5_000), () => 1, sheet, []);
  const said = pages.map(({ lines }) => lines.map(({ text }) => text).join(''));
  const rows = new Set(said.flatMap((text) => [...text.matchAll(/第(\d+)条的意/g)].map(([, row]) => row)));
  t.equal(rows.size, 5_000);
  t.same(
    said.filter((text) => !text.includes('采纳情况')),
    [],
    'each page has the head',
  );
  const below = pages
    .flatMap(({ lines }) => lines)
    .filter(({ y, height }) => y + height > sheet.block.height);
  t.same(below, []);
});

function lineOf(lines: readonly ReadLine[], text: string): ReadLine {
  const found = lines.find((line) => line.text === text);
  if (!found) throw new Error(`no ${text} among ${lines.map((line) => line.text).join()}`);
  return found;
}

function middle(line?: ReadLine): number {
  return ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
}

type Block = typeof upright;

function staysInside(t: Test, paper: ReadPaper, block: Block, [wide, high]: readonly [number, number]): void {
  for (const [width, height] of paper.sizes)
    t.ok(Math.abs(width - wide) < 0.1 && Math.abs(height - high) < 0.1, `${width} x ${height}`);
  const outside = paper.pages
    .flatMap((page) => page.filter(({ baseline }) => baseline < block.bottom))
    .filter(
      (line) => line.left < block.left - 0.1 || line.right > block.right + 0.3 || line.baseline < block.top,
    );
  t.same(outside, [], 'everything stands in the text block');
}

function near(t: Test, found: number, wanted: number, by: number, what: string): void {
  t.ok(Math.abs(found - wanted) <= by, `${what}: ${found.toFixed(2)} mm, wanted ${wanted.toFixed(2)}`);
}
