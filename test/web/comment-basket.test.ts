import fc from 'fast-check';
import t from 'tap';
import { mostComments } from '../../src/domain/comment.ts';
import { cleanLine, cleanText } from '../../src/domain/text.ts';
import { type Basket, basketIn, fieldsOf, versionIn } from '../../src/web/public/comment/basket.ts';
import { about, held, openForm, written } from '../citizen.ts';
import { publishNext } from '../consultation.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import type { Page } from '../visitor.ts';

/** The comments on a check page: clause, stance, words. */
const cards = (page: Page) =>
  page.document
    .querySelectorAll('.card')
    .map((card) => ['h3', '.tag', '.kept'].map((part) => card.querySelector(part)?.text).join(' '));

t.test(
  'comments on several clauses and on the whole draft are written, checked and sent at once',
  async (t) => {
    const { form, press, write, send, stored } = await openForm(t);
    await form();
    const draft = await write(written, 0, 'pick');
    t.equal(draft.status, 200);
    t.match(draft.text, /已经写好1条.*第一章 总则.*一户一表.*农村供水价格表/s);
    const buttons = draft.document
      .querySelectorAll('button.ask')
      .map((each) => [each.getAttribute('value'), each.text]);
    t.strictSame(buttons.slice(2, 4), [
      ['write:art_3', '再对本条提意见：第三条'],
      ['write:art_4', '对本条提意见：第四条'],
    ]);
    const second = await press('write:art_4');
    t.match(second.document.querySelector('h1')?.text, '对第四条提意见');
    t.match(second.document.querySelector('.quote')?.text, '一户一表');
    t.match(second.text, '已经写好1条，会一起提交：第三条。');
    await write({ stance: 'question', text: '几时装表？' }, 1, 'pick');
    await press('write:');
    const check = await write({ stance: 'support', text: '总体赞成。' }, 2);
    t.match(cards(check), [/^第三条 修改 建议写明/, /^第四条 疑问 几时装表/, /^整体意见 赞成 总体赞成/]);
    const receipt = await send();
    t.match(receipt.text, /意见已收到.*第三条.*第四条.*几时装表？.*整体意见.*总体赞成。/s);
    t.strictSame(
      (await stored()).map((each) => [each.clauseAddress, each.stance]),
      [
        ['', 'support'],
        ['art_3', 'amend'],
        ['art_4', 'question'],
      ],
    );
  },
);

t.test('a page where nothing was typed yet loses nothing and adds nothing', async (t) => {
  const { form, press, write } = await openForm(t);
  await form();
  const draft = await press('pick');
  t.equal(draft.status, 200);
  t.equal(draft.document.querySelector('button[value="check"]'), null, 'there is nothing to check');
  await press('write:art_2');
  await write({ stance: 'support', text: '赞成。' }, 0, 'pick');
  await press('write:art_4');
  t.match(cards(await press('check')), [/^第二条 赞成/], 'the empty one is dropped');
  await press('edit:0');
  const told = await write({ stance: '', text: '' });
  t.equal(told.status, 422, 'the only one is not');
});

t.test('a comment is changed, deleted, brought back and moved to another clause', async (t) => {
  const { form, press, write, told } = await openForm(t);
  await form();
  await write(written, 0, 'pick');
  await press('write:art_4');
  await write({ stance: 'delete', text: '删去。' }, 1);
  const edit = await press('edit:0', about);
  for (const [name, value] of Object.entries(written)) t.equal(held(edit, `${name}-0`), value, name);
  await write({ text: '建议每日检测。' });
  const [first] = cards(await press('check'));
  t.match(first, '建议每日检测。');
  const less = await press('remove:0');
  t.match(cards(less), [/^第四条/]);
  t.equal(held(less, 'name'), about['name'], 'what was told of the person stays');
  const back = await press('restore');
  t.match(cards(back), [/^第四条 删除/, /^第三条 修改 建议每日检测。/]);
  await press('edit:1');
  await press('move');
  await press('moveTo:art_2');
  t.match(cards(await press('check')), [/^第四条/, /^第二条 修改 建议每日检测。/]);
  await press('remove:0');
  const none = await press('remove:0');
  t.match(
    none.document.querySelector('h1')?.text,
    '选一条，提意见',
    'without comments there is only the draft',
  );
  t.match(cards(await press('restore')), [/^第二条/]);
  t.strictSame(told(), []);
});

t.test('words are quoted from the clause that the page shows, with what stands around them', async (t) => {
  const { form, write, press, send, db } = await openForm(t);
  await form();
  const wrong = await write({ ...written, quotation: '每周检测水质' });
  t.equal(wrong.status, 422);
  t.equal(wrong.document.querySelector('.errors a')?.getAttribute('href'), '#quotation-0');
  t.equal(held(wrong, 'quotation-0'), '每周检测水质');
  const check = await write({ quotation: ' 每日检测\n水质；\n（二）公布 服务电话 ' });
  t.match(check.document.querySelector('.card .quote')?.text, '每日检测');
  await press('send', { 'clause-0': 'art_1', ...about, captcha: 'x' });
  t.match(await write({ clause: 'art_3', quotation: '不在里面' }), { status: 422 });
  await write({ quotation: '每日检测水质；（二）公布服务电话' });
  t.match((await send()).text, '意见已收到');
  const [row] = await db.selectFrom('comments').select('quotation').execute();
  t.strictSame(row?.quotation, {
    exact: '每日检测水质； （二）公布服务电话',
    prefix: '第三条供水单位应当履行下列职责： （一）',
    suffix: '； （三）接到报修后二十四小时内到达现场。',
  });
});

t.test('a comment that is not well leads to its own page, whichever page it was sent from', async (t) => {
  const { form, write, press, told, visitor } = await openForm(t);
  await form();
  await write(written, 0, 'pick');
  await press('write:art_4');
  await write({ stance: 'support', text: '赞成。' }, 1);
  const tampered = await press('send', { ...about, 'text-1': '', captcha: 'x' });
  t.equal(tampered.status, 422);
  t.strictSame(told(), ['#text-1']);
  t.match(tampered.document.querySelector('h1')?.text, '对第四条提意见');
  t.equal(held(tampered, 'text-0'), written.text, 'the others are carried along');
  t.equal(held(tampered, 'name'), about['name']);
  await write({ text: '赞成。' }, 1);
  t.equal(held(visitor.page(), 'name'), about['name']);
});

t.test('a hundred comments are one submission, and one more is told to go into another', async (t) => {
  const { form, press, write, send, stored, visitor, told } = await openForm(t);
  await form();
  await write();
  const many = Object.fromEntries(
    Array.from({ length: mostComments - 1 }, (_, index) => [
      [`clause-${index + 1}`, index % 2 ? 'art_2' : ''],
      [`stance-${index + 1}`, 'other'],
      [`text-${index + 1}`, `第${index + 1}点。`],
    ]).flat(),
  );
  const full = await press('check', many);
  t.equal(cards(full).length, mostComments);
  t.equal(full.document.querySelector('button[value="pick"]'), null);
  const over = await visitor.send('/comments', { do: 'write:art_5' });
  t.equal(over.status, 422);
  t.match(over.text, '一次最多提100条意见');
  t.equal(cards(over).length, mostComments);
  const tooMany = await press('send', { 'clause-100': '', 'stance-100': 'other', 'text-100': '多一点。' });
  t.equal(tooMany.status, 422);
  t.match(tooMany.text, '多一点。');
  t.equal(told()[0], '#comments');
  t.ok(tooMany.document.querySelector('#comments'), 'the summary leads somewhere');
  t.equal(cards(await press('remove:100')).length, mostComments);
  t.match((await send()).text, '意见已收到');
  t.equal((await stored()).length, mostComments);
  t.equal(visitor.page().status, 200);
});

t.test('only what the consultation asks for is asked for, told about and kept', async (t) => {
  const { form, write, press, send, told, db } = await openForm(t, {
    asks: { name: 'no', phone: 'no', email: 'required' },
  });
  await form();
  const check = await write();
  for (const name of ['name', 'phone']) t.equal(check.document.querySelector(`#${name}`), null, name);
  t.match(check.text, '您填写的电子邮箱，和您的意见');
  t.notMatch(check.text, '电子邮箱 （选填）');
  t.equal(check.document.querySelector('[name="consent"][value="withName"]'), null);
  await press('send', { consent: 'no', captcha: 'x' });
  t.strictSame(told(), ['#email']);
  await send({ ...about, email: '', consent: 'withName' });
  t.strictSame(told(), ['#email', '#consent'], 'nobody is named who was not asked for a name');
  t.match((await send({ ...about, consent: 'withoutName' })).text, '意见已收到');
  const [row] = await db.selectFrom('submissions').select(['name', 'phone', 'email']).execute();
  t.strictSame(row, { name: '', phone: '', email: 'zhu@example.cn' });
});

t.test('a form changed after it was sent is not taken for the one that was sent', async (t) => {
  const { form, write, send, stored, solved, app, to } = await openForm(t);
  await form();
  const check = await write();
  const old = Object.fromEntries(
    ['formToken', 'draftVersion', 'captchaId'].map((name) => [name, check.field(name) ?? '']),
  );
  const words = Object.fromEntries(Object.entries(written).map(([name, value]) => [`${name}-0`, value]));
  const typed = { ...old, ...words, ...about, ...(await solved()), 'clause-0': 'art_3', do: 'send' };
  const receipt = await send();
  const resend = (change: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `${to}/comments`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...(typed as Record<string, string>), ...change }).toString(),
    });
  t.equal((await resend({})).headers.location, receipt.address);
  const changed = await resend({ 'text-0': '又想到一点。' });
  t.equal(changed.statusCode, 422);
  t.match(changed.body, /回执编号2026-\d{4}-\d{6}。现在的内容与那次不一样.*又想到一点。/s);
  t.notMatch(changed.body, old['formToken'], 'it can be sent as a form of its own');
  for (const change of [{ 'quotation-0': '每日检测水质' }, { consent: 'no' }, { 'clause-0': 'art_2' }])
    t.equal((await resend(change as Record<string, string>)).statusCode, 422, JSON.stringify(change));
  t.equal((await stored()).length, 1);
});

t.test('late, a refused form keeps the words of every comment under the name of its clause', async (t) => {
  const { form, write, press, clock, consultation } = await openForm(t);
  await form();
  await write(written, 0, 'pick');
  await press('write:annex_1');
  clock.set(consultation.closesAt);
  const late = await write({ stance: 'amend', text: '价格太高。', quotation: '2.4元' }, 1, 'pick');
  t.equal(late.status, 409);
  t.match(late.text, /第1条意见.*第三条.*建议写明检测项目。.*第2条意见.*附件.*价格太高。.*2.4元/s);
});

t.test('a form stays on the version that it was opened on, over all its pages', async (t) => {
  const { form, write, press, send, db, clock, caseworker, consultation, stored } = await openForm(t);
  await form();
  await publishNext(db, caseworker, consultation, nextPaste(), clock());
  const draft = await write(written, 0, 'pick');
  t.match(draft.text, '每日检测水质');
  await press('write:art_4');
  await write({ stance: 'support', text: '赞成。' }, 1);
  t.match((await send()).text, /第1稿第三条/);
  t.equal((await stored()).length, 2);
});

t.test('large type keeps what was typed, and the browser may keep the pages', async (t) => {
  const { form, write, app, to } = await openForm(t);
  const page = await form();
  t.equal(page.headers['cache-control'], 'private, no-cache', 'going back finds every word');
  const check = await write();
  t.equal(check.headers['cache-control'], 'private, no-cache');
  const button = check.document.querySelector('button.mode');
  t.equal(button?.getAttribute('formaction'), `/large${to}/comments`);
  t.equal(
    check.document.querySelector('header nav[aria-label="显示方式"]'),
    null,
    'no link would lose the words',
  );
  const large = await app.inject({
    method: 'POST',
    url: `/large${to}/comments`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      'clause-0': '',
      'stance-0': 'support',
      'text-0': '赞成',
      do: 'check',
    }).toString(),
  });
  t.match(large.body, /class="large".*整体意见.*赞成/s);
});

const line = fc.string({ unit: 'grapheme' }).map(cleanLine);
const text = fc.string({ unit: 'grapheme' }).map(cleanText);
const comment = fc.record({
  clause: line,
  stance: line,
  text,
  proposedWording: text,
  quotation: text,
});
const fields = fc.record({
  commenterKind: line,
  name: line,
  phone: line,
  email: line,
  consent: line,
  captchaId: line,
  captcha: line,
  work: line,
  proofEmail: line,
  formToken: line,
  draftVersion: line,
  attachments: line,
});

t.test('whatever a basket holds comes back from the fields of its form', async () => {
  const comments = fc.array(comment, { maxLength: 12 });
  fc.assert(
    fc.property(comments, fc.option(comment), fields, fc.nat(12), (all, removed, rest, at) => {
      const editing = at < all.length ? at : null;
      const basket: Basket = { comments: all, editing, removed, fields: rest };
      const again = basketIn(fieldsOf(basket));
      return JSON.stringify(again) === JSON.stringify(basket);
    }),
  );
});

t.test('no count that a form claims is believed', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`text-${index}`, '多']));
  t.equal(basketIn(many).comments.length, mostComments + 1);
  t.equal(
    basketIn({ 'text-0': 'a', 'text-2': 'c' }).comments.length,
    1,
    'what follows a gap is not of the form',
  );
  for (const editing of ['-1', '1', '9999', 'x', '0x0', '']) {
    t.equal(basketIn({ 'text-0': 'a', editing }).editing, null, editing);
    t.equal(basketIn({ 'text-0': 'a', removed: editing }).removed, null, editing);
  }
  for (const draftVersion of ['0', '-1', 'x', '1e3', '9999999'])
    t.equal(versionIn(basketIn({ draftVersion })), null, draftVersion);
});
