import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { createFirstInvitation } from '../../src/actions/accept-invitation.ts';
import { paste } from '../fixtures/paste.ts';
import { faultsOf, openWindow } from './chromium.ts';
import { lookAtAccount, lookAtColleague, lookAtForgotten } from './desk-accounts.ts';
import { lookAtAssignment, lookAtDepartments } from './desk-assignment.ts';
import { lookAtCorrections } from './desk-corrections.ts';
import { lookAtCounting } from './desk-counting.ts';
import { lookAtEntry, lookAtSheets } from './desk-entry.ts';
import { lookAtGroups } from './desk-groups.ts';
import { lookAtMail } from './desk-mail.ts';
import { lookAtStaleAnswers, lookAtStaleArrivals, lookAtStaleImport, type Two } from './desk-stale.ts';
import { lookAtVersions } from './desk-versions.ts';
import { look } from './look.ts';
import { type BrowsedSite, browsedSite, sampleSite, signIn } from './site.ts';

const faults: string[][] = [];

t.test('every desk page, as each officer sees it', async (t) => {
  const site = await sampleSite(t);
  await t.test('before signing in', async (t) => {
    const page = await deskPage(t);
    await page.goto(`${site.url}/desk`);
    await look(t, page, 'desk-sign-in');
    await page.fill('#login', 'nobody');
    await page.click('main button[type=submit]');
    await look(t, page, 'desk-sign-in-errors');
    await page.goto(`${site.url}/desk/invitations/unknown`);
    await look(t, page, 'desk-invitation-unknown');
    await lookAtForgotten(t, site, page, 'fangjingzhou');
    await lookAtAccount(t, site, page, await deskPage(t), 'fangjingzhou');
  });
  await t.test('a caseworker with a closed, an answered and an upcoming consultation', async (t) => {
    const page = await deskPage(t);
    await signIn(site, page, 'lumingqian');
    await look(t, page, 'desk-home');
    await lookAtEach(t, page, {
      'desk-closed': await site.desk('犬'),
      'desk-closed-handover': `${await site.desk('犬')}/handover`,
      'desk-home-one-kind': `${site.url}/desk?work=undisposed`,
      'desk-reminders': `${site.url}/desk/account/reminders`,
      'desk-closed-comments': `${await site.desk('犬')}/comments`,
      'desk-closed-comments-undisposed': `${await site.desk('犬')}/comments?disposition=undisposed`,
      'desk-closed-screen-together': `${await site.desk('犬')}/comments/screen-together`,
      'desk-closed-together': `${await site.desk('犬')}/comments/together`,
      'desk-templates': `${site.url}/desk/templates`,
      'desk-closed-channels': `${await site.desk('犬')}/channels`,
      'desk-closed-letters': `${await site.desk('犬')}/letters`,
      'desk-closed-exports': `${await site.desk('犬')}/exports`,
      'desk-closed-notice': `${await site.desk('犬')}/notice`,
      'desk-closed-words': `${await site.desk('犬')}/notice/words`,
      'desk-closed-word': `${await site.desk('犬')}/notice/words/asked`,
      'desk-closed-dropped': `${await site.desk('犬')}/notice/dropped`,
      'desk-closed-sheet': `${await site.desk('犬')}/notice/sheet`,
      'desk-answered': await site.desk('集中供水'),
      'desk-answered-comments': `${await site.desk('集中供水')}/comments`,
      'desk-answered-channels': `${await site.desk('集中供水')}/channels`,
      'desk-answered-correction': `${await site.desk('集中供水')}/notice/correction`,
      'desk-answered-words': `${await site.desk('集中供水')}/notice/words`,
      'desk-answered-notice': `${await site.desk('集中供水')}/notice`,
      'desk-upcoming': await site.desk('公交'),
      'desk-large-home': `${site.url}/large/desk`,
      'desk-large-closed-comments': `${site.url}/large${new URL(await site.desk('犬')).pathname}/comments`,
      'desk-not-found': `${site.url}/desk/consultations/999999`,
      'desk-refused': `${site.url}/desk/officers`,
    });
    await lookAtLetters(t, site, page);
    await lookAtCorrections(t, page, {
      closed: await site.desk('犬'),
      answered: await site.desk('集中供水'),
    });
    await page.goto(`${await site.desk('犬')}/comments`);
    await page.click('section.card button[type=submit] >> nth=0');
    await look(t, page, 'desk-disposition-errors');
    await lookAtAssignment(t, page, await site.desk('犬'));
    await lookAtGroups(t, site, page, await site.desk('犬'));
    const colleague = await deskPage(t);
    await signIn(site, colleague, 'wenhuaijin');
    await lookAtStaleAnswers(t, site, { page, colleague }, await site.desk('犬'));
    await lookAtPreparing(t, site, { page, colleague });
  });
  await t.test('a caseworker with open consultations', async (t) => {
    const page = await deskPage(t);
    await signIn(site, page, 'suwenlan');
    await lookAtEach(t, page, {
      'desk-open': await site.desk('电梯'),
      'desk-open-handover': `${await site.desk('电梯')}/handover`,
      'desk-open-comments': `${await site.desk('电梯')}/comments`,
      'desk-open-comments-filtered': `${await site.desk('电梯')}/comments?screening=shown&words=电梯`,
      'desk-open-comment': `${await site.desk('电梯')}/comments/${await commentWith(site, '轮椅')}`,
      'desk-open-comment-covered': `${await site.desk('电梯')}/comments/${await commentWith(site, '膝盖')}`,
      'desk-open-channels': `${await site.desk('电梯')}/channels`,
      'desk-open-notice': `${await site.desk('电梯')}/notice`,
      'desk-open-preview': `${await site.desk('电梯')}/preview`,
      'desk-open-extension': `${await site.desk('电梯')}/extension`,
    });
    await lookAtEntry(t, page, await site.desk('电梯'));
    await lookAtScreening(t, site, page);
    await lookAtSheets(t, site, page, await site.desk('电梯'));
    await lookAtMail(t, site, page, await site.desk('电梯'));
    const colleague = await deskPage(t);
    await signIn(site, colleague, 'qiaomingyue');
    await lookAtStaleArrivals(t, site, { page, colleague }, await site.desk('电梯'));
    const other = await page.context().newPage();
    await lookAtVersions(t, page, other, await site.desk('电梯'));
    await page.goto(`${await site.desk('电梯')}/versions`);
    await page.evaluate("document.querySelector('main [name=_csrf]').value = 'past'");
    await page.click('main button:text("开始")');
    t.match(await page.innerText('h1'), '还没有提交');
    await look(t, page, 'desk-403');
  });
  await t.test('an approver', async (t) => {
    const page = await deskPage(t);
    await signIn(site, page, 'tanshouyi');
    await look(t, page, 'desk-approver-home');
    await lookAtEach(t, page, {
      'desk-approver-notice': `${await site.desk('犬')}/notice`,
      'desk-stop': `${await site.desk('犬')}/stop`,
      'desk-approver-exports': `${await site.desk('犬')}/exports`,
    });
    await page.click('text=导出含姓名和联系方式的清单');
    await look(t, page, 'desk-exports-errors');
  });
  await t.test('an administrator', async (t) => {
    const page = await deskPage(t);
    await signIn(site, page, 'qiaomingyue');
    await lookAtEach(t, page, {
      'desk-audit': `${site.url}/desk/audit`,
      'desk-audit-filtered': `${site.url}/desk/audit?from=gestern&what=commentDisposed`,
      'desk-audit-consultation': `${await site.desk('犬')}/audit`,
      'desk-officers': `${site.url}/desk/officers`,
    });
    await page.goto(`${site.url}/desk/audit`);
    t.ok(
      ((await page.locator('main td').first().boundingBox())?.width ?? 0) > 250,
      'a trace is read downwards on a phone',
    );
    await lookAtDepartments(t, site, page);
    await page.goto(`${site.url}/desk/officers`);
    await page.click('text=添加并邀请');
    await look(t, page, 'desk-officers-errors');
    await page.fill('#officerName', '季承安');
    await page.fill('#login', 'jichengan');
    await page.check('input[name=role][value=caseworker]');
    await page.click('text=添加并邀请');
    await look(t, page, 'desk-officers-added');
    const link = new URL(await page.innerText('#link'));
    const invited = await deskPage(t);
    await invited.goto(site.url + link.pathname);
    await look(t, invited, 'desk-invitation');
    await invited.click('main button[type=submit]');
    await look(t, invited, 'desk-invitation-errors');
    await lookAtColleague(t, site, page, { login: 'fangjingzhou', name: '方敬舟' });
  });
});

t.test('the pages of a consultation whose very many comments are being counted', async (t) => {
  const site = await sampleSite(t);
  const page = await deskPage(t);
  await signIn(site, page, 'lumingqian');
  await lookAtCounting(t, site, page, await site.desk('犬'));
});

t.test('the page of the very first officer', async (t) => {
  const site = await browsedSite(t);
  await site.db.deleteFrom('officers').execute();
  const token = await createFirstInvitation(site.db, site.deps.random, site.clock());
  const page = await deskPage(t);
  await page.goto(`${site.url}/desk/invitations/${token}`);
  await look(t, page, 'desk-first-officer');
  await page.click('main button[type=submit]');
  await look(t, page, 'desk-first-officer-errors');
});

t.test('the console was quiet on every desk page: nothing breaks the content security policy', async (t) => {
  t.same(faults.flat(), []);
});

async function lookAtScreening(t: Test, site: BrowsedSite, page: Page): Promise<void> {
  const comments = `${await site.desk('电梯')}/comments`;
  await page.goto(`${comments}/${await commentWith(site, '轮椅')}`);
  await page.fill('#passages', '没有的话');
  await page.click('text=预览');
  await look(t, page, 'desk-redaction-errors');
  await page.fill('#passages', '我爱人坐轮椅');
  await page.click('text=预览');
  await look(t, page, 'desk-redaction-preview');
  await page.goto(comments);
  await page.check('label:text("勾选") >> nth=0');
  await page.click('#bulk button');
  await look(t, page, 'desk-screening-errors');
  await page.check('#bulk input[value=shown]');
  await page.check('#bulk input[value=page]');
  await page.click('#bulk button');
  t.match(await page.innerText('.done'), '已审核');
  await look(t, page, 'desk-screened');
}

async function commentWith(site: BrowsedSite, word: string): Promise<number> {
  const found = await site.db
    .selectFrom('comments')
    .select('id')
    .where('text', 'like', `%${word}%`)
    .executeTakeFirstOrThrow();
  return found.id;
}

async function deskPage(t: Test): Promise<Page> {
  const page = await (await openWindow(t)).newPage();
  faults.push(faultsOf(page));
  return page;
}

async function lookAtEach(t: Test, page: Page, pages: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    await look(t, page, name);
  }
}

async function lookAtLetters(t: Test, site: BrowsedSite, page: Page): Promise<void> {
  await page.goto(`${await site.desk('犬')}/letters`);
  await page.click('text=看全文');
  await look(t, page, 'desk-letter');
  const setAside = {
    sent_at: null,
    failed_at: site.clock(),
    attempts: 12,
    last_error: '550 5.1.1 (address): mailbox unknown',
  };
  await site.db.updateTable('letters').set(setAside).execute();
  await lookAtEach(t, page, {
    'desk-closed-letters-failed': `${await site.desk('犬')}/letters?show=failed`,
    'desk-closed-warned': await site.desk('犬'),
  });
  await page.goto(`${await site.desk('犬')}/letters`);
  await page.click('text=未能送达的全部再发一次');
  await look(t, page, 'desk-closed-letters-again');
}

async function lookAtPreparing(t: Test, site: BrowsedSite, two: Two): Promise<void> {
  const { page } = two;
  await page.goto(`${site.url}/desk/consultations/new`);
  await look(t, page, 'desk-new');
  await page.click('text=识别文本');
  await look(t, page, 'desk-new-errors');
  await page.check('input[name=kind][value=majorDecision]');
  await page.fill('#source', paste('2026年3月8日下午6时'));
  await page.click('text=识别文本');
  await look(t, page, 'desk-announcement');
  const at = new URL(page.url()).pathname.replace(/\/announcement$/, '');
  await page.fill('#closesAt', '明天');
  await page.click('text=保存，下一步核对草案');
  await look(t, page, 'desk-announcement-errors');
  await lookAtEach(t, page, {
    'desk-draft': `${site.url}${at}/draft`,
    'desk-source': `${site.url}${at}/source`,
    'desk-imports': `${site.url}${at}/imports`,
    'desk-preview-issues': `${site.url}${at}/preview`,
    'desk-release': `${site.url}${at}/release`,
    'desk-preparing': `${site.url}${at}`,
  });
  await lookAtRepair(t, page, `${site.url}${at}`);
  await lookAtStaleImport(t, two, `${site.url}${at}`);
  await page.goto(`${site.url}${at}/announcement`);
  await page.fill('#reasonForShortening', '汛期将至，需要尽快施行。');
  await page.fill('#siteName', '清源县人民政府网');
  await page.click('text=保存，下一步核对草案');
  await page.goto(`${site.url}${at}/preview`);
  await look(t, page, 'desk-preview');
  await page.click('main button:text-is("发布")');
  await look(t, page, 'desk-published');
}

async function lookAtRepair(t: Test, page: Page, at: string): Promise<void> {
  await page.goto(`${at}/imports`);
  await page.click('ol.imports h2 a');
  await look(t, page, 'desk-import');
  await page.click('text=移除这份文本');
  await look(t, page, 'desk-import-discard');
  await page.goto(`${at}/draft`);
  await page.click('#row-9 summary');
  await page.click('#row-9 button[value^=indent]');
  await look(t, page, 'desk-draft-edited');
  await page.click('#row-9 summary');
  await page.click('#row-9 button[value^=open]');
  await look(t, page, 'desk-row');
  await page.click('button[value=split]');
  await look(t, page, 'desk-row-errors');
  await page.goto(`${at}/draft`);
  await page.click('text=撤销：');
  await look(t, page, 'desk-draft-undone');
}
