import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';

// What was put to the public first, as if it were to come back.
const texts = new URL('../../src/sample/texts/', import.meta.url);
const [, firstDraft = ''] = readFileSync(new URL('elevator.txt', texts), 'utf8').split('草案内容\n');

/**
 * Looks at the pages about versions of the sample whose draft has two of them and a comment that lost its clause:
 * places that comment, prepares a third version, has it refused, and gives it up. `at` is its address at the desk;
 * `other` is another window of the same officer.
 */
export async function lookAtVersions(t: Test, page: Page, other: Page, at: string): Promise<void> {
  await lookAtOrphans(t, page, at);
  await page.goto(`${at}/versions`);
  await look(t, page, 'desk-versions');
  await page.click('main button:text("开始")');
  await look(t, page, 'desk-version-started');
  await page.goto(`${at}/mapping`);
  await look(t, page, 'desk-mapping-without-text');
  await page.goto(`${at}/versions/publish`);
  await page.click('main button:text("发布第")');
  await look(t, page, 'desk-version-publish-errors');
  await page.goto(`${at}/source`);
  await page.fill('#source', firstDraft);
  await page.click('main button:text("识别并加入")');
  await lookAtMapping(t, page, at);
  await lookAtLeaving(t, page, other, at);
}

async function lookAtOrphans(t: Test, page: Page, at: string): Promise<void> {
  await page.goto(`${at}/orphans`);
  await look(t, page, 'desk-orphans');
  await page.click('ul.tasks a');
  await look(t, page, 'desk-orphan');
  await page.click('main button:text-is("保存")');
  await look(t, page, 'desk-orphan-errors');
  await page.selectOption('#clause', { index: 2 });
  await page.check('input[name=scope] >> nth=0');
  await page.click('main button:text-is("保存")');
  await page.goto(`${at}/orphans`);
  await look(t, page, 'desk-orphans-placed');
}

async function lookAtMapping(t: Test, page: Page, at: string): Promise<void> {
  await page.goto(`${at}/mapping`);
  await look(t, page, 'desk-mapping');
  await page.goto(`${at}/mapping?show=all`);
  await look(t, page, 'desk-mapping-all');
  await page.click('ol.versus a:text("更正") >> nth=0');
  await look(t, page, 'desk-mapping-one');
  await page.click('button[value=link]');
  await look(t, page, 'desk-mapping-one-answered');
}

/** Publishes from a page that was open while the version changed, and then while it was given up. */
async function lookAtLeaving(t: Test, page: Page, other: Page, at: string): Promise<void> {
  await page.goto(`${at}/versions`);
  await look(t, page, 'desk-versions-preparing');
  await page.goto(`${at}/versions/publish`);
  await look(t, page, 'desk-version-publish');
  await page.fill('#note', '按照收到的意见作了修改。');
  await other.goto(`${at}/draft`);
  await other.click('text=撤销：');
  await page.click('main button:text("发布第")');
  await look(t, page, 'desk-version-publish-stale');
  await other.goto(`${at}/versions/abandon`);
  await look(t, other, 'desk-version-abandon');
  await other.click('main button:text("放弃")');
  await look(t, other, 'desk-version-abandoned');
  await page.click('main button:text("发布第")');
  t.equal(await page.innerText('h1'), '内容已有变化');
  await look(t, page, 'desk-409');
}
