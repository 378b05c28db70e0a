import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { linkIn, post } from '../mailbox.ts';
import { faultsOf, openWindow } from './chromium.ts';
import { look } from './look.ts';
import { type BrowsedSite, prove, sampleSite } from './site.ts';

const sending = '.btn:text-is("提交意见")';

t.test('with scripts on nothing is to be done: work proves a person, also when sent at once', async (t) => {
  const site = await sampleSite(t);
  for (const pauses of [true, false]) {
    const page = await (await openWindow(t)).newPage();
    const faults = faultsOf(page);
    await check(site, page);
    if (pauses) {
      await prove(site, page);
      await look(t, page, 'proof-work');
      t.notOk(await page.isVisible('#captcha'), 'there is nothing to read or to type');
    }
    await page.click(sending);
    await page.waitForURL('**/receipts/*');
    t.same(faults, [], 'the console is quiet: nothing breaks the content security policy');
  }
});

t.test('when the work cannot be done, the picture comes back', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t)).newPage();
  await page.route('**/proof-worker.js*', (route) => route.abort());
  await check(site, page);
  await page.waitForSelector('text=没有自动验证，请按下面的办法验证。');
  await look(t, page, 'proof-picture');
  await prove(site, page);
  await page.click(sending);
  await page.waitForURL('**/receipts/*');
});

t.test('with scripts off and without sight: a letter, and its link in another window', async (t) => {
  const site = await sampleSite(t);
  const context = await openWindow(t, { javaScriptEnabled: false });
  const page = await context.newPage();
  await check(site, page);
  await page.click('summary:has-text("看不见图片")');
  await page.fill('#proofEmail', 'zhu@example.cn');
  await page.click('text=寄验证邮件');
  t.match(page.url(), /#proof$/, 'the reader is led to what happened');
  t.match(await page.innerText('section:has(#proof)'), '验证邮件已经寄往 zhu@example.cn');
  const link = await context.newPage();
  await openLink(site, link);
  await confirm(t, link);
  await page.click(sending);
  t.match(page.url(), /\/receipts\//);
  t.same(await context.cookies(), [], 'no cookie');
});

t.test('how a letter looks on the page, and the pages behind its link', async (t) => {
  const site = await sampleSite(t);
  const context = await openWindow(t);
  const page = await context.newPage();
  await page.route('**/proof-worker.js*', (route) => route.abort());
  await check(site, page);
  await page.click('summary:has-text("看不见图片")');
  await page.click('text=寄验证邮件');
  await look(t, page, 'proof-letter-errors');
  await page.fill('#proofEmail', 'zhu@example.cn');
  await page.click('text=寄验证邮件');
  await page.click('summary:has-text("没有收到邮件")');
  await look(t, page, 'proof-letter');
  const link = await context.newPage();
  await openLink(site, link);
  await look(t, link, 'proof-link');
  await confirm(t, link);
  await look(t, link, 'proof-confirmed');
  await page.click('button:text-is("再寄一封")');
  t.match(await page.innerText('section:has(#proof)'), '您已经用电子邮件验证，不用填写验证码。');
  await look(t, page, 'proof-letter-confirmed');
  await link.goto(`${site.url}/proofs/made-up`);
  await look(t, link, 'proof-gone');
});

async function check(site: BrowsedSite, page: Page): Promise<void> {
  await page.goto(`${site.url}/consultations/${await site.number('电动自行车')}/comments/new?clause=art_5`);
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', '建议明确充电场所与住宅的距离。');
  await page.click('.btn:text-is("下一步：核对")');
  await page.check('input[name=consent][value=withoutName]');
}

async function openLink(site: BrowsedSite, page: Page): Promise<void> {
  const link = (await post(site)).map(linkIn).find(Boolean);
  await page.goto(`${site.url}${link}`);
}

async function confirm(t: Test, page: Page): Promise<void> {
  await page.click('.btn:text-is("确认")');
  t.match(await page.innerText('h1'), '已经确认');
}
