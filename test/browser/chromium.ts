import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import t, { type Test } from 'tap';

// The same engine without windows, where it is installed: it costs a fifth less.
const shell = '/usr/bin/chromium-headless-shell';

let browser: Promise<Browser> | undefined;

/** A browser window of its own, closed when the test ends. Its language and time zone are the reader's. */
export async function openWindow(t: Test, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= chromium.launch({
    executablePath: existsSync(shell) ? shell : '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await (await browser).newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  t.teardown(() => context.close());
  return context;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** What the browser offers its own tools for this page. */
export function devtools(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** Notes every fault a page tells its console or throws; the status of the page itself is no fault. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    const isStatus = message.text().startsWith('Failed to load') && message.location().url === page.url();
    if (['error', 'warning'].includes(message.type()) && !isStatus)
      faults.push(`${page.url()}: ${message.text()}`);
  });
  return faults;
}

t.teardown(async () => (await browser)?.close());

/** Goes back as the browser's button does; a page that was just exchanged for another is asked again. */
export async function goBack(page: Page): Promise<void> {
  for (let tries = 0; ; tries++) {
    const failure = await page.goBack().then(
      () => undefined,
      (error: Error) => error,
    );
    if (!failure) return;
    if (tries === 50 || !failure.message.includes('Not attached to an active page')) throw failure;
    await page.title();
  }
}
