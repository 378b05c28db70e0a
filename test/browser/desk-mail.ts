import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { mailboxFailed, mailboxWasRead } from '../../src/db/mailboxes.ts';
import { arrivals } from '../intake/arrivals.ts';
import { message, part, parts } from '../intake/letters.ts';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

const address = 'qyzjj@example.cn';
const exe = ['Content-Disposition: attachment; filename="a.exe"'];

/** Looks at the pages about the mailbox of the consultation at `at`, which is the only one that takes its messages. */
export async function lookAtMail(t: Test, site: BrowsedSite, page: Page, at: string): Promise<void> {
  await page.goto(`${at}/mail`);
  await look(t, page, 'desk-mail-nothing');
  const arrive = await arrivals(site, address);
  await mailboxWasRead(site.db, address, site.clock(), site.clock());
  const about = '加装电梯意见';
  const long = '建议写明费用怎样分摊，低层住户不出钱，但是不能反对。'.repeat(30);
  await arrive(message({ subject: about, text: `第三部分${long}` }));
  await arrive(message({ subject: about, text: '支持！', from: '"李四" <lisi@example.cn>' }));
  await arrive(
    parts({ subject: about }, part('text/plain; charset=utf-8', '见附件'), part('x/y', 'MZ', exe)),
  );
  await arrive(message({ subject: `自动回复：${about}`, text: '我正在休假，稍后回复。' }));
  await arrive(message({ subject: `【广告】${about}补贴`, text: '点击领取', header: ['X-Spam-Flag: YES'] }));
  await arrive(message({ from: 'postmaster@example.cn', text: 'mailbox unknown' }));
  await arrive(message({}));
  await arrive(message({ subject: '你们好', text: '这件事应该早点办。' }));
  await page.goto(`${at}/mail`);
  await look(t, page, 'desk-mail');
  await page.fill('main section.card input[type=text] >> nth=1', '本办法');
  await page.click('text=确认这一页的全部条款');
  await look(t, page, 'desk-mail-errors');
  await page.goto(`${at}/mail`);
  await page.click('main .card button >> nth=0');
  await page.click('text=仍搁置 >> nth=0');
  await page.goto(`${at}/mail?show=left`);
  await look(t, page, 'desk-mail-left');
  await page.goto(`${site.url}/desk/mail`);
  await look(t, page, 'desk-agency-mail');
  await page.click('text=收为意见 >> nth=0');
  await look(t, page, 'desk-agency-mail-errors');
  await mailboxFailed(site.db, address, 'refused', site.clock(), site.clock());
  await page.goto(at);
  await look(t, page, 'desk-mail-warned');
  await page.goto(`${site.url}/desk`);
  await look(t, page, 'desk-mail-due');
  await page.goto(`${site.url}/desk/mail`);
  await look(t, page, 'desk-mail-failing');
}
