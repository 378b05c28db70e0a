import { execFileSync } from 'node:child_process';
import path from 'node:path';
import t from 'tap';
import { root } from '../../src/root.ts';
import { inOrder } from '../journeys/ways.ts';
import { openWindow } from './chromium.ts';
import { type Paper, print } from './paper.ts';
import { sampleSite, signIn } from './site.ts';

const perInch = 72;

t.test('tables on paper: no head stands alone, and no page leaves a row open', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t)).newPage();
  const number = await site.number('集中供水');

  await page.goto(`${site.url}/consultations/${number}`);
  const whole = await print(page, 'page-with-table');
  const begins = linesOf(whole).find((lines) => lines.includes('意见采纳情况表'));
  t.ok(
    begins?.some((line) => line.startsWith('1整体意见')),
    `caption, head and first row stand on one page: ${begins?.slice(-6)}`,
  );

  await page.goto(`${site.url}/consultations/${number}/notice`);
  const notice = await print(page, 'notice-with-rows-overleaf');
  t.ok(notice.pages.length > 3, 'rows go on overleaf');
  for (const [index, lines] of notice.pages.entries()) {
    if (index === 0) continue;
    const last = Math.max(...lines.map(({ bottom }) => bottom));
    const rules = rulesOn('notice-with-rows-overleaf', index + 1, notice.size);
    t.ok((rules.at(-1) ?? 0) > last - 1.5, `page ${index + 1}: a rule stands below its last line`);
  }
});

t.test('a signature with seals takes text along to its page', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t)).newPage();
  await signIn(site, page, 'lumingqian');
  const notice = `${await site.desk('集中供水')}/notice`;
  await page.goto(`${notice}/correction`);
  await page.fill('main textarea', '一条意见的渠道登记有误。');
  await page.click('.btn:text-is("开始更正")');
  await page.goto(`${notice}/sheet?seal=1`);
  const signed = linesOf(await print(page, 'notice-with-seal'));
  const last = signed.find((lines) => lines.includes('清源县人民政府办公室')) ?? [];
  t.ok(signed.indexOf(last) > 0, 'it stands overleaf');
  t.ok(
    inOrder(last.join(''), ['感谢社会各界', '附件：意见采纳情况表', '清源县人民政府办公室']),
    `the page of the signature: ${last}`,
  );
});

function linesOf(paper: Paper): string[][] {
  return paper.pages.map((lines) => lines.map(({ text }) => text));
}

/** How far from the upper edge lines stand that go over most of the text block, in millimetres. */
function rulesOn(name: string, page: number, [paperWidth]: Paper['size']): number[] {
  const file = path.join(root, 'out/print', `${name}.pdf`);
  const given = ['-gray', '-r', String(perInch), '-f', String(page), '-l', String(page), file];
  const picture = execFileSync('pdftoppm', given, { maxBuffer: 16 * 1024 * 1024 });
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 64));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const pixels = picture.subarray(head?.[0].length ?? 0);
  const rows = Array.from({ length: height }, (_, row) => pixels.subarray(row * width, (row + 1) * width));
  return rows.flatMap((row, index) => (isRule(row) ? [(index * paperWidth) / width] : []));
}

// Of 156 mm of text block in 210 mm of paper nearly all is inked.
function isRule(row: Uint8Array): boolean {
  return row.filter((pixel) => pixel < 200).length > row.length * 0.7;
}
