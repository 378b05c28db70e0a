import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { multiplied } from '../submitted.ts';
import { tallied } from '../tallied.ts';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

/**
 * Looks at what stands in the place of notice, list and form of a closed consultation at `at` while very many comments
 * are counted, and at the form afterwards, which says how long it takes.
 */
export async function lookAtCounting(t: Test, site: BrowsedSite, page: Page, at: string): Promise<void> {
  const one = await site.db
    .selectFrom('comments')
    .select('id')
    .where('consultation_id', '=', Number(at.split('/').at(-1)))
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await multiplied(site.db, one.id, 20_000);
  for (const [name, address] of [
    ['desk-counting-notice', `${at}/notice`],
    ['desk-counting-list', `${at}/comments`],
    ['desk-counting-form', `${at}/comments/together`],
  ] as const) {
    await page.goto(address);
    t.match(await page.innerText('main'), '已清点', name);
    await look(t, page, name);
  }
  await tallied(site.db);
  await page.goto(`${at}/comments/together`);
  t.match(await page.innerText('main'), '大约需要');
  await look(t, page, 'desk-together-takes');
}
