import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';

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
