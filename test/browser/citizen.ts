import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { faultsOf, goBack, openWindow } from './chromium.ts';
import { type BrowsedSite, prove, sampleSite } from './site.ts';

const words = '第三条建议写明加装电梯的公示地点：小区公告栏、楼道口和业主群，每处都要贴满十五日。𠮷';
const checking = '.btn:text-is("下一步：核对")';
const sending = '.btn:text-is("提交意见")';

t.test('a citizen comments on a clause, gets the captcha wrong once, and gets a receipt', async (t) => {
  const site = await sampleSite(t);
  for (const javaScriptEnabled of [true, false])
    await t.test(javaScriptEnabled ? 'scripts on' : 'scripts off', async (t) => {
      const context = await openWindow(t, { javaScriptEnabled });
      const page = await context.newPage();
      const faults = faultsOf(page);
      await findClause(site, page);
      await write(page);
      await fill(page);
      if (!javaScriptEnabled) await failOnce(t, page);
      await prove(site, page);
      await page.click(sending);
      await seeReceipt(t, page);
      t.same(faults, [], 'the console is quiet');
      t.same(await context.cookies(), [], 'no cookie');
    });
  const kept = await site.db.selectFrom('comments').select('text').where('text', '=', words).execute();
  t.equal(kept.length, 2);
});

t.test('a citizen does the same by keyboard alone', async (t) => {
  const site = await sampleSite(t);
  const context = await openWindow(t);
  const page = await context.newPage();
  const number = await site.number('电动自行车');
  await page.goto(site.url);
  await tabTo(page, `a[href$="/consultations/${number}"]`);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/consultations/${number}`);
  await tabTo(page, 'a.ask');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/comments/new?version=1&clause=*');
  await tabTo(page, 'input[name=stance-0]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await tabTo(page, '#text-0');
  await page.keyboard.insertText(words);
  await press(page, '.btn[value=pick]', 'button[value="write:art_5"]');
  await press(page, 'button[value="write:art_5"]', '#text-1');
  await tabTo(page, 'input[name=stance-1]');
  await page.keyboard.press('Space');
  await tabTo(page, '#text-1');
  await page.keyboard.insertText('赞成第五条。');
  await press(page, '.btn[value=check]', '.card');
  await tabTo(page, 'input[name=consent]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await seeReceipt(t, page);
});

t.test('another captcha keeps every word', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t, { javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}/consultations/${await site.number('电动自行车')}/comments/new`);
  await write(page);
  const before = await page.locator('input[name=captchaId]').getAttribute('value');
  await page.fill('#name', '朱清和');
  await page.click('button[value=captcha]');
  t.equal(await page.inputValue('#name'), '朱清和');
  t.ok((await page.innerText('.card')).includes(words));
  t.not(await page.locator('input[name=captchaId]').getAttribute('value'), before);
  t.equal(await page.locator('.errors').count(), 0, 'nothing is called wrong');
});

t.test('on a telephone, comments on two clauses and on the whole draft go in one submission', async (t) => {
  const site = await sampleSite(t);
  for (const javaScriptEnabled of [true, false])
    await t.test(javaScriptEnabled ? 'scripts on' : 'scripts off', async (t) => {
      const context = await openWindow(t, { javaScriptEnabled, viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await findClause(site, page);
      await write(page, '再对另一条提意见');
      await page.click('#art_5 >> text=对本条提意见');
      t.equal(await page.innerText('h1 >> text=第五条'), await page.innerText('h1'));
      await page.check('input[name=stance-1][value=question]');
      await page.fill('#text-1', '由谁负责？');
      await page.fill('#quotation-1', '不在里面的话');
      await page.click('.btn:text-is("再对另一条提意见")');
      t.equal(await page.locator(':focus').getAttribute('class'), 'errors', 'they are heard first');
      await page.click('.errors a');
      t.equal(await page.locator(':focus').getAttribute('id'), 'quotation-1');
      await page.fill('#quotation-1', '县消防救援机构');
      await page.click('.btn:text-is("再对另一条提意见")');
      await page.click('text=对整个草案提意见');
      await page.check('input[name=stance-2][value=support]');
      await page.fill('#text-2', '总体赞成。');
      await page.click(checking);
      t.equal(await page.locator('.card').count(), 3);
      await page.click('text=删除这一条：整体意见');
      await page.click('text=撤销删除');
      await page.click('text=长者模式（大字）');
      t.match(page.url(), /\/large\//);
      t.equal(await page.locator('.card').count(), 3, 'large type takes everything along');
      await page.check('input[name=consent][value=no]');
      await prove(site, page);
      await page.click(sending);
      await seeReceipt(t, page);
      t.match(await page.innerText('main'), /由谁负责？[\s\S]*总体赞成。/);
      t.same(await context.cookies(), [], 'no cookie');
    });
});

t.test('going back finds every word, before sending and after', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t, { javaScriptEnabled: false })).newPage();
  await findClause(site, page);
  await write(page);
  await page.fill('#name', '朱清和');
  await page.check('input[name=consent][value=withName]');
  await goBack(page);
  t.equal(await page.inputValue('#text-0'), words);
  await page.goForward();
  t.equal(await page.inputValue('#name'), '朱清和');
  await prove(site, page);
  await page.click(sending);
  await seeReceipt(t, page);
  const receipt = page.url();
  await goBack(page);
  t.equal(await page.inputValue('#name'), '朱清和');
  await page.fill('#captcha', 'used');
  await page.click(sending);
  t.equal(page.url(), receipt, 'the same form has the same receipt');
  await goBack(page);
  await page.click('text=修改这一条');
  await page.fill('#text-0', `${words}再加一句。`);
  await page.click(checking);
  await page.fill('#captcha', 'used');
  await page.click(sending);
  t.match(await page.innerText('.errors'), /已经提交过，回执编号\d{4}-\d{4}-\d{6}/);
  t.match(await page.innerText('.card'), /再加一句。/);
});

t.test('with scripts, selected words are quoted and the clause can be changed in place', async (t) => {
  const site = await sampleSite(t);
  const page = await (await openWindow(t)).newPage();
  await findClause(site, page);
  await page.click('text=把原文放进来，在上面改');
  t.match(await page.inputValue('#proposedWording-0'), /^第三条[\s\S]*。$/);
  t.ok(await page.isHidden('text=把原文放进来，在上面改'), 'what is in the box is not overwritten');
  const select = (from: number, to: number) =>
    page.evaluate(`getSelection().setBaseAndExtent(...[${from}, ${to}].flatMap((place) => [
      document.querySelector('#original p').lastChild, place]))`);
  await select(2, 8);
  const quoted = await page.inputValue('#quotation-0');
  t.equal(quoted.length, 6);
  await page.fill('#quotation-0', `${quoted.slice(0, 4)}`);
  await select(0, 3);
  t.equal(await page.inputValue('#quotation-0'), quoted.slice(0, 4), 'nor what was typed by hand');
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', words);
  await page.click(checking);
  t.equal(await page.innerText('.card .quote >> nth=0'), quoted.slice(0, 4));
  await page.click('.btn:text-is("再提一条")');
  await page.click('button[value="write:annex_1"]');
  await page.check('input[name=stance-1][value=amend]');
  await page.fill('#text-1', words);
  await page.evaluate("getSelection().selectAllChildren(document.getElementById('original'))");
  await page.click(checking);
  t.equal(
    await page.locator('.card').count(),
    2,
    'a whole annex with its table can be quoted as it is selected',
  );
});

async function findClause(site: BrowsedSite, page: Page): Promise<void> {
  await page.goto(site.url);
  await page.fill('#q', '电动自行车');
  await page.click('form[role=search] button');
  await page.click('ul.list h3 a');
  await page.click('#art_3 >> text=对本条提意见');
}

async function write(page: Page, button = '下一步：核对'): Promise<void> {
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', words);
  await page.fill('#proposedWording-0', '公示期为十五日。');
  await page.click(`.btn:text-is("${button}")`);
}

async function fill(page: Page): Promise<void> {
  await page.fill('#name', '朱清和');
  await page.check('input[name=consent][value=withName]');
}

async function failOnce(t: Test, page: Page): Promise<void> {
  await page.fill('#captcha', 'zzzz');
  await page.click(sending);
  t.match(await page.title(), /^有误：/);
  await page.click('.errors a');
  t.equal(await page.locator(':focus').getAttribute('id'), 'captcha', 'the summary leads to the field');
  t.ok((await page.innerText('.card')).includes(words), 'every word is still there');
  t.match(await page.innerText('.card'), /修改[\s\S]*公示期为十五日。/);
  t.equal(await page.inputValue('#name'), '朱清和');
  t.ok(await page.isChecked('input[name=consent][value=withName]'));
  t.equal(await page.inputValue('#captcha'), '');
}

async function seeReceipt(t: Test, page: Page): Promise<void> {
  await page.waitForURL('**/receipts/*');
  t.match(await page.innerText('h1'), /意见已收到/);
  t.match(await page.innerText('.panel'), /\d{4}-\d{4}-\d{6}/, 'a number');
  t.match(await page.innerText('#receipt-address'), /\/receipts\/[\w-]{20,}$/, 'an unguessable address');
  t.ok((await page.innerText('main')).includes(words), 'what was sent, with its four-byte character');
}

/** Presses a button by keyboard and waits for what the next page has. */
async function press(page: Page, button: string, next: string): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await page.waitForSelector(next);
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab');
    if (await page.locator(':focus').evaluate((element, wanted) => element.matches(wanted), selector)) return;
  }
  throw new Error(`no way by keyboard to ${selector}`);
}
