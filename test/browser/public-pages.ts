import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import t from 'tap';
import { makePreviewLink } from '../../src/actions/preview-links.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { publish, publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { paste } from '../fixtures/paste.ts';
import { photo } from '../fixtures/photo.ts';
import { storedReceipts, withShownComments } from '../submitted.ts';
import { faultsOf, openWindow } from './chromium.ts';
import { look } from './look.ts';
import { type BrowsedSite, prove, sampleSite } from './site.ts';

const checking = '.btn:text-is("下一步：核对")';
const sending = '.btn:text-is("提交意见")';

t.test('every public page, in ordinary and in large type', async (t) => {
  const site = await sampleSite(t);
  const pages = await readingPages(site);
  const context = await openWindow(t);
  const page = await context.newPage();
  const faults = faultsOf(page);
  for (const [name, address] of Object.entries(pages))
    for (const large of ['', '/large']) {
      await page.goto(`${site.url}${large}${address}`);
      await look(t, page, large ? `large-${name}` : name);
    }
  t.same(await context.cookies(), [], 'no reading page sets a cookie');
  for (const large of ['', '/large']) await lookAtForms(t, site, page, large);
  for (const large of ['', '/large']) await lookAtReceipts(t, site, page, large);
  await lookAtRefusals(t, site, page);
  t.same(await context.cookies(), [], 'nor does a form or a receipt');
  t.same(faults, [], 'the console is quiet: nothing breaks the content security policy');
});

async function readingPages(site: BrowsedSite): Promise<Record<string, string>> {
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no caseworker');
  const withdrawn = await publish(site.db, caseworker, site.clock());
  await site.db
    .updateTable('consultations')
    .set({ withdrawn_at: site.clock(), withdrawn_reason: '上级已有统一规定，不再另行制定。' })
    .where('id', '=', withdrawn.id)
    .execute();
  const twice = await publish(site.db, caseworker, site.clock());
  await publishNext(site.db, caseworker, twice, nextPaste(), site.clock());
  const versions = `/consultations/${twice.number}/versions`;
  const shown = await withShownComments(site.db, caseworker, site.clock());
  const discussed = `/consultations/${shown.consultation.number}`;
  const at = async (word: string) => `/consultations/${await site.number(word)}`;
  return {
    home: '/',
    'home-search': '/?q=电动自行车',
    'home-nothing-found': '/?q=没有的词',
    help: '/help',
    upcoming: await at('公交'),
    'draft-sheet': `${await at('电动自行车')}/draft`,
    'form-sheet': `${await at('电动自行车')}/form`,
    fingerprints: `${await at('集中供水')}/fingerprints`,
    'numbered-notice-sheet': `${await at('集中供水')}/notices/1/sheet`,
    open: await at('电动自行车'),
    'open-outline': await at('电梯'),
    closed: await at('犬'),
    'answered-with-comments': await at('集中供水'),
    outcomes: `${await at('集中供水')}/outcomes`,
    'notice-numbered': `${await at('集中供水')}/notices/1`,
    'answered-nothing-received': await at('回收站点'),
    withdrawn: `/consultations/${withdrawn.number}`,
    'sheet-withdrawn': `/consultations/${withdrawn.number}/announcement`,
    'form-stopped': `/consultations/${withdrawn.number}/comments/new`,
    'preview-gone': '/previews/unknown',
    preview: await previewOf(site),
    'open-second-version': `/consultations/${twice.number}`,
    'first-version': `${versions}/1`,
    changes: `${versions}/2/changes`,
    'sheet-changes': `${versions}/2/changes/sheet`,
    'outline-first-version': `${await at('电梯')}/versions/1`,
    'outline-changes': `${await at('电梯')}/versions/2/changes`,
    'sheet-outline-changes': `${await at('电梯')}/versions/2/changes/sheet`,
    'outline-clause': `${await at('电梯')}/clauses/h1_4__h2_2`,
    'outline-deleted-clause': `${await at('电梯')}/versions/1/clauses/h1_4__h2_3`,
    'hant-outline-changes': `/hant${await at('电梯')}/versions/2/changes`,
    'open-with-comments': discussed,
    comments: `${discussed}/comments`,
    'hant-comments': `/hant${discussed}/comments`,
    'clause-with-comments': `${discussed}/clauses/art_3`,
    'clause-without-comments': `${discussed}/clauses/art_5`,
    'receipt-screened': `/receipts/${shown.receipt}`,
    clause: `/consultations/${twice.number}/clauses/art_4`,
    'clause-of-an-older-version': `${versions}/1/clauses/art_3`,
    'hant-home': '/hant',
    'hant-open': `/hant${await at('电动自行车')}`,
    'sheet-announcement': `${await at('电动自行车')}/announcement`,
    'sheet-notice': `${await at('回收站点')}/notice`,
    'sheet-notice-table': `${await at('集中供水')}/notice`,
    form: `${await at('电动自行车')}/comments/new?clause=art_5`,
    'form-whole-draft': `${await at('电动自行车')}/comments/new`,
    'form-unknown-clause': `${await at('电动自行车')}/comments/new?clause=art_999`,
    'too-early': `${await at('公交')}/comments/new`,
    'too-late-empty': `${await at('犬')}/comments/new`,
    'receipt-answered': `/receipts/${await answeredReceipt(site)}`,
    'not-found': '/consultations/1999-0001',
  };
}

async function previewOf({ db, deps, clock, officers }: BrowsedSite): Promise<string> {
  const { caseworker } = officers;
  if (!caseworker) throw new Error('no caseworker');
  const id = await startConsultation(db, { officer: caseworker, kind: 'other', source: paste() }, clock());
  const made = await makePreviewLink(db, { officer: caseworker, id, days: '7' }, deps.random, clock());
  if ('issues' in made) throw new Error('no link');
  return `/previews/${made.token}`;
}

async function answeredReceipt(site: BrowsedSite): Promise<string> {
  const { receipt_token } = await site.db
    .selectFrom('submissions')
    .innerJoin('consultations', 'consultations.id', 'consultation_id')
    .select('receipt_token')
    .where('number', '=', await site.number('集中供水'))
    .orderBy('submissions.id')
    .executeTakeFirstOrThrow();
  return receipt_token;
}

async function lookAtForms(t: Parameters<typeof look>[0], site: BrowsedSite, page: Page, large: string) {
  const name = (what: string) => (large ? `large-${what}` : what);
  const opened = site.clock();
  const form = `${site.url}${large}/consultations/${await site.number('电动自行车')}/comments/new?clause=art_5`;
  await page.goto(form);
  await page.click(checking);
  await look(t, page, name('form-errors'));
  await write(page);
  await page.click('.btn:text-is("再对另一条提意见")');
  await look(t, page, name('form-pick'));
  await page.click('.btn:text-is("对整个草案提意见")');
  await page.click('text=换到别的条款');
  await look(t, page, name('form-move'));
  await page.click('text=换到整个草案');
  await page.check('input[name=stance-1][value=support]');
  await page.fill('#text-1', '总体赞成。');
  await page.click(checking);
  await look(t, page, name('form-check'));
  await page.click('text=删除这一条：整体意见');
  await prove(site, page);
  await page.click(sending);
  await look(t, page, name('form-check-errors'));
  await attach(page, {
    '现场照片.jpg': await photo(600, 400),
    '补充说明.txt': Buffer.from('老旧小区的情况。'),
  });
  await look(t, page, name('form-check-files'));
  await attach(page, { '网页.pdf': Buffer.from('<!doctype html>') });
  await look(t, page, name('form-check-file-refused'));
  await fill(site, page);
  await page.click(sending);
  await page.waitForURL('**/receipts/*');
  await look(t, page, name('receipt'));
  await page.goto(form);
  await write(page);
  await page.click(checking);
  await fill(site, page);
  site.clock.set('2026-06-01T09:00:00+08:00');
  await page.click(sending);
  await look(t, page, name('too-late'));
  site.clock.set(opened);
}

/** Receipts of every kind: of several comments, withdrawn, entered at the desk and late, without what was sealed. */
async function lookAtReceipts(t: Parameters<typeof look>[0], site: BrowsedSite, page: Page, large: string) {
  const name = (what: string) => (large ? `large-${what}` : what);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no caseworker');
  const consultation = await publish(site.db, caseworker, site.clock());
  const tokens = await storedReceipts(site.db, consultation, caseworker, site.clock());
  const see = async (address: string, what: string) => {
    await page.goto(`${site.url}${large}/receipts/${address}`);
    await look(t, page, name(what));
  };
  await see(tokens.late, 'receipt-late');
  await see(`${tokens.late}/withdraw`, 'withdraw-refused');
  await see(tokens.several, 'receipt-several');
  await see(`${tokens.several}/withdraw`, 'withdraw');
  await page.evaluate(`document.querySelector('[name=formToken]').value = 'too old'`);
  await page.click('#withdraw');
  await look(t, page, name('withdraw-again'));
  await page.click('#withdraw');
  await page.waitForURL(`**/receipts/${tokens.several}`);
  await look(t, page, name('receipt-withdrawn'));
  await site.db.updateTable('submissions').set({ salt: null, hash: null }).execute();
  await see(`${tokens.several}/canonical.json`, 'seal-missing');
}

async function attach(page: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const chosen = Object.entries(files).map(([name, buffer]) => ({
    name,
    mimeType: 'application/pdf',
    buffer,
  }));
  await page.setInputFiles('#attachments', chosen);
  await page.click('text=添加附件');
}

/** A form from elsewhere, and a page whose table is out of reach. */
async function lookAtRefusals(t: Parameters<typeof look>[0], site: BrowsedSite, page: Page): Promise<void> {
  const target = `${site.url}/consultations/${await site.number('电动自行车')}/comments`;
  await page.goto('about:blank');
  await page.setContent(`<form method="post" action="${target}"><button>送出</button></form>`);
  const answer = page.waitForResponse(target);
  await page.click('button');
  t.equal((await answer).status(), 403);
  await page.waitForURL(target);
  await look(t, page, '403');
  await sql`alter table submissions rename to out_of_reach`.execute(site.db);
  t.equal((await page.goto(`${site.url}/receipts/unknown`))?.status(), 500);
  await look(t, page, '500');
  await sql`alter table out_of_reach rename to submissions`.execute(site.db);
}

async function write(page: Page): Promise<void> {
  await page.check('input[name=stance-0][value=amend]');
  await page.fill('#text-0', '建议明确充电场所与住宅的距离。\n老旧小区确实没有地方的，可以几个小区合用。');
  await page.fill('#proposedWording-0', '充电场所与住宅外墙的距离不小于六米。');
}

async function fill(site: BrowsedSite, page: Page): Promise<void> {
  await page.fill('#name', '朱清和');
  await page.fill('#email', 'zhu@example.cn');
  await page.check('input[name=consent][value=withName]');
  await prove(site, page);
}
