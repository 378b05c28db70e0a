import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { root } from '../../src/root.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [targets, shown] = ['targets', 'shown'].map((name) =>
  readFileSync(new URL(`./${name}.js`, import.meta.url), 'utf8').replace('export ', ''),
);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const everything: RunOptions['runOnly'] = { type: 'tag', values: tags };
// Of these rules alone the answer can be another at another width while the same elements are shown.
const places = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];
const screenshots = path.join(root, 'out/screenshots');
const tallest = 8_000;
mkdirSync(screenshots, { recursive: true });

/**
 * Looks at the page that is open: no axe finding wide and narrow, no scrolling to the side at 360 and 320 px, every
 * target 44 px high. Keeps pictures at 1280 and 360 px under `name`.
 */
export async function look(t: Test, page: Page, name: string): Promise<void> {
  await page.evaluate(axe);
  await resize(page, 1280);
  t.same(await findings(page, everything), [], `${name}: axe at 1280 px`);
  const wide = await shownIn(page);
  await keep(page, `${name}-1280`);
  await resize(page, 320);
  t.equal(await overhang(page), 0, `${name}: nothing to scroll to the side at 320 px`);
  await resize(page, 360);
  t.equal(await overhang(page), 0, `${name}: nothing to scroll to the side at 360 px`);
  const isAlike = (await shownIn(page)) === wide;
  t.same(await findings(page, isAlike ? places : everything), [], `${name}: axe at 360 px`);
  t.same(await smallTargets(page), [], `${name}: every target is 44 px high`);
  await keep(page, `${name}-360`);
}

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
}

async function findings(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const violations = await page.evaluate<AxeResults['violations']>(
    `axe.run(${options}).then(({ violations }) => violations)`,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
}

function shownIn(page: Page): Promise<string> {
  return page.evaluate(`${shown}; shown()`);
}

function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`${targets}; smallTargets(44)`);
}

async function keep(page: Page, name: string): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'jpeg',
    quality: 70,
    captureBeyondViewport: true,
    optimizeForSpeed: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, tallest), scale: 1 },
  });
  await session.detach();
  writeFileSync(path.join(screenshots, `${name}.jpg`), data, 'base64');
}
