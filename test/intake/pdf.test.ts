import t, { type Test } from 'tap';
import { readPdf } from '../../src/intake/pdf.ts';
import { readFile } from '../../src/intake/read.ts';
import { lines, type Placed, tinyPdf } from './tiny-pdf.ts';

// 25 Han characters of 16 points fill the line from 90 to 490.
const full = '县乡两级河道由属地乡镇负责日常保洁并逐级落实到村到';
const half = '人，责任到段。';

const everybodys = () => [
  JSON.parse,
  JSON.stringify,
  Object.getOwnPropertyDescriptor(Array.prototype, 'push')?.value,
];

// First: pdf.js is loaded once in a process.
t.test('whoever read a PDF has the JSON and the arrays of before', async (t) => {
  const before = everybodys();
  await textOf(t, [[{ text: half, x: 90, y: 140 }]]);
  t.same(
    everybodys().map((own, index) => own === before[index]),
    [true, true, true],
  );
});

t.test('lines of one paragraph are joined, an indent begins the next', async (t) => {
  const page = [
    { text: '清源县河道保洁办法', x: 218, y: 90, size: 18 },
    { text: `第一条 ${full.slice(0, 19)}`, x: 122, y: 140 },
    { text: full, x: 90, y: 168 },
    { text: half, x: 90, y: 196 },
    { text: `第二条 ${full.slice(0, 18)}。`, x: 122, y: 224 },
    { text: '县财政安排经费。', x: 122, y: 252 },
    { text: '（一）打捞漂浮物；', x: 122, y: 280 },
    { text: '（二）清除岸边垃圾。', x: 122, y: 308 },
  ];
  t.same(await textOf(t, [page]), [
    '清源县河道保洁办法',
    `第一条 ${full.slice(0, 19)}${full}${half}`,
    `第二条 ${full.slice(0, 18)}。`,
    '县财政安排经费。',
    '（一）打捞漂浮物；',
    '（二）清除岸边垃圾。',
  ]);
});

t.test('a number that hangs out keeps the lines beside it together', async (t) => {
  const hanging = [
    { text: '1.', x: 90, y: 140 },
    { text: full.slice(0, 22), x: 138, y: 140 },
    { text: full.slice(0, 22), x: 138, y: 168 },
    { text: half, x: 138, y: 196 },
    { text: '2.', x: 90, y: 224 },
    { text: half, x: 138, y: 224 },
    ...lines([full, full, half], { y: 252 }),
  ];
  t.same(await textOf(t, [hanging]), [
    `1. ${full.slice(0, 22)}${full.slice(0, 22)}${half}`,
    `2. ${half}`,
    `${full}${full}${half}`,
  ]);
});

t.test(
  'full lines stay apart where a sentence ends and a label begins, and in a table of contents',
  async (t) => {
    const ended = `第一条 ${full.slice(0, 20)}。`;
    const next = `第二条 ${full.slice(0, 20)}。`;
    t.same(await textOf(t, [lines([ended, next, half])]), [ended, `${next}${half}`]);
    const contents = ['第一章 总则……………………………………………… 1', '第二章 职责……………………………………………… 3'];
    t.same(await textOf(t, [lines([...contents, full, half])]), [...contents, `${full}${half}`]);
  },
);

t.test('a title in two lines in the middle stays two lines when it was parted by hand', async (t) => {
  const page = [
    { text: '清源县河道保洁办法', x: 218, y: 90 },
    { text: '（征求意见稿）', x: 234, y: 118 },
    ...lines([full, half], { y: 160 }),
  ];
  t.same(await textOf(t, [page]), ['清源县河道保洁办法', '（征求意见稿）', `${full}${half}`]);
});

t.test('columns of a table stay in their line, a space between', async (t) => {
  const row = (y: number, ...cells: string[]): Placed[] =>
    cells.map((text, index) => ({ text, x: 90 + index * 150, y }));
  const page = [...row(140, '序号', '河道', full.slice(0, 6)), ...row(168, '1', '清河', '主任')];
  t.same(await textOf(t, [page]), [`序号 河道 ${full.slice(0, 6)}`, '1 清河 主任']);
});

t.test('running heads and page numbers are lines of their own behind the paragraph they cut', async (t) => {
  const page = (number: number, texts: string[]): Placed[] => [
    { text: '清源县人民政府办公室', x: 400, y: 50, size: 9 },
    ...lines(texts),
    { text: `— ${number} —`, x: 270, y: 800, size: 12 },
  ];
  const pages = [page(1, [full, full]), page(2, [half, full, full]), page(3, ['沿河村管到桥头。'])];
  const result = await readPdf(tinyPdf(pages));
  t.same(result, {
    kind: 'pdf',
    text: [
      '清源县人民政府办公室',
      `${full}${full}${half}`,
      '— 1 —',
      '清源县人民政府办公室',
      `${full}${full}沿河村管到桥头。`,
      '— 2 —',
      '清源县人民政府办公室',
      '— 3 —',
    ].join('\n'),
    notes: [{ key: 'pageFurniture', count: 6 }],
  });
});

t.test('a page that is shown turned is read as shown', async (t) => {
  const page = lines([half, '第二行。'], { y: 700, x: 40 });
  t.same(await textOf(t, [page], 180), [half, '第二行。']);
});

t.test('radicals that stand for characters become these', async (t) => {
  t.same(await textOf(t, [lines(['第⼀条 ⽤⽔单位负责⻅证。'])]), ['第一条 用水单位负责见证。']);
});

t.test('a PDF that cannot be read says why', async (t) => {
  const page = lines([full]);
  t.same(await readFile(tinyPdf([page], { password: true }), 'a.pdf'), { refusal: 'encrypted' });
  t.same(await readFile(tinyPdf([[], []], { picture: true }), 'a.pdf'), { refusal: 'scannedPdf' });
  t.same(await readFile(tinyPdf([[]]), 'a.pdf'), { refusal: 'empty' });
  t.same(await readFile(Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}`), 'a.pdf'), { refusal: 'corrupt' });
  t.same(await readFile(tinyPdf([page]).subarray(0, 300), 'a.pdf'), { refusal: 'corrupt' });
});

t.test('progress is told page by page', async (t) => {
  const heard: number[] = [];
  await readPdf(tinyPdf([lines([full]), lines([full]), lines([full]), lines([full])]), (percent) =>
    heard.push(percent),
  );
  t.same(heard, [25, 50, 75, 100]);
});

async function textOf(t: Test, pages: readonly (readonly Placed[])[], rotate = 0): Promise<string[]> {
  const result = await readPdf(tinyPdf(pages, { rotate }));
  if (!('text' in result)) return t.fail(`refused: ${result.refusal}`) ? [] : [];
  return result.text.split('\n');
}
