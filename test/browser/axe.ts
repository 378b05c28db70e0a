import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { devtools } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const script = readFileSync(new URL('./shown.js', import.meta.url), 'utf8').replaceAll('export ', '');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Of these rules alone the answer can be another while the same elements are shown: of the first as they stand, of
// the others as they look.
const ofPlaces = ['scrollable-region-focusable', 'target-size'];
const ofColours = ['color-contrast', 'link-in-text-block'];
const judged = new Set<string>();
// By what else decides about contrast: which texts were large where it was judged, a 1 each.
const judgedLarge = new Map<string, string[]>();

/**
 * What axe finds in the page as it is shown. Where the same elements were judged before, at another width or in the
 * other size of type, only what can be another is judged again.
 */
export async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await load(page);
  const { elements, colours, large } = await keysOf(page);
  const areNew = areColoursNew(colours, large);
  if (isNew(elements)) return found(page, tags);
  return found(page, areNew ? [...ofPlaces, ...ofColours] : ofPlaces);
}

// As a whole script, which the browser remembers from page to page, other than what playwright evaluates.
async function load(page: Page): Promise<void> {
  await (await devtools(page)).send('Runtime.evaluate', { expression: axe });
}

function isNew(key: string): boolean {
  const before = judged.size;
  return judged.add(key).size > before;
}

// Large text may have less contrast: what was judged while less of it was large says the same of more.
function areColoursNew(key: string, large: string): boolean {
  const before = judgedLarge.get(key) ?? [];
  if (before.some((other) => [...other].every((each, index) => each === '0' || large[index] === '1')))
    return false;
  judgedLarge.set(key, [...before, large]);
  return true;
}

async function keysOf(page: Page) {
  const html = withoutMode(await page.content());
  const [elements, colours, large] = await page.evaluate<[string, string, string]>(
    `${script}; [shown(), coloured(), large()]`,
  );
  return { elements: keyOf(html, elements), colours: keyOf(html, elements, colours), large };
}

/** Takes off what large type changes on every page, and fields that nobody sees, which are others each time. */
function withoutMode(html: string): string {
  return html
    .replace(' class="large"', '')
    .replace(/"\/large(?:\/|(?=["?]))/g, '"/')
    .replace(/回到(?:标准|標準)模式|[长長]者模式（大字）/g, '')
    .replace(/<input type="hidden"[^>]*>/g, '');
}

function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

async function found(page: Page, rules: readonly string[]): Promise<string[]> {
  // No rule of these needs style sheets loaded beforehand. Selectors are costly: they are for faults alone.
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'], preload: false });
  const violations = await page.evaluate<AxeResults['violations']>(
    `axe.run({ ...${options}, selectors: false })
      .then((found) => (found.violations.length ? axe.run(${options}) : found))
      .then(({ violations }) => violations)`,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
}
