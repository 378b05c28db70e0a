import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { captchaAnswer } from '../../src/db/captchas.ts';
import { samplePasswords } from '../../src/sample/passwords.ts';
import { seedSamples } from '../../src/sample/seed.ts';
import { putBack, type Rows, readRows } from '../db/support/begin.ts';
import { type TestSite, testPassword, testSite } from '../support.ts';

export interface BrowsedSite extends TestSite {
  /** Where it listens, without a closing slash. */
  readonly url: string;
  /** Numbers (`2026-0003`) of the sample consultations by a word of their title; filled by `sampleSite`. */
  readonly number: (word: string) => Promise<string>;
  /** The desk's address of a consultation by a word of its title. */
  readonly desk: (word: string) => Promise<string>;
}

// The same for every site: what was sealed for one can be opened in another.
const environment = { SECRET_KEY: 'a key that every site of these tests has' };
const plenty = { max: 10_000, windowMs: 60_000 };

/** A portal of the test's own that a browser can reach. */
export async function browsedSite(t: Test, now?: string): Promise<BrowsedSite> {
  const limits = { submissions: plenty, forms: plenty, signIns: plenty };
  const site = await testSite(t, { ...(now ? { now } : {}), environment, limits });
  const app = await site.another();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const find = async (word: string) =>
    site.db
      .selectFrom('announcements')
      .innerJoin('consultations', 'consultations.id', 'consultation_id')
      .select(['consultations.id', 'number'])
      .where('title', 'like', `%${word}%`)
      .executeTakeFirstOrThrow();
  const url = `http://127.0.0.1:${port}`;
  return {
    ...site,
    url,
    number: async (word) => (await find(word)).number,
    desk: async (word) => `${url}/desk/consultations/${(await find(word)).id}`,
  };
}

let samples: Rows | undefined;

/** The same with the sample data: a consultation in each phase. Made once, then copied. */
export async function sampleSite(t: Test): Promise<BrowsedSite> {
  const site = await browsedSite(t);
  if (samples) await putBack(site.db, samples);
  else {
    await seedSamples(site.deps);
    samples = await readRows(site.db);
  }
  return site;
}

/** Signs an officer of the sample data or of the tests in. */
export async function signIn(site: BrowsedSite, page: Page, login: string): Promise<void> {
  const sample = samplePasswords(site.deps.config.secretKey).find((each) => each.login === login);
  await page.goto(`${site.url}/desk/sign-in`);
  await page.fill('#login', login);
  await page.fill('#password', sample?.password ?? testPassword);
  await page.click('main button[type=submit]');
}

/** Proves to be a person on the check page: waits for the script, or types what the picture shows without one. */
export async function prove(site: BrowsedSite, page: Page): Promise<void> {
  await page.waitForLoadState();
  if (await page.isVisible('#captcha')) await page.fill('#captcha', await readCaptcha(site, page));
  else await page.waitForSelector('[role=status]:text-is("已自动验证，不用填写验证码。")');
}

async function readCaptcha(site: BrowsedSite, page: Page): Promise<string> {
  const id = await page.locator('input[name=captchaId]').getAttribute('value');
  return (await captchaAnswer(site.db, id ?? '', site.clock())) ?? '';
}
