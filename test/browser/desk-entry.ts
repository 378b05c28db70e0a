import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

/** Looks at the pages on which what came otherwise is entered, for the consultation at `at`. */
export async function lookAtEntry(t: Test, page: Page, at: string): Promise<void> {
  await page.goto(`${at}/entry`);
  await look(t, page, 'desk-entry');
  await page.fill('#receivedOn', '明天');
  await page.fill('#clause-0', '电梯');
  await page.click('text=保存并录入下一件');
  await look(t, page, 'desk-entry-errors');
  await page.goto(`${at}/entry`);
  await page.check('input[name=channel][value=phone]');
  await page.fill('#text-0', '建议明确费用分摊的比例。');
  await page.click('text=这件里再加一条意见');
  await look(t, page, 'desk-entry-more');
  await page.click('text=保存并录入下一件');
  await look(t, page, 'desk-entry-next');
}

/** Looks at what becomes of a table of many comments: brought, tried, being entered, entered, refused. */
export async function lookAtSheets(t: Test, site: BrowsedSite, page: Page, at: string): Promise<void> {
  const upload = async (name: string, text: string) => {
    await page.goto(`${at}/entry/sheet`);
    await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.click('text=上传并检查');
  };
  // A page that looks again by itself would go on while it is looked at.
  const still = () => page.goto(new URL('?still=1', page.url()).href);
  const again = async () => {
    await site.workOnSheets();
    await page.goto(page.url());
  };
  await page.goto(`${at}/entry/sheet`);
  await look(t, page, 'desk-sheets');
  await page.click('text=上传并检查');
  await look(t, page, 'desk-sheets-errors');
  const rows = [
    '电话,2026-02-27,第三条,建议一',
    '飞鸽,2026-02-27,第九十条,建议二',
    '信函,2026-02-27,,建议三',
  ];
  await upload('来件.csv', ['渠道,收到日期,条款,意见', ...rows].join('\n'));
  await still();
  await look(t, page, 'desk-sheet-waiting');
  await again();
  await look(t, page, 'desk-sheet-tried');
  await page.click('text=录入这2件');
  await still();
  await look(t, page, 'desk-sheet-storing');
  await again();
  await look(t, page, 'desk-sheet-stored');
  await upload('坏的.csv', '渠道,"意见');
  await again();
  await look(t, page, 'desk-sheet-failed');
  await page.goto(`${at}/entry/sheet`);
  await look(t, page, 'desk-sheets-list');
}
