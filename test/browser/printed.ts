import t, { type Test } from 'tap';
import { publishConsultation } from '../../src/actions/publish-consultation.ts';
import { saveAnnouncement } from '../../src/actions/save-announcement.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { isWorkingDay } from '../../src/workdays.ts';
import { consultationOf, publish } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { inOrder } from '../journeys/ways.ts';
import { storedReceipts } from '../submitted.ts';
import { openWindow } from './chromium.ts';
import { type Line, type Paper, print } from './paper.ts';
import { type BrowsedSite, browsedSite, sampleSite } from './site.ts';

// GB/T 9704-2012: A4, margins 37 mm above, 28 mm left, text block 156 x 225 mm of 22 lines with 28 characters.
const block = { left: 28, right: 184, top: 37, bottom: 262 };
const pitch = 225 / 22;
const advance = 156 / 28;

t.test('printed documents keep to GB/T 9704-2012', async (t) => {
  const site = await sampleSite(t);
  const printed = await printer(t, site);

  await t.test('the notice that nothing was received: one page, in order', async (t) => {
    const paper = await printed(await site.number('回收站点'), 'notice', 'notice-nothing-received');
    t.equal(paper.pages.length, 1);
    staysInside(t, paper);
    const order = [
      '关于《',
      '征求意见情况的反馈',
      '县住建局于2026年',
      '向社会公开征求意见',
      '截止2026年',
      '未收到',
    ];
    t.ok(
      inOrder(paper.text, [...order, '感谢社会各界', '清源县住房和城乡建设局', '2026年1月26日']),
      paper.text,
    );
    t.same(paper.sizesOf('情况的反馈'), [22], 'the title has 22 points');
    t.same(paper.sizesOf('感谢社会各界'), [16], 'the body has 16 points');
    signsWithoutSeal(t, paper);
  });

  await t.test(
    'the notice with comments: the head of its table on every page, the signature with its text',
    async (t) => {
      const paper = await printed(await site.number('集中供水'), 'notice', 'notice-with-table');
      staysInside(t, paper);
      const [letter = [], ...tablePages] = paper.pages;
      const signature = letter.findIndex((line) => line.text.includes('清源县人民政府办公室'));
      t.ok(signature > 4, 'body stands above the signature on its page');
      t.ok(tablePages.length > 1, 'the table is longer than a page');
      for (const [index, page] of tablePages.entries())
        for (const head of ['条款', '意见内容', '提出者', '理由'])
          t.ok(
            page.slice(0, 8).some((line) => line.text.includes(head)),
            `page ${index + 2} begins with the head: ${head}`,
          );
      t.ok(
        inOrder(paper.text, ['10件、14条', '采纳5条', '附件：意见采纳情况表', '人民政府办公室', '附件']),
        paper.text,
      );
    },
  );

  await t.test('the announcement', async (t) => {
    const paper = await printed(await site.number('电动自行车'), 'announcement', 'announcement');
    staysInside(t, paper);
    t.same(paper.sizesOf('公开征求《清源县'), [22]);
    t.same(paper.sizesOf('起草过程中'), [16]);
    t.ok(
      inOrder(paper.text, [
        '各有关单位、广大居民群众：',
        '为规范',
        '电子邮箱：',
        '联系人：',
        '清源县住房和城乡建设局',
      ]),
      paper.text,
    );
    signsWithoutSeal(t, paper);
  });

  await t.test(
    'draft with room for notes, and blank form: A4, head on each page, nothing outside',
    async (t) => {
      const number = await site.number('电动自行车');
      const draft = await printed(number, 'draft', 'draft-for-notes');
      staysInside(t, draft);
      for (const page of draft.pages) t.ok(page.some(({ text }) => text.includes('批注')));
      t.ok(inOrder(draft.text, ['第一条', '第二条', '第三条', '第三十条']), draft.text);
      const form = await printed(number, 'form', 'blank-form');
      staysInside(t, form);
      for (const words of ['怎样送交', '截止时间', '提出者', '公开方式', '□整个草案', '意见一'])
        t.ok(form.text.includes(words), words);
      const page = form.pages.find((lines) => lines.some(({ text }) => text === '意见二')) ?? [];
      const said = page.map(({ text }) => text);
      t.ok(said.includes('意见和理由') && said.includes('建议的写法'), 'a comment stands on one page');
      for (const paper of [draft, form]) isMarked(t, paper, number);
    },
  );

  await t.test(
    'announcement, notice and comparison are marked, each page numbered at its outer side',
    async (t) => {
      for (const [word, what] of [
        ['集中供水', 'notice'],
        ['集中供水', 'notices/1/sheet'],
        ['电动自行车', 'announcement'],
        ['电梯', 'versions/2/changes/sheet'],
      ] as const) {
        const number = await site.number(word);
        isMarked(t, await printed(number, what, `marked-${what.replaceAll('/', '-')}`), number);
      }
    },
  );

  await t.test('a long announcement: 22 lines a page, 28 characters a line', async (t) => {
    const number = await publishLong(site);
    const paper = await printed(number, 'announcement', 'announcement-long');
    staysInside(t, paper);
    const full = paper.pages[1] ?? [];
    t.equal(full.length, 22, 'a full page has 22 lines');
    for (const [index, line] of full.slice(1).entries()) {
      const step = line.top - (full[index]?.top ?? 0);
      t.ok(Math.abs(step - pitch) < 0.4, `line ${index + 2} is ${step.toFixed(2)} mm below the one before`);
    }
    const whole = full.filter((line) => line.left < block.left + 1 && line.right > block.right - 1);
    t.ok(whole.length > 15);
    for (const line of whole) t.equal([...line.text].length, 28, line.text);
  });
});

t.test('a receipt for a comment or two is one sheet, with its QR code', async (t) => {
  const site = await browsedSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no caseworker');
  const consultation = await publish(site.db, caseworker, site.clock());
  const { late } = await storedReceipts(site.db, consultation, caseworker, site.clock());
  const page = await (await openWindow(t)).newPage();
  await page.goto(`${site.url}/receipts/${late}`);
  const paper = await print(page, 'receipt');
  t.equal(paper.pages.length, 1);
  t.same(paper.margins[0]?.map(({ text }) => text).at(-1), '1/1', 'numbered');
  t.match(paper.text, `编号${consultation.number}`);
  t.ok(
    inOrder(paper.text, ['意见已收到', `/receipts/${late}`, '接下来', '第四条', '盐值', '哈希值']),
    paper.text,
  );
  await page.emulateMedia({ media: 'print' });
  const width = "document.querySelector('.qr').getBoundingClientRect().width";
  const printed = await page.evaluate<number>(width);
  t.ok(printed > 110, `the QR code is ${printed} px wide: 30 mm or more`);
  t.match(paper.text, /信函.*逾期/);
  t.notMatch(paper.text, /撤回这份意见|下载|复制网址/, 'nothing that only works on a screen');
});

/** Number, fingerprint and address on the first page, and a number on each. */
function isMarked(t: Test, { margins }: Paper, number: string): void {
  const first = margins[0]?.map(({ text }) => text) ?? [];
  t.ok(
    first.some((text) => text.startsWith(`征求意见编号${number}文件指纹`)),
    first.join(),
  );
  t.ok(first.some((text) => text.endsWith(`/consultations/${number}/fingerprints`)));
  for (const [index, lines] of margins.entries()) {
    const nr = lines.find(({ text }) => text === `—${index + 1}—`);
    const off = index % 2 === 0 ? block.right - (nr?.right ?? 0) : (nr?.left ?? 0) - block.left;
    t.ok(Math.abs(off - advance) < 1, `page ${index + 1}: its number is ${off.toFixed(1)} mm from the edge`);
  }
}

async function printer(t: Test, site: BrowsedSite) {
  const page = await (await openWindow(t)).newPage();
  return async (number: string, what: string, name: string): Promise<Paper> => {
    await page.goto(`${site.url}/consultations/${number}/${what}`);
    return print(page, name);
  };
}

function staysInside(t: Test, paper: Paper): void {
  const [width, height] = paper.size;
  t.ok(Math.abs(width - 210) < 0.5 && Math.abs(height - 297) < 0.5, `A4: ${width} x ${height} mm`);
  const outside = paper.pages.flat().filter((line) => !isInside(line));
  t.same(outside, [], 'everything stands in the text block of 156 x 225 mm');
}

// Half a millimetre for rounding; a font's box is higher than its line.
function isInside(line: Line): boolean {
  const middle = (line.top + line.bottom) / 2;
  const across = line.left > block.left - 0.5 && line.right < block.right + 0.5;
  return across && middle > block.top - 0.5 && middle < block.bottom + 0.5;
}

/** Name two characters from the right; the date on the next line, two characters after the name's first. */
function signsWithoutSeal(t: Test, paper: Paper): void {
  const [name, date] = (paper.pages.at(-1) ?? []).slice(-2);
  if (!name || !date) throw new Error('no signature');
  t.ok(
    Math.abs(block.right - 2 * advance - name.right) < 0.8,
    `the name ends at ${name.right.toFixed(1)} mm`,
  );
  t.ok(Math.abs(date.left - name.left - 2 * advance) < 0.8, `the date begins at ${date.left.toFixed(1)} mm`);
  t.ok(Math.abs(date.top - name.top - pitch) < 0.4, 'on the next line');
}

const sentence = '各有关单位和个人可以通过信函电话邮件等方式提出意见和建议我们将逐条研究认真采纳';

async function publishLong(site: BrowsedSite): Promise<string> {
  const { caseworker: officer } = site.officers;
  if (!officer) throw new Error('no caseworker');
  const now = site.clock();
  const id = await startConsultation(site.db, { officer, kind: 'other', source: paste() }, now);
  const fresh = await consultationOf(site.db, officer, id);
  const { revision, announcement } = fresh;
  const text = `各位群众：\n${sentence.repeat(40)}。`;
  const input = { ...fresh, officer, opensAt: now, announcement: { ...announcement, text } };
  await saveAnnouncement(site.db, input, now);
  const published = await publishConsultation(
    site.db,
    { officer, id, revision: revision + 1 },
    isWorkingDay,
    now,
  );
  if ('issues' in published) throw new Error(JSON.stringify(published.issues));
  return published.number;
}
