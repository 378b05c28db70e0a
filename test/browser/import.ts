import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { faultsOf, goBack, openWindow } from './chromium.ts';
import { type BrowsedSite, browsedSite, prove, signIn } from './site.ts';

const announcement = [
  '关于公开征求《清源县校园周边交通管理办法（征求意见稿）》意见的公告',
  '为规范校园周边交通秩序，县公安局起草了《清源县校园周边交通管理办法（征求意见稿）》，现向社会公开征求意见，请于2026年4月30日下午6时前提出。',
  '电子邮箱：jiaojing@example.cn',
  '联系电话：0600-5550177，联系人：石向南',
  '清源县公安局',
  '2026年3月1日',
  '草案内容',
];
const first = [
  '清源县校园周边交通管理办法',
  '第一条　为规范校园周边交通秩序，保障师生出行安全，制定本办法。',
  '第二条　本办法适用于本县中小学、幼儿园周边二百米范围内的道路。',
  '第三条　学校应当安排人员维持秩序。家长应当服从现场人员的指挥。',
  '第四条　禁止在校门口摆摊设点。',
  '第五条　本办法自2026年9月1日起施行。',
];
const second = [
  ...first.slice(0, 2),
  '第二条　本办法适用于本县中小学、幼儿园周边三百米范围内的道路。',
  '第三条　学校应当安排人员维持秩序。',
  '第四条　家长应当服从现场人员的指挥。',
  '第五条　本办法自2026年9月1日起施行。',
];
const rows = [
  ['序号', '学校'],
  ['1', '城关小学'],
];

for (const javaScriptEnabled of [false, true])
  t.test(
    `a Word file becomes a draft and then its second version, scripts ${javaScriptEnabled ? 'on' : 'off'}`,
    async (t) => {
      const site = await browsedSite(t, '2026-03-01T09:00:00+08:00');
      const page = await (await openWindow(t, { javaScriptEnabled })).newPage();
      const faults = faultsOf(page);
      await signIn(site, page, 'caseworker');
      await page.click('text=新建征求意见');
      await page.check('input[name=kind][value=other]');
      await upload(site, page, 'draft.docx', await wordFile([...announcement, ...first]));
      t.match(await page.innerText('main'), '已识别');
      await page.click('text=下一步：核对公告');
      t.equal(await page.inputValue('#mailbox'), 'jiaojing@example.cn');
      await page.fill('#siteName', '清源县人民政府网');
      await page.click('text=保存，下一步核对草案');
      await repair(t, page);
      await page.click('text=保存，下一步预览');
      await page.click('main button:text-is("发布")');
      const to = (await page.locator('a:text-is("看公众页面")').getAttribute('href')) ?? '';

      for (const clause of ['art_3', 'art_4']) await comment(t, site, to, clause);
      await publishSecond(t, site, page);
      await page.goto(`${site.url}${to}/versions/2/changes`);
      const changes = await page.innerText('main');
      for (const kind of ['修改', '拆分', '删除']) t.match(changes, kind);
      t.ok((await page.locator('del').count()) > 0, 'what went is marked');
      t.same(faults, [], 'the console is quiet');
    },
  );

async function wordFile(lines: readonly string[]): Promise<Buffer> {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  const table = new Table({ rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })) });
  const children = [...lines, '附件', '校门口接送区一览表'].map((text) => new Paragraph(text));
  return Packer.toBuffer(new Document({ sections: [{ children: [...children, table] }] }));
}

/** Sends a file, lets the background read it, and looks again as the page does by itself. */
async function upload(site: BrowsedSite, page: Page, name: string, buffer: Buffer): Promise<void> {
  const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  await page.setInputFiles('input[type=file]', { name, mimeType, buffer });
  await page.locator('main form button[type=submit]').first().click();
  await site.readImports();
  await page.goto(page.url().replace(/\?.*/, ''));
}

/** Splits 第三条, undoes it, drops a line and brings it back. */
async function repair(t: Test, page: Page): Promise<void> {
  const count = () => page.locator('ol.outline > li').count();
  const before = await count();
  t.match(await page.innerText('ol.outline'), '城关小学', 'a table of Word is a table');
  await row(page, '第三条').locator('summary').click();
  await row(page, '第三条').locator('button[value^="open-"]').click();
  await page.locator('input[name=place]').first().check();
  await page.click('main button:text-is("拆开")');
  t.equal(await count(), before + 1, 'one row is two');
  await page.click('button:has-text("撤销")');
  t.equal(await count(), before, 'undone');
  await row(page, '第四条').locator('summary').click();
  await row(page, '第四条').locator('button[value^="drop-"]').click();
  t.equal(await row(page, '第四条').locator('del').count(), 1, 'dropped, and still there');
  await row(page, '第四条').locator('summary').click();
  await row(page, '第四条').locator('button[value^="restore-"]').click();
  t.equal(await row(page, '第四条').locator('del').count(), 0, 'restored');
}

function row(page: Page, words: string) {
  return page.locator('ol.outline > li', { has: page.locator('summary', { hasText: words }) });
}

async function comment(t: Test, site: BrowsedSite, to: string, clause: string): Promise<void> {
  const page = await (await openWindow(t, { javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}${to}/clauses/${clause}`);
  await page.click('a.btn:text-is("对本条提意见")');
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', `对${clause}的建议。`);
  await page.click('.btn:text-is("下一步：核对")');
  await page.check('input[name=consent][value=withoutName]');
  await prove(site, page);
  await page.click('.btn:text-is("提交意见")');
  t.match(page.url(), /\/receipts\//);
}

async function publishSecond(t: Test, site: BrowsedSite, page: Page): Promise<void> {
  await page.click('text=看公众页面');
  await goBack(page);
  await page.click('nav >> text=新版本');
  await page.click('main form button[type=submit]');
  await upload(site, page, 'second.docx', await wordFile(second));
  await page.click('nav >> text=条文对应');
  t.match(await page.innerText('main'), '请先核对');
  await page.click('text=下一步：发布新版本');
  await page.fill('#note', '扩大适用范围，删去摆摊设点的规定。');
  await page.click('main button:has-text("发布第2稿")');
  await page.click('text=待重新对应的意见');
  t.match(await page.innerText('main'), '第四条', 'the comment on the deleted clause is listed');
}
