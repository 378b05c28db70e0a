import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { root } from '../../src/root.ts';
import { findings } from './axe.ts';
import { devtools } from './chromium.ts';

const targets = readFileSync(new URL('./targets.js', import.meta.url), 'utf8').replace('export ', '');
const screenshots = path.join(root, 'out/screenshots');
const tallest = 5_000;
// Those of the whole page take a sixth of the browser's time, those of its first screen almost none.
const isFirstScreenEnough = process.env['PICTURES'] === 'first';
mkdirSync(screenshots, { recursive: true });

/**
 * Looks at the page that is open: no axe finding wide and narrow, no scrolling to the side at 360 and 320 px, every
 * target 44 px high. Keeps pictures at 1280 and 360 px under `name`, with PICTURES=first of the first screen alone; of
 * large type at 360 px, where it is tightest.
 */
export async function look(t: Test, page: Page, name: string): Promise<void> {
  await resize(page, 1280);
  t.same(await findings(page), [], `${name}: axe at 1280 px`);
  if (!name.includes('large-')) await keep(page, `${name}-1280`);
  await resize(page, 320);
  t.equal(await overhang(page), 0, `${name}: nothing to scroll to the side at 320 px`);
  await resize(page, 360);
  t.equal(await overhang(page), 0, `${name}: nothing to scroll to the side at 360 px`);
  t.same(await findings(page), [], `${name}: axe at 360 px`);
  t.same(await smallTargets(page), [], `${name}: every target is 44 px high`);
  await keep(page, `${name}-360`);
}

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
}

function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`${targets}; smallTargets(44)`);
}

async function keep(page: Page, name: string): Promise<void> {
  const { width = 0, height: screen = 0 } = page.viewportSize() ?? {};
  const height = isFirstScreenEnough
    ? screen
    : await page.evaluate<number>('document.documentElement.scrollHeight');
  const session = await devtools(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'jpeg',
    quality: 70,
    captureBeyondViewport: !isFirstScreenEnough,
    optimizeForSpeed: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, tallest), scale: 1 },
  });
  writeFileSync(path.join(screenshots, `${name}.jpg`), data, 'base64');
}
