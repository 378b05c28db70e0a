import t, { type Test } from 'tap';
import { blockViews, contentsOf } from '../../src/web/public/blocks.ts';
import { publish, publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { testSite } from '../support.ts';
import { type Page, visit } from '../visitor.ts';

async function open(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const to = `/consultations/${consultation.number}`;
  const next = () => publishNext(site.db, caseworker, consultation, nextPaste(), site.clock());
  return { ...site, consultation, to, next, visitor: visit(site.app) };
}

const hrefs = (page: Page, selector: string) =>
  page.document.querySelectorAll(selector).map((link) => link.getAttribute('href'));

t.test(
  'a clause has a page: its words with all below it, its place, its neighbours, a way to comment',
  async (t) => {
    const { visitor, to } = await open(t);
    const page = await visitor.get(`${to}/clauses/art_3`);
    t.equal(page.status, 200);
    t.match(page.document.querySelector('h1')?.text, /第三条$/);
    t.match(page.document.querySelector('.draft')?.text, /供水单位应当履行下列职责.*（一）.*（二）.*（三）/s);
    t.notMatch(page.document.querySelector('.draft')?.text, '一户一表');
    t.strictSame(hrefs(page, '.crumbs a'), ['/', to, `${to}/clauses/chp_2`]);
    t.strictSame(hrefs(page, '.turn a'), [`${to}/clauses/art_2`, `${to}/clauses/art_4`], 'across chapters');
    t.strictSame(hrefs(page, 'a.btn'), [`${to}/comments/new?version=1&clause=art_3`]);
    t.ok(hrefs(page, 'main a').includes(`${to}/versions/1/clauses/art_3`), 'its permanent address');
    t.ok(hrefs(page, 'main a').includes(`${to}#art_3`), 'its place in the draft');
  },
);

t.test(
  'every block of a draft has its page, the last has nothing after it, and what is not there is not found',
  async (t) => {
    const { visitor, to, db } = await open(t);
    const rows = await db.selectFrom('clauses').select('address').where('kind', '!=', 'furniture').execute();
    for (const { address } of rows)
      t.equal((await visitor.get(`${to}/clauses/${encodeURIComponent(address)}`)).status, 200, address);
    t.strictSame(hrefs(await visitor.get(`${to}/clauses/art_5`), '.turn a'), [`${to}/clauses/art_4`]);
    for (const address of [
      `${to}/clauses/art_9`,
      `${to}/versions/2/clauses/art_1`,
      `${to}/versions/x/clauses/art_1`,
    ])
      t.equal((await visitor.get(address)).status, 404, address);
  },
);

t.test('labels of the draft link to the pages of their clauses, in the mode of the page', async (t) => {
  const { visitor, to } = await open(t);
  const labels = hrefs(await visitor.get(`/large${to}`), '.draft a.label');
  t.ok(labels.includes(`/large${to}/clauses/art_3`));
  t.ok(labels.includes(`/large${to}/clauses/chp_1`));
});

t.test('a clause cannot be commented on when the consultation is closed or the version is old', async (t) => {
  const { visitor, to, next, clock, consultation } = await open(t);
  await next();
  t.equal(hrefs(await visitor.get(`${to}/versions/2/clauses/art_1`), 'a.btn').length, 1);
  t.equal(hrefs(await visitor.get(`${to}/versions/1/clauses/art_1`), 'a.btn').length, 0);
  clock.set(consultation.closesAt);
  t.equal(hrefs(await visitor.get(`${to}/clauses/art_1`), 'a.btn').length, 0);
});

t.test('a clause says what it was before and what became of it', async (t) => {
  const { visitor, to, next } = await open(t);
  await next();
  const newer = await visitor.get(`${to}/clauses/art_4`);
  t.ok(hrefs(newer, '.facts a').includes(`${to}/versions/1/clauses/art_3`));
  const older = await visitor.get(`${to}/versions/1/clauses/art_3`);
  t.match(older.text, '这是第1稿的条文，不是最新的');
  t.ok(hrefs(older, '.facts a').includes(`${to}/versions/2/clauses/art_4`));
});

t.test('the address of a clause that the newest version lacks leads to where it last stood', async (t) => {
  const { visitor, to, next, app } = await open(t);
  await next();
  const gone = await app.inject(`/large/hant${to}/clauses/art_3__subpara_3`);
  t.equal(gone.statusCode, 302);
  t.equal(gone.headers.location, `/large/hant${to}/versions/1/clauses/art_3__subpara_3`);
  t.match((await visitor.get(`${to}/clauses/art_3__subpara_3`)).text, /在其他各稿中.*删除.*没有这一条/);
});

t.test(
  'contents list divisions; where annexes are the only ones, articles by their first words, and annexes',
  async (t) => {
    const block = (address: string, change: object) => ({
      id: 0,
      address,
      kind: 'clause' as const,
      level: 'article' as const,
      parent: null,
      label: '',
      heading: '',
      text: '',
      rows: null,
      citation: '',
      ...change,
    });
    const articles = [
      block('art_1', { label: '第一条', text: '养犬管理实行登记制度。' }),
      block('art_2', { label: '第二条', text: '县公安局会同县农业农村局和县城市管理局负责养犬管理，' }),
      block('art_3', { label: '第三条', heading: '登记', text: '养犬人应当登记。' }),
    ];
    const annex = block('annex_1', { kind: 'annex', level: null, label: '附件', heading: '禁养犬种' });
    const chapter = block('chp_1', { level: 'chapter', label: '第一章', heading: '总则' });
    const texts = (clauses: Parameters<typeof blockViews>[0]) =>
      contentsOf(blockViews(clauses, '')).map(({ text }) => text);
    t.strictSame(texts([...articles, annex]), [
      '第一条　养犬管理实行登记制度',
      '第二条　县公安局会同县农业农村局…',
      '第三条【登记】',
      '附件　禁养犬种',
    ]);
    t.strictSame(texts([chapter, ...articles, annex]), ['第一章　总则', '附件　禁养犬种']);
  },
);
