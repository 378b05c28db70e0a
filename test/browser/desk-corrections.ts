import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';

/**
 * Looks at what the second of two officers is told who tick channels (`closed`), begin a correction and give it up
 * (`answered`), in two windows of one officer.
 */
export async function lookAtCorrections(
  t: Test,
  page: Page,
  { closed, answered }: { readonly closed: string; readonly answered: string },
): Promise<void> {
  const other = await page.context().newPage();
  await both(page, other, `${closed}/channels`);
  await other.click('main input[name=checked] >> nth=0');
  await other.click('main form button[type=submit]');
  await page.click('main form button[type=submit]');
  await look(t, page, 'desk-closed-channels-stale');

  await both(page, other, `${answered}/notice/correction`);
  await other.fill('#what', '第三条有一条意见的采纳情况登记有误，现改为采纳。');
  await other.click('main button:text("开始更正")');
  await page.fill('#what', '更正第五条的答复。');
  await page.click('main button:text("开始更正")');
  await look(t, page, 'desk-correction-stale');
  await page.goto(`${answered}/notice`);
  await look(t, page, 'desk-correction-notice');
  await both(page, other, `${answered}/notice/correction/abandon`);
  await look(t, page, 'desk-correction-abandon');
  await other.click('main button:text("放弃更正")');
  await page.click('main button:text("放弃更正")');
  await look(t, page, 'desk-correction-abandon-stale');
  await page.goto(`${answered}/notice?done=correctionAbandoned`);
  t.match(await page.innerText('main'), /已发布/);
  await other.close();
}

async function both(page: Page, other: Page, address: string): Promise<void> {
  await page.goto(address);
  await other.goto(address);
}
