import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { placeComments } from '../../src/actions/place-comment.ts';
import { redactComment } from '../../src/actions/redact-comment.ts';
import { screenComments } from '../../src/actions/screen-comments.ts';
import { withdrawSubmission } from '../../src/actions/withdraw-submission.ts';
import { publicVersion } from '../../src/db/public-version.ts';
import { publish, publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';
import { type Page, visit } from '../visitor.ts';

type Comment = Parameters<typeof stored>[2][number];

async function open(t: Test, showsComments = true) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const { db, clock } = site;
  const consultation = await publish(db, caseworker, clock(), undefined, { showsComments });
  const to = `/consultations/${consultation.number}`;
  const consultationId = consultation.id;
  /** Stores one comment; gives its id and its receipt's token. */
  const send = async (comment: Comment, change: object = {}) => {
    const token = await stored(db, consultation, [comment], { receivedAt: clock(), ...change });
    const { rows } = await sql<{ id: number }>`select max(id)::int as id from comments`.execute(db);
    return { token, id: rows[0]?.id ?? 0 };
  };
  const screen = (ids: readonly number[], verdict: 'shown' | 'hidden' = 'shown') =>
    screenComments(
      db,
      {
        officer: caseworker,
        consultationId,
        comments: ids.map((id) => ({ id, seen: 0 })),
        screening: { verdict, reason: verdict === 'hidden' ? '含有侮辱性语言' : '' },
        looked: true,
      },
      clock(),
    );
  /** Stores comments in one submission and shows them; gives the ids. */
  const show = async (...comments: Comment[]) => {
    await stored(db, consultation, comments, { receivedAt: clock() });
    const { rows } = await sql<{ id: number }>`select id::int from comments order by id`.execute(db);
    const ids = rows.map(({ id }) => id);
    await screen(ids);
    return ids;
  };
  return { ...site, caseworker, consultation, to, visitor: visit(site.app), send, screen, show };
}

const cards = (page: Page) =>
  page.document.querySelectorAll('article.card').map((card) => card.text.replace(/\s+/g, ' ').trim());

/** The counts beside the clauses of a draft, by where they lead. */
const counts = (page: Page) =>
  page.document
    .querySelectorAll('.draft .ask')
    .filter((link) => link.text.startsWith('公众意见'))
    .map((link) => [link.getAttribute('href'), Number(/\d+/.exec(link.text)?.[0])]);

t.test(
  'readers see what was shown, with the name that was agreed to, and nothing else of its sender',
  async (t) => {
    const { to, visitor, send, screen } = await open(t);
    const quotation = { exact: '每日检测水质', prefix: '', suffix: '' };
    const person = { name: '朱清和', phone: '0999-5550188', email: 'zhu@example.cn' };
    const comment = { clause: 'art_3', text: '写明项目 <b>', quotation, proposedWording: '每日检测浊度；' };
    const named = await send(comment, { ...person, consent: 'withName' });
    const unnamed = await send({ clause: 'art_3', text: '赞成。', stance: 'support' }, person);
    const firm = { name: '清源县第一中学', commenterKind: 'organisation', consent: 'withName' };
    const organisation = await send(
      { clause: 'art_3', text: '学校的用水怎么算？', stance: 'question' },
      firm,
    );
    const refused = await send({ clause: 'art_3', text: '请不要公开。' }, { consent: 'no' });
    const waiting = await send({ clause: 'art_3', text: '还没有审核。' });
    const hidden = await send({ clause: 'art_3', text: '骂人的话。' });
    await screen([named.id, unnamed.id, organisation.id, refused.id]);
    await screen([hidden.id], 'hidden');
    const page = await visitor.get(`${to}/clauses/art_3`);
    t.strictSame(cards(page), [
      '清源县第一中学疑问 2026年3月1日 学校的用水怎么算？',
      '个人赞成 2026年3月1日 赞成。',
      '朱**修改 2026年3月1日 引用原文 每日检测水质 意见内容 写明项目 <b> 建议改为 每日检测浊度；',
    ]);
    t.match(page.html, '写明项目 &lt;b&gt;');
    t.notMatch(page.html, /清和|5550188|zhu@example|请不要公开|还没有审核|骂人/);
    t.equal(page.headers['set-cookie'], undefined);
    t.match(page.headers['cache-control'], 'public');
    const all = await visitor.get(`${to}/comments`);
    t.equal(cards(all).length, 3);
    t.match(cards(all)[0], '针对第三条');
    t.match((await visitor.get(`/receipts/${waiting.token}`)).text, /审核 ?等待审核/);
    t.match(
      (await visitor.get(`/receipts/${hidden.token}`)).text,
      /审核 ?未公开；仍计入总数，照常研究办理 ?未公开的理由 ?含有侮辱性语言/,
    );
    t.notMatch((await visitor.get(`/receipts/${refused.token}`)).text, /审核 ?已公开/);
    const receipt = await visitor.get(`/receipts/${named.token}`);
    t.match(receipt.text, /审核 ?已公开 看公开的内容/);
    const lead = receipt.document.querySelector('dd a[href*="/clauses/"]')?.getAttribute('href');
    t.equal(lead, `${to}/versions/1/clauses/art_3#comments`);
    t.equal(cards(await visitor.get(lead?.split('#')[0] ?? '')).length, 3);
  },
);

t.test('every shown comment is counted at one clause of the draft page, and read there', async (t) => {
  const { to, visitor, show } = await open(t);
  const [, , onItem] = await show(
    { clause: 'art_3' },
    { clause: 'chp_2' },
    { clause: 'art_3__subpara_1', text: '关于第一项' },
    { clause: 'art_4' },
    { text: '关于整个草案' },
  );
  const page = await visitor.get(to);
  t.strictSame(counts(page), [
    [`${to}/clauses/chp_2#comments`, 1],
    [`${to}/clauses/art_3#comments`, 2],
    [`${to}/clauses/art_4#comments`, 1],
  ]);
  t.match(page.text, '已经公开5条公众意见');
  for (const [link, count] of counts(page))
    t.equal(cards(await visitor.get(String(link).split('#')[0] ?? '')).length, count, String(link));
  t.match(cards(await visitor.get(`${to}/clauses/art_3`))[0], /针对第三条第（一）项 关于第一项/);
  t.equal(cards(await visitor.get(`${to}/clauses/art_3__subpara_1`)).length, 1, 'an item has a page, too');
  t.ok(visitor.page().document.querySelector(`#comment-${onItem}`));
  t.match(cards(await visitor.get(`${to}/comments`))[0], /针对整个草案 关于整个草案/);
});

t.test('comments on an older version are read there, and on the newest where they stand', async (t) => {
  const { db, clock, caseworker, consultation, to, visitor, show } = await open(t);
  const [, second] = await show(
    { clause: 'art_3', text: '关于旧第三条' },
    { clause: 'art_2', text: '关于旧第二条' },
  );
  await publishNext(db, caseworker, consultation, nextPaste(), clock());
  t.strictSame(counts(await visitor.get(to)), [
    [`${to}/clauses/art_2#comments`, 1],
    [`${to}/clauses/art_4#comments`, 1],
  ]);
  t.match(cards(await visitor.get(`${to}/clauses/art_4`))[0], /针对第1稿第三条 关于旧第三条/);
  t.strictSame(counts(await visitor.get(`${to}/versions/1`)), [
    [`${to}/versions/1/clauses/art_2#comments`, 1],
    [`${to}/versions/1/clauses/art_3#comments`, 1],
  ]);
  t.match(cards(await visitor.get(`${to}/versions/1/clauses/art_3`))[0], /2026年3月1日 关于旧第三条/);
  const placed = { commentIds: [second ?? 0] };
  await placeComments(
    db,
    {
      officer: caseworker,
      consultationId: consultation.id,
      version: 2,
      placed,
      choice: { address: 'art_6' },
    },
    clock(),
  );
  t.match(cards(await visitor.get(`${to}/clauses/art_6`))[0], '关于旧第二条', 'where an officer put it');
  t.equal(cards(await visitor.get(`${to}/clauses/art_2`)).length, 0);
  t.equal(cards(await visitor.get(`${to}/versions/1/clauses/art_2`)).length, 1, 'and where it was made');
});

t.test('pages follow one another to the first comment, none twice and none left out', async (t) => {
  const { to, visitor, show } = await open(t);
  const ids = await show(...Array.from({ length: 45 }, (_, nr) => ({ clause: 'art_3', text: `第${nr}条` })));
  for (const address of [`${to}/clauses/art_3`, `${to}/comments`]) {
    const read: string[] = [];
    for (let next: string | undefined = address; next; ) {
      const page: Page = await visitor.get(next);
      t.match(page.text, /45条/);
      read.push(...page.document.querySelectorAll('article.card').map((card) => card.id));
      next = page.document
        .querySelector('a[rel="next"][href*="before="]')
        ?.getAttribute('href')
        ?.split('#')[0];
    }
    t.strictSame(
      read,
      ids.toReversed().map((id) => `comment-${id}`),
    );
    t.equal(
      (await visitor.get(`${address}?before=${ids[0]}`)).status,
      404,
      'there is nothing before the first',
    );
    t.equal(
      cards(await visitor.get(`${address}?before=x&before=1`)).length,
      20,
      'what makes no sense is not minded',
    );
  }
});

t.test('a submission changes no page; screening, covering and withdrawal do at once', async (t) => {
  const { db, clock, caseworker, consultation, to, visitor, send, screen } = await open(t);
  const address = `${to}/clauses/art_3`;
  const first = await visitor.get(address);
  t.match(first.text, '还没有公开的意见');
  t.match((await visitor.get(to)).text, '现在还没有公开的意见');
  const version = await publicVersion(db);
  const { id, token } = await send({ clause: 'art_3', text: '请打13812345678找我。' });
  t.equal(await publicVersion(db), version);
  await screen([id]);
  t.match(cards(await visitor.get(address))[0], '13812345678');
  const covered = { officer: caseworker, consultationId: consultation.id, commentId: id, seen: 0 };
  await redactComment(db, { ...covered, passages: ['13812345678'], reason: '保护个人信息' }, clock());
  t.notMatch((await visitor.get(address)).html, '13812345678');
  t.match(
    (await visitor.get(`/receipts/${token}`)).text,
    /请打13812345678.*遮盖部分内容的理由 ?保护个人信息/,
  );
  await withdrawSubmission(db, token, clock);
  t.equal(cards(await visitor.get(address)).length, 0);
  t.equal(cards(await visitor.get(`${to}/comments`)).length, 0);
  t.notMatch((await visitor.get(`/receipts/${token}`)).text, '看公开的内容');
});

t.test('where a consultation shows no comments, nothing is said of them', async (t) => {
  const { to, visitor, show, send } = await open(t, false);
  await show({ clause: 'art_3', text: '不公开的意见' });
  const { token } = await send({ clause: 'art_3' });
  t.equal((await visitor.get(`${to}/comments`)).address, to, 'the address of a sent form leads to the draft');
  t.equal((await visitor.get(`${to}/comments?before=1`)).status, 404);
  t.equal((await visitor.get('/consultations/1999-0001/comments')).status, 404);
  for (const address of [to, `${to}/clauses/art_3`, `/receipts/${token}`])
    t.notMatch((await visitor.get(address)).text, /公众意见|审核/, address);
});
