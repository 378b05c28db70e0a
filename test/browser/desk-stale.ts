import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

/** Two officers of one agency, each in a window of their own. */
export interface Two {
  readonly page: Page;
  readonly colleague: Page;
}

/** Looks at what the slower one is told of a batch of comments at `at` and of a reply template. */
export async function lookAtStaleAnswers(t: Test, site: BrowsedSite, { page, colleague }: Two, at: string) {
  await page.goto(`${at}/comments/together?stance=question`);
  await page.check('input[name=outcome][value=adopted]');
  const replace = page.locator('input[name=existing][value=replace]');
  if (await replace.isVisible()) await replace.check();
  await page.click('main button:text-is("办理")');
  await colleague.goto(`${at}/comments`);
  await colleague.click('text=收回这次批量办理');
  await page.click('text=收回这次批量办理');
  t.match(await page.innerText('main [role=alert]'), '没有收回这次批量办理');
  await look(t, page, 'desk-batch-gone');
  await page.goto(`${site.url}/desk/templates`);
  await page.fill('#templateName', '上位法已有规定');
  await page.fill('#templateText', '{条款}的事项，上位法已有规定。');
  await page.click('main button:text-is("添加")');
  await look(t, page, 'desk-templates-kept');
  await page.click('section.card h2 a');
  await look(t, page, 'desk-template');
  await colleague.goto(page.url());
  await colleague.click('main button[value=remove]');
  await page.click('main button:text-is("保存")');
  await look(t, page, 'desk-template-gone');
}

/** Looks at what the slower one is told of a table of the consultation at `at`, and of a message. */
export async function lookAtStaleArrivals(t: Test, site: BrowsedSite, { page, colleague }: Two, at: string) {
  await page.goto(`${at}/entry/sheet`);
  const buffer = Buffer.from('渠道,收到日期,条款,意见\n电话,2026-02-27,第三条,建议一');
  await page.setInputFiles('input[type=file]', { name: '来件.csv', mimeType: 'text/csv', buffer });
  await page.click('text=上传并检查');
  await site.workOnSheets();
  await page.goto(page.url());
  await colleague.goto(page.url());
  await colleague.click('text=移除这份表格');
  await page.click('main button:has-text("录入这")');
  t.match(await page.innerText('main [role=alert]'), '没有录入');
  await look(t, page, 'desk-sheet-gone');
  for (const each of [page, colleague]) await each.goto(`${site.url}/desk/mail`);
  for (const each of [colleague, page]) await each.click('main button:has-text("仍搁置") >> nth=0');
  t.match(await page.innerText('main'), '已经办过了');
  await look(t, page, 'desk-message-gone');
}

/** Looks at what the slower one is told of a source that was removed from the consultation at `at`; it is brought back. */
export async function lookAtStaleImport(t: Test, { page, colleague }: Two, at: string): Promise<void> {
  await page.goto(`${at}/imports`);
  await page.click('ol.imports h2 a');
  await page.click('text=移除这份文本');
  await colleague.goto(page.url());
  for (const each of [colleague, page]) await each.click('main form button[type=submit]');
  t.match(await page.innerText('main [role=alert]'), '已经移除');
  await look(t, page, 'desk-import-gone');
  await page.goto(`${at}/draft`);
  await page.click('text=撤销：');
}
