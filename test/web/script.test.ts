import t, { type Test } from 'tap';
import { inScript, loadFold } from '../../src/script.ts';
import { bareAddress, hrefIn } from '../../src/web/frame.ts';
import { publish } from '../consultation.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

async function open(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  return { ...site, consultation, to: `/consultations/${consultation.number}`, visitor: visit(site.app) };
}

t.test('words decide how a character is converted, and the words of a draft stay the same', async (t) => {
  const cases = [
    ['皇后的头发', '皇后的頭髮'],
    ['干部用的干燥设备', '幹部用的乾燥設備'],
    ['后来发展', '後來發展'],
    ['征求意见', '徵求意見'],
    ['软件和信息', '軟件和信息'],
  ];
  for (const [hans = '', hant = ''] of cases) t.equal(await inScript(hans, 'hant'), hant);
  t.equal(await inScript('瞭解條例規定的乾燥設備', 'hans'), '了解条例规定的干燥设备');
});

t.test('text that is in the script already stays as it was written', async (t) => {
  for (const text of ['第十條　區公所於里民大會後公布。', '著作權', '第三条　皇后']) {
    const script = /[條權]/.test(text) ? 'hant' : 'hans';
    t.equal(await inScript(text, script), text);
  }
});

t.test('addresses, values and names are never converted; what is read aloud is', async (t) => {
  const html =
    '<p title="征求意见"><a href="/?q=征求">征求</a><input value="征求" aria-label="关键词">' +
    '<textarea name="x">征求</textarea><td translate="no">于**</td>征求</p>';
  t.equal(
    await inScript(html, 'hant'),
    '<p title="徵求意見"><a href="/?q=征求">徵求</a><input value="征求" aria-label="關鍵詞">' +
      '<textarea name="x">征求</textarea><td translate="no">于**</td>徵求</p>',
  );
  t.equal(await inScript('<p>征求 < 1', 'hant'), '<p>徵求 < 1', 'a tag that never closes');
});

t.test('an address says how its page is shown, and can be taken apart again', async (t) => {
  for (const large of [true, false])
    for (const script of ['hans', 'hant', null] as const)
      for (const path of ['/', '/help', '/?q=水', '/consultations/2026-0001'])
        t.equal(bareAddress(hrefIn(large, path, script)), path);
  t.equal(hrefIn(true, '/help', 'hant'), '/large/hant/help');
  for (const path of ['/hantai', '/hans-page', '/hant%20', '/help/hant']) t.equal(bareAddress(path), path);
});

t.test(
  'a page in Traditional characters says so, links on in them, and leads back to the original',
  async (t) => {
    const { visitor, to } = await open(t);
    for (const large of ['', '/large'])
      for (const address of ['', to, `${to}/clauses/art_3`, `${to}/versions/1`, '/help']) {
        const page = await visitor.get(`${large}/hant${address}`);
        t.equal(page.status, 200, address);
        const html = page.document.querySelector('html');
        t.equal(html?.getAttribute('lang'), 'zh-Hant');
        t.equal(html?.getAttribute('class') ?? '', large.slice(1));
        t.match(page.text, '徵求意見');
        t.equal(page.document.querySelector('.banner a')?.getAttribute('href'), large + address || '/');
        const links = page.document
          .querySelectorAll('main a[href^="/"], .site')
          .map((a) => a.getAttribute('href'));
        t.strictSame(
          links.filter((href) => !href?.startsWith(`${large}/hant`)),
          [],
          'links keep the script',
        );
      }
  },
);

t.test('a page names its other scripts, and a page as written is not touched', async (t) => {
  const { visitor, to, app } = await open(t);
  const page = await visitor.get(to);
  const alternates = page.document
    .querySelectorAll('link[rel="alternate"]')
    .map((link) => [link.getAttribute('hreflang'), link.getAttribute('href')]);
  t.strictSame(alternates, [
    ['zh-Hans', `/hans${to}`],
    ['zh-Hant', `/hant${to}`],
    ['x-default', to],
  ]);
  t.equal(page.document.querySelector('html')?.getAttribute('lang'), 'zh-Hans');
  const etags = new Set<unknown>();
  for (const address of [to, `/hant${to}`, `/hans${to}`, `/large/hant${to}`])
    etags.add((await app.inject(address)).headers.etag);
  t.equal(etags.size, 4, 'each is kept as a page of its own');
});

t.test('forms and sheets stay as written, and their links keep the script', async (t) => {
  const { visitor, to } = await open(t);
  const form = await visitor.get(`/hant${to}/comments/new?clause=art_3`);
  t.equal(form.document.querySelector('html')?.getAttribute('lang'), 'zh-Hans');
  t.match(form.text, '下一步：核对');
  t.equal(form.document.querySelector('form')?.getAttribute('action'), `/hant${to}/comments`);
  const refused = await visitor.send('/comments', { 'text-0': '建议征求用户意见' }, 'do=check');
  t.equal(refused.status, 422);
  t.equal(refused.field('text-0'), '\n建议征求用户意见');
  t.match((await visitor.get(`/hant${to}/announcement`)).document.querySelector('h1')?.text, '公开征求');
});

t.test('a search finds across scripts, widths and cases, and gives back what was typed', async (t) => {
  const { visitor, consultation } = await open(t);
  const find = async (q: string) => visitor.get(`/hant?${new URLSearchParams({ q })}`);
  for (const q of [
    '農村供水',
    '农村供水',
    '農村　供水',
    consultation.number.replace('2', '２'),
    '徵求意見稿',
  ]) {
    const page = await find(q);
    t.equal(page.document.querySelectorAll('.list li').length, 1, q);
    t.equal(page.document.querySelector('#q')?.getAttribute('value'), q.replace(/\s+/gu, ' '));
  }
  t.match((await find('農村公路')).text, '沒有找到');
  t.match((await find('%')).text, '沒有找到', 'a wildcard is a character like others');
});

t.test('folding makes variants equal and keeps what differs apart', async (t) => {
  const fold = await loadFold();
  t.equal(fold('ＡＢＣ　臺灣條例'), fold('abc 台湾条例'));
  t.equal(fold('裏面裡面'), fold('里面里面'));
  t.equal(fold('⼀⽔'), '一水', 'radicals that PDF files give');
  t.not(fold('供水'), fold('排水'));
});
