import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { deskComments } from '../../src/db/comments.ts';
import { close, publish } from '../consultation.ts';
import { faultsOf, openWindow } from './chromium.ts';
import { type BrowsedSite, browsedSite, signIn } from './site.ts';

type Officer = NonNullable<BrowsedSite['officers'][string]>;

/** Types and presses as a hand does, and counts the presses that type nothing. */
function keysOf(page: Page) {
  let presses = 0;
  return {
    count: () => presses,
    type: (text: string) => page.keyboard.type(text),
    async press(...keys: readonly string[]) {
      for (const key of keys) {
        presses += 1;
        await page.keyboard.press(key);
      }
    },
  };
}

async function entering(t: Test, javaScriptEnabled: boolean) {
  const site = await browsedSite(t, '2026-03-01T09:00:00+08:00');
  const consultation = await publish(site.db, site.officers['caseworker'] as Officer, site.clock());
  site.clock.set('2026-04-12T10:00:00+08:00');
  await close(site.db, consultation);
  const page = await (await openWindow(t, { javaScriptEnabled })).newPage();
  const faults = faultsOf(page);
  await signIn(site, page, 'caseworker');
  await page.goto(`${site.url}/desk/consultations/${consultation.id}/entry`);
  return { site, consultation, page, faults };
}

for (const javaScriptEnabled of [false, true])
  t.test(`letters are entered by keyboard alone, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async (t) => {
    const { site, consultation, page, faults } = await entering(t, javaScriptEnabled);
    const first = keysOf(page);
    await page.locator('input:focus').first().waitFor({ state: 'attached' });
    // The focus is on the first channel; the letter is the fourth.
    await first.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'Tab', 'Tab');
    await enterLetter(page, first, {
      postmark: '4-9',
      name: '韩素琴',
      clause: '第三条',
      text: '建议写明检测项目。',
    });
    t.match(await page.innerText('.done'), /\d{4}-\d{4}-\d{6}[\s\S]*第三条/);
    t.notMatch(await page.innerText('.done'), /逾期/);

    const second = keysOf(page);
    await enterLetter(page, second, {
      postmark: '4-11',
      name: '罗立秋',
      clause: '水质',
      text: '应当每月公布水质。',
    });
    t.match(await page.innerText('.done'), /\d{4}-\d{4}-\d{6}[\s\S]*第三条第（一）项[\s\S]*逾期/);
    t.equal(second.count(), javaScriptEnabled ? 9 : 12, 'so many presses beside the words themselves');
    t.same(
      (await deskComments(site.db, consultation.id)).map(({ name, text, channel }) => [name, text, channel]),
      [
        ['韩素琴', '建议写明检测项目。', 'letter'],
        ['罗立秋', '应当每月公布水质。', 'letter'],
      ],
    );
    t.same(faults, [], 'the console is quiet');
  });

async function enterLetter(
  page: Page,
  keys: ReturnType<typeof keysOf>,
  letter: {
    readonly postmark: string;
    readonly name: string;
    readonly clause: string;
    readonly text: string;
  },
): Promise<void> {
  // A hand waits for the page, too.
  await page.locator('input:focus').first().waitFor({ state: 'attached' });
  await keys.type(letter.postmark);
  await keys.press('Tab');
  await keys.type(letter.name);
  // Past 身份, 电话, 电子邮箱 and 公开方式 to the clause.
  await keys.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
  await keys.type(letter.clause);
  await keys.press('Tab', 'Tab');
  await keys.type(letter.text);
  const isScripted = await page.locator('#keys').isVisible();
  const before = page.url();
  const answered = page.waitForURL(({ href }) => href !== before);
  await keys.press(...(isScripted ? ['Control+Enter'] : ['Tab', 'Tab', 'Tab', 'Enter']));
  await answered;
}
