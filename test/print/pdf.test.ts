import t, { type Test } from 'tap';
import { createPrinters } from '../../src/print/off-thread.ts';
import { writePdf } from '../../src/print/pdf.ts';
import { longParagraph, sampleDocument, sampleTable } from './documents.ts';
import { type ReadLine, type ReadPaper, readPdf } from './reading.ts';

// GB/T 9704-2012: A4, margins 37 mm above, 28 mm left, text block 156 x 225 mm of 22 lines with 28 characters.
const block = { left: 28, right: 184, top: 37, bottom: 262 };
const pitch = 225 / 22;
const advance = 156 / 28;

t.test('a full page has 22 lines, a full line 28 characters, 16 points high', async (t) => {
  const paper = await readPdf(await writePdf(sampleDocument({ paragraphs: [longParagraph] })));
  staysInside(t, paper);
  const full = bodyOf(paper.pages[1]);
  t.equal(full.length, 22);
  for (const [index, line] of full.slice(1).entries())
    near(
      t,
      line.baseline - (full[index]?.baseline ?? 0),
      pitch,
      0.05,
      `line ${index + 2} below the one before`,
    );
  for (const { text, left, right, size } of full) {
    t.equal([...text].length, 28, text);
    t.equal(size, 16);
    near(t, left, block.left, 0.1, 'begins at the edge');
    near(t, right, block.right, 0.3, 'ends at the edge');
  }
});

t.test('the title has 22 points, is broken by sense and stands in the middle', async (t) => {
  const paper = await readPdf(await writePdf(sampleDocument()));
  const title = paper.pages[0]?.filter(({ size }) => size === 22) ?? [];
  t.same(
    title.map(({ text }) => text),
    ['关于《清源县河道保洁办法（征求意见稿）》', '公开征求意见情况的反馈'],
  );
  for (const { left, right } of title)
    near(t, (left + right) / 2, (block.left + block.right) / 2, 0.3, 'centred');
});

t.test(
  'without a seal the name ends two characters from the right, the date begins two after it',
  async (t) => {
    const [name, date] = signatureOf(await readPdf(await writePdf(sampleDocument())));
    near(t, block.right - (name?.right ?? 0), 2 * advance, 0.3, 'the name');
    near(t, (date?.left ?? 0) - (name?.left ?? 0), 2 * advance, 0.1, 'the date');
    near(t, (date?.baseline ?? 0) - (name?.baseline ?? 0), pitch, 0.05, 'on the next line');
  },
);

t.test('a date longer than the name ends two characters from the right', async (t) => {
  const document = sampleDocument({ signatures: ['县水务局'], date: '2026年11月21日' });
  const [name, date] = signatureOf(await readPdf(await writePdf(document)));
  near(t, block.right - (date?.right ?? 0), 2 * advance, 0.3, 'the date');
  near(t, (date?.left ?? 0) - (name?.left ?? 0), 2 * advance, 0.1, 'the name');
});

t.test(
  'where a seal will be set the date ends four characters from the right, the name centred above',
  async (t) => {
    const [name, date] = signatureOf(await readPdf(await writePdf(sampleDocument({ sealed: true }))));
    near(t, block.right - (date?.right ?? 0), 4 * advance, 0.3, 'the date');
    const middle = (line?: ReadLine) => ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
    near(t, middle(name), middle(date), 0.3, 'the name');
  },
);

t.test('several agencies sign one below the other, the date under the last', async (t) => {
  const signatures = ['清源县水务局', '清源县生态环境局', '清源县农业农村局'];
  const lines = signatureOf(await readPdf(await writePdf(sampleDocument({ signatures }))), 4);
  t.same(
    lines.map(({ text }) => text),
    [...signatures, '2026年3月1日'],
  );
});

t.test('a signature never stands alone: two lines of text go overleaf with it', async (t) => {
  for (const lines of [16, 17, 18, 19, 20, 21, 22, 38, 39, 40, 41, 42, 43, 44]) {
    const paragraphs = Array.from({ length: lines }, (_, index) => `第${index + 1}段。`);
    const paper = await readPdf(await writePdf(sampleDocument({ paragraphs, title: '反馈' })));
    const last = bodyOf(paper.pages.at(-1));
    t.ok(last.length >= 4, `${lines} paragraphs: ${last.length} lines on the last page`);
    t.ok(inOrder(paper.text, [...paragraphs, '清源县水务局河道管理处', '2026年3月1日']));
  }
});

t.test('page numbers stand at the outer side', async (t) => {
  const paper = await readPdf(await writePdf(sampleDocument({ paragraphs: [longParagraph] })));
  for (const [index, page] of paper.pages.entries()) {
    const number = page.find(({ text }) => text === `—${index + 1}—`);
    t.equal(number?.size, 14);
    if (index % 2 === 0)
      near(t, block.right - (number?.right ?? 0), advance, 0.3, 'odd: one character from the right');
    else near(t, (number?.left ?? 0) - block.left, advance, 0.3, 'even: one character from the left');
  }
});

t.test('the first page says which consultation it is of, where its page is, and what it says', async (t) => {
  const { origin } = sampleDocument();
  const { pages } = await readPdf(await writePdf(sampleDocument()));
  const said = pages[0]?.map(({ text }) => text).join('\n') ?? '';
  for (const each of origin.lines) t.ok(said.includes(each.replace(/\s/g, '')), each);
});

t.test('rare characters print, also in the title; what no face has is seen to be missing', async (t) => {
  const document = sampleDocument({
    title: '关于𠮷林村的反馈',
    paragraphs: ['㐂先生、䶮女士、𪚥先生、𠮷先生。'],
    addressee: '\u{10fffd}：',
  });
  const { text } = await readPdf(await writePdf(document));
  t.match(text, '㐂先生、䶮女士、𪚥先生、𠮷先生。');
  t.match(text, '关于𠮷林村的反馈');
  t.match(text, '〓：');
});

t.test(
  'a table of 0, 3, 60 or 400 rows: its head on each page, each row whole or long, none lost',
  async (t) => {
    for (const count of [0, 3, 60, 400]) {
      const table = count > 0 ? sampleTable(count) : null;
      const paper = await readPdf(await writePdf(sampleDocument({ table })));
      staysInside(t, paper);
      const annex = paper.pages.slice(1);
      t.equal(annex.length > 0, count > 0);
      for (const page of annex)
        t.ok(
          page.some(({ text }) => text.includes('意见内容')),
          'the head',
        );
      for (let row = 1; row <= count; row++)
        if (!paper.text.includes(`第${row}条的意见`)) t.fail(`row ${row} is lost`);
    }
  },
);

t.test('the thread prints one after the other, and goes on after a fault', async (t) => {
  const printers = createPrinters();
  t.teardown(() => printers.close());
  const broken = printers.pdf(null as never);
  const [one, two] = await Promise.all([
    broken.then(
      () => 'printed',
      () => 'refused',
    ),
    printers.pdf(sampleDocument()),
  ]);
  t.equal(one, 'refused');
  t.match((await readPdf(two)).text, '河道保洁关系每家每户。');
});

function bodyOf(page: readonly ReadLine[] = []): ReadLine[] {
  return page.filter(({ baseline }) => baseline < block.bottom);
}

function signatureOf(paper: ReadPaper, lines = 2): ReadLine[] {
  return bodyOf(paper.pages.at(-1)).slice(-lines);
}

function staysInside(t: Test, paper: ReadPaper): void {
  for (const [width, height] of paper.sizes)
    t.ok(Math.abs(width - 210) < 0.1 && Math.abs(height - 297) < 0.1, 'A4');
  const outside = paper.pages
    .flatMap(bodyOf)
    .filter(
      (line) => line.left < block.left - 0.1 || line.right > block.right + 0.3 || line.baseline < block.top,
    );
  t.same(outside, [], 'everything stands in the text block');
}

function near(t: Test, found: number, wanted: number, by: number, what: string): void {
  t.ok(Math.abs(found - wanted) <= by, `${what}: ${found.toFixed(2)} mm, wanted ${wanted.toFixed(2)}`);
}

function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    from = text.indexOf(part, from);
    return from >= 0;
  });
}
