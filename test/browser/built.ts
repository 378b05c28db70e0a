import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import t from 'tap';
import { startPortal } from '../../bench/process.ts';
import { faultsOf, openWindow } from './chromium.ts';

t.test('the built portal, started on an empty folder, shows its sample data in a browser', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-built-'));
  const portal = await startPortal({ DATA_DIR: folder, SAMPLE_DATA: 'on' });
  t.teardown(async () => {
    await portal.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const page = await (await openWindow(t)).newPage();
  const faults = faultsOf(page);
  await page.goto(`http://127.0.0.1:${portal.port}/`);
  t.equal(await page.locator('ul.list h3 a').count(), 6, 'six consultations');
  t.match(
    await page.evaluate('getComputedStyle(document.querySelector(".top")).backgroundColor'),
    'rgb(26, 79, 156)',
  );
  await page.click('ul.list h3 a >> nth=0');
  t.match(await page.innerText('main'), /公告内容[\s\S]*草案内容[\s\S]*公开意见及建议/);
  t.same(faults, [], 'the console is quiet');
});
