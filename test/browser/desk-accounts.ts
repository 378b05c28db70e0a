import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { post } from '../mailbox.ts';
import { look } from './look.ts';
import { type BrowsedSite, signIn } from './site.ts';

/** Looks at the pages by which whoever forgot a password gets a new one. `login` must be an officer with an address. */
export async function lookAtForgotten(t: Test, site: BrowsedSite, page: Page, login: string): Promise<void> {
  await page.goto(`${site.url}/desk/sign-in`);
  await page.click('text=忘记密码');
  await look(t, page, 'desk-forgotten-password');
  await page.click('main button[type=submit]');
  await look(t, page, 'desk-forgotten-password-errors');
  await page.fill('#login', login);
  await page.click('main button[type=submit]');
  await look(t, page, 'desk-forgotten-password-asked');
  const [letter] = (await post(site)).filter(({ text }) => text.includes('/desk/password/'));
  await page.goto(site.url + (/\/desk\/password\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''));
  await look(t, page, 'desk-new-password');
  await page.click('main button[type=submit]');
  await look(t, page, 'desk-new-password-errors');
}

/** Looks at an officer's own account, and signs in with a second factor on `other`. */
export async function lookAtAccount(
  t: Test,
  site: BrowsedSite,
  page: Page,
  other: Page,
  login: string,
): Promise<void> {
  await signIn(site, other, login);
  await signIn(site, page, login);
  await page.click('text=我的账号');
  await look(t, page, 'desk-account');
  for (const [link, name] of [
    ['修改密码', 'desk-own-password'],
    ['邮箱', 'desk-own-email'],
  ] as const) {
    await page.click(`main .facts >> text=${link}`);
    await look(t, page, name);
    await page.click('main button[type=submit]');
    await look(t, page, `${name}-errors`);
    await page.click('main a:text("我的账号"), nav a:text("我的账号")');
  }
  await page.click('text=启用二次验证');
  await look(t, page, 'desk-second-factor-none');
  await page.click('text=开始设置');
  await look(t, page, 'desk-second-factor-setting-up');
  await page.click('main button:text("启用二次验证")');
  await look(t, page, 'desk-second-factor-errors');
  const secret = (await page.innerText('#secret')).replace(/\s/g, '');
  const code = () =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: site.clock().getTime() });
  await page.fill('#code', code());
  await page.click('main button:text("启用二次验证")');
  await look(t, page, 'desk-recovery-codes');
  await page.goto(`${site.url}/desk/account/second-factor`);
  await look(t, page, 'desk-second-factor');
  await page.click('text=停用二次验证');
  await look(t, page, 'desk-second-factor-stop-errors');
  await other.click('text=退出（');
  await signIn(site, other, login);
  await look(t, other, 'desk-second-step');
  await other.fill('#code', '000000');
  await other.click('main button[type=submit]');
  await look(t, other, 'desk-second-step-errors');
}

/** Looks at the page of a colleague, in each state, for the administrator who is signed in on `page`. */
export async function lookAtColleague(
  t: Test,
  site: BrowsedSite,
  page: Page,
  colleague: { readonly login: string; readonly name: string },
): Promise<void> {
  const { db, clock, deps } = site;
  const officer = await db
    .selectFrom('officers')
    .select('id')
    .where('login', '=', colleague.login)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('second_factors')
    .values({
      officer_id: officer.id,
      secret: deps.secrets.seal('ABCD'),
      created_at: clock(),
      confirmed_at: clock(),
      last_step: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await page.goto(`${site.url}/desk/officers`);
  await page.click(`main a:text("${colleague.name}")`);
  await look(t, page, 'desk-colleague');
  await page.fill('#email', 'no address');
  await page.click('text=保存邮箱');
  await look(t, page, 'desk-colleague-errors');
  await page.click('main button:text("重设密码的链接")');
  await look(t, page, 'desk-colleague-link');
  await page.click('main button:text("停用账号")');
  await look(t, page, 'desk-colleague-disabled');
  await page.goto(`${site.url}/desk/officers`);
  await look(t, page, 'desk-officers-with-disabled');
  await page.click('text=要求全体人员使用');
  await look(t, page, 'desk-second-factor-needed');
}
