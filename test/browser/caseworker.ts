import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { root } from '../../src/root.ts';
import { paste } from '../fixtures/paste.ts';
import { faultsOf, openWindow } from './chromium.ts';
import { type BrowsedSite, browsedSite, prove, signIn } from './site.ts';

const seed = path.join(root, '../shared/fixtures/seeds/000_9942eaad5b6781cc.txt');

t.test('a caseworker takes a pasted text to its published notice, without scripts', async (t) => {
  const site = await browsedSite(t, '2026-03-01T09:00:00+08:00');
  const page = await deskWindow(t);
  const faults = faultsOf(page);
  await signIn(site, page, 'caseworker');
  t.match(await page.innerText('h1'), /我的工作|待我办理|工作/);
  const number = await pasteAndPublish(t, page, paste(), '清源县农村供水管理办法');

  await sendComment(t, site, number);
  site.clock.set('2026-04-10T18:00:01+08:00');
  await closeConsultations(site.db, site.clock());
  await signIn(site, page, 'caseworker');
  await disposeOfAll(t, page);
  await answer(t, site, page, number, ['收到', '1件、1条', '未采纳']);
  t.same(faults, [], 'the console is quiet');
});

t.test(
  'a caseworker takes a whole real consultation to the notice that nothing came, without scripts',
  { skip: existsSync(seed) ? false : 'the fixtures in ../shared are not here' },
  async (t) => {
    const site = await browsedSite(t, '2021-08-01T09:00:00+08:00');
    const page = await deskWindow(t);
    await signIn(site, page, 'caseworker');
    const source = readFileSync(seed, 'utf8');
    const number = await pasteAndPublish(t, page, source, '乡村振兴有效衔接', '上级限期完成');
    site.clock.set('2021-08-03T18:00:01+08:00');
    await closeConsultations(site.db, site.clock());
    await signIn(site, page, 'caseworker');
    await page.click('main ul.tasks a');
    await answer(t, site, page, number, ['截止2021年8月3日下午6时', '未收到社会反馈的意见和建议', '感谢']);
  },
);

async function deskWindow(t: Test): Promise<Page> {
  return (await openWindow(t, { javaScriptEnabled: false })).newPage();
}

async function pasteAndPublish(
  t: Test,
  page: Page,
  source: string,
  title: string,
  reason = '',
): Promise<string> {
  await page.click('text=新建征求意见');
  await page.check('input[name=kind][value=normativeDocument]');
  await page.fill('#source', source);
  await page.click('text=识别文本');
  t.match(await page.inputValue('#title'), title, 'the fields are filled in');
  t.not(await page.inputValue('#mailbox'), '');
  await page.fill('#siteName', '清源县人民政府网');
  if (reason) await page.fill('#reasonForShortening', reason);
  await page.click('text=保存，下一步核对草案');
  t.ok((await page.locator('ol.outline > li').count()) > 5, 'a tree to confirm');
  await page.click('text=保存，下一步预览');
  t.match(await page.innerText('main'), /可以发布/);
  await page.click('main button:text-is("发布")');
  const to = await page.locator('a:text-is("看公众页面")').getAttribute('href');
  return /\d{4}-\d+/.exec(to ?? '')?.[0] ?? '';
}

async function sendComment(t: Test, site: BrowsedSite, number: string): Promise<void> {
  const page = await (await openWindow(t, { javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}/consultations/${number}/comments/new?clause=art_3`);
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', '建议每月公布一次水质检测结果。');
  await page.click('.btn:text-is("下一步：核对")');
  await page.check('input[name=consent][value=withoutName]');
  await prove(site, page);
  await page.click('.btn:text-is("提交意见")');
  t.match(page.url(), /\/receipts\//);
}

async function disposeOfAll(t: Test, page: Page): Promise<void> {
  await page.click('main ul.tasks a');
  t.match(await page.innerText('section.card'), /每月公布一次/);
  await page.check('input[value=notAdopted]');
  await page.click('section.card button[type=submit]');
  t.match(await page.innerText('.errors'), /理由/, 'a refusal needs a reason');
  await page.fill('section.card textarea', '检测频次由国家标准规定。');
  await page.click('section.card button[type=submit]');
  await page.click('text=下一步：核对渠道');
}

async function answer(
  t: Test,
  site: BrowsedSite,
  page: Page,
  number: string,
  facts: readonly string[],
): Promise<void> {
  for (const box of await page.locator('input[name=checked]').all()) await box.check();
  for (const found of await page.locator('input[name^=found-]').all()) await found.fill('0');
  await page.click('main button:text-is("保存")');
  await page.click('text=下一步：意见反馈');
  const notice = page.url();
  t.match(await page.innerText('main'), /等待审核人签发|本人|不能签发/, 'nobody signs their own work');

  const approver = await deskWindow(t);
  await signIn(site, approver, 'approver');
  await approver.goto(notice);
  await approver.click('main button:text-is("签发")');
  await page.goto(notice);
  await page.click('text=发布意见反馈');
  await page.goto(`${site.url}/consultations/${number}`);
  const shown = await page.innerText('#feedback');
  for (const fact of facts) t.ok(shown.includes(fact), `${fact} stands in: ${shown}`);
}
