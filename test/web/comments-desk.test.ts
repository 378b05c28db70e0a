import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { pairComments } from '../../src/actions/pair-comments.ts';
import { screenComments } from '../../src/actions/screen-comments.ts';
import { deskComments } from '../../src/db/comments.ts';
import { screeningsOf } from '../../src/db/screenings.ts';
import type { Db } from '../../src/db/session.ts';
import { type Channel, channels } from '../../src/domain/comment.ts';
import { outcomes } from '../../src/domain/disposition.ts';
import { verdicts } from '../../src/domain/screening.ts';
import { countTotals } from '../../src/domain/totals.ts';
import { deedTakes, exportTakes } from '../../src/web/desk/long-work.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { multiplied } from '../submitted.ts';
import { type TestSite, testSite } from '../support.ts';
import { tallied } from '../tallied.ts';
import type { Page } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(site.db, officer, site.clock(), undefined, { showsComments: true });
  const send = async (change: Parameters<typeof form>[3] = {}) => {
    await submit(site.db, await form(site.db, consultation.number, site.clock(), change), site.clock());
    const { rows } = await sql<{ id: number }>`select max(id)::int as id from comments`.execute(site.db);
    return rows[0]?.id ?? 0;
  };
  const at = `/desk/consultations/${consultation.id}`;
  return { ...site, officer, consultation, send, at, list: `${at}/comments` };
}

const cards = (page: Page) =>
  page.document.querySelectorAll('.card').map((card) => Number(card.id.replace('comment-', '')));
const linkTo = (page: Page, text: string) =>
  page.document
    .querySelectorAll('main a')
    .find((each) => each.text.trim() === text)
    ?.getAttribute('href')
    ?.replaceAll('&amp;', '&')
    .split('#')[0] ?? '';

async function change(db: Db, commentId: number, what: ReturnType<typeof sql>): Promise<void> {
  await sql`update submissions set ${what} where id = (select submission_id from comments where id = ${commentId})`.execute(
    db,
  );
}

t.test('each filter finds its comments and no others, alone and together', async (t) => {
  const { db, send, list, signIn, consultation, clock, officer } = await open(t);
  const whole = await send({ clause: '', text: '总体赞成，請公佈水質檢測結果。' });
  const third = await send({ text: '打 13812345678 联系，ＡＢＣ' });
  const mailed = await send({ text: '邮件里的意见 100%_\\' });
  const late = await send({ text: '来晚了' });
  const gone = await send({ text: '撤回了' });
  await change(db, mailed, sql`channel = 'email'`);
  await change(db, late, sql`channel = 'letter', dated_at = ${consultation.closesAt}`);
  await change(db, gone, sql`withdrawn_at = received_at`);
  await screenComments(
    db,
    {
      officer,
      consultationId: consultation.id,
      comments: [{ id: whole, seen: 0 }],
      screening: { verdict: 'hidden', reason: '理由' },
      looked: true,
    },
    clock(),
  );
  const desk = await signIn('caseworker');
  const ids = async (query: string) => cards(await desk.get(`${list}?${query}`));
  const clause = (await deskComments(db, consultation.id)).find((each) => each.id === third)?.clauseId;
  t.same(await ids(''), [whole, third, mailed, late, gone]);
  t.same(await ids('clause=whole'), [whole]);
  t.same(await ids(`clause=${clause}`), [third, mailed, late, gone]);
  t.same(await ids('channel=email'), [mailed]);
  t.same(await ids('stance=support'), []);
  t.same(await ids('part=standing'), [whole, third, mailed]);
  t.same(await ids('part=late'), [late]);
  t.same(await ids('part=withdrawn'), [gone]);
  t.same(await ids('screening=hidden'), [whole]);
  t.same(await ids('screening=waiting'), [third, mailed], 'late and withdrawn ones wait for nothing');
  t.same(await ids('disposition=undisposed'), [whole, third, mailed]);
  t.same(await ids('screening=waiting&channel=online'), [third]);
  const words = (text: string) => ids(`words=${encodeURIComponent(text)}`);
  t.same(await words('公布水质'), [whole], 'whatever the script');
  t.same(await words('abc'), [third], 'whatever the width and case');
  t.same(await words('联系 打'), [third], 'every word');
  t.same(await words('联系 没有'), []);
  t.same(await words('100%_\\'), [mailed], 'no sign is a wildcard');
  t.same(await words('%'), [mailed]);
  t.same(await ids('channel=carrier-pigeon&clause=x&from=999999'), [whole, third, mailed, late, gone]);
  const page = await desk.get(`${list}?part=late&channel=letter`);
  t.match(page.text, /筛选出1条/);
  t.equal(page.document.querySelector('#part option[selected]')?.getAttribute('value'), 'late');
});

t.test('any list is walked forth and back, page by page, none twice and none left out', async (t) => {
  const { db, send, list, signIn, consultation } = await open(t);
  const one = await send({ clause: 'art_4' });
  // 130 on the whole draft, 600 on a clause: more than are sorted at once.
  for (const [count, clause] of [
    [130, sql`null`],
    [600, sql`clause_id`],
  ] as const)
    await multiplied(db, one, count, clause);
  const all = (await deskComments(db, consultation.id)).map(({ id }) => id);
  t.equal(all.length, 731);
  const desk = await signIn('caseworker');
  for (const query of ['', '?clause=whole', '?part=standing&words=写明']) {
    const expected = query === '?clause=whole' ? all.slice(0, 130) : all;
    const pages: number[][] = [];
    let page = await desk.get(list + query);
    for (;;) {
      pages.push(cards(page));
      const next = linkTo(page, '下一页');
      if (next === '') break;
      page = await desk.get(next);
    }
    t.same(pages.flat(), expected, query);
    t.ok(pages.slice(0, -1).every((each) => each.length === 50));
    for (let at = pages.length - 2; at >= 0; at -= 1) {
      page = await desk.get(linkTo(page, '上一页'));
      t.same(cards(page), pages[at], `${query} back on page ${at + 1}`);
    }
    t.equal(linkTo(page, '上一页'), '');
  }
});

t.test('the totals on the page are those of the notice, and say when they do not add up', async (t) => {
  const { db, send, list, signIn, consultation, officer } = await open(t);
  const history = fc.record({
    channel: fc.constantFrom(...channels),
    fate: fc.constantFrom('standing', 'withdrawn', 'late'),
    verdict: fc.constantFrom('', ...verdicts),
    outcome: fc.constantFrom('', ...outcomes),
  });
  const given = fc.sample(history, 40);
  const ids: number[] = [];
  for (const { channel, fate } of given) {
    const id = await send();
    ids.push(id);
    await change(db, id, sql`channel = ${channel as Channel}`);
    if (fate === 'withdrawn') await change(db, id, sql`withdrawn_at = received_at`);
    if (fate === 'late') await change(db, id, sql`dated_at = ${consultation.closesAt}`);
  }
  await close(db, consultation);
  const now = consultation.closesAt;
  const base = { officer, consultationId: consultation.id };
  for (const [index, { fate, verdict, outcome }] of given.entries()) {
    const id = ids[index] as number;
    if (verdict && fate !== 'withdrawn') {
      const screening = { verdict, reason: '理由' } as const;
      await screenComments(db, { ...base, comments: [{ id, seen: 0 }], screening, looked: true }, now);
    }
    if (outcome && fate === 'standing')
      await disposeOfComment(
        db,
        { ...base, commentId: id, seen: 0, disposition: { outcome, reason: '理由' } },
        now,
      );
  }
  const desk = await signIn('caseworker');
  const page = await desk.get(list);
  t.match(page.text, /逐项相加与实际收到的40件、40条相符/);
  const totals = countTotals(await deskComments(db, consultation.id));
  const cells = page.document.querySelectorAll('.totals tfoot td').map((cell) => cell.text.trim());
  const standing = totals.received.comments - totals.withdrawn.comments;
  const shown = (count: number) => (count > 0 ? `${count}件 ${count}条` : '0');
  t.same(cells, [standing, totals.withdrawn.comments, totals.late.comments, 40].map(shown));
  const [screening = '', disposition = ''] = page.document.querySelectorAll('.sum').map((sum) => sum.text);
  for (const outcome of outcomes) {
    const count = totals.byOutcome[outcome];
    t.ok(
      disposition.includes(
        `${{ adopted: ' 采纳', partlyAdopted: '部分采纳', notAdopted: '未采纳', alreadyProvided: '已有规定', outOfScope: '不属于本次征求意见范围' }[outcome]}${count}条`,
      ),
      `${outcome} ${count}`,
    );
  }
  t.ok(disposition.includes(`待办理${totals.undisposed}条`));
  for (const text of [screening, disposition]) {
    const numbers = [...text.matchAll(/(\d+)条/g)].map(([, number]) => Number(number));
    t.equal(
      numbers.slice(0, -1).reduce((sum, each) => sum + each, 0),
      numbers.at(-1),
      text,
    );
    t.equal(numbers.at(-1), standing);
  }
  for (const link of page.document.querySelectorAll('.totals a, .sum a')) {
    const [, count] = /(\d+)条/.exec(link.text) ?? [];
    const to = link.getAttribute('href')?.replaceAll('&amp;', '&').split('#')[0] ?? '';
    t.match((await desk.get(to)).text, new RegExp(`(筛选出|全部)${count}条`), `${to} holds what it counts`);
  }
  await sql`insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at,
    dated_at, commenter_kind, name, phone, email, consent) values (${consultation.id}, 'x', 'x', 'x', 'fax', now(),
    now(), 'individual', '', '', '', 'no')`.execute(db);
  t.match(
    (await desk.get(list)).text,
    /各项相加与实际收到的数目不相符/,
    'a submission that lost its comment',
  );
});

t.test('all that a filter finds is screened at once, as it was when the officer saw it', async (t) => {
  const { db, send, list, signIn } = await open(t);
  const ids = [await send({ text: '水价太高。' }), await send({ text: '水价请打13812345678' })];
  const other = await send();
  const desk = await signIn('caseworker');
  await desk.get(`${list}?words=水价`);
  t.ok(desk.page().html.includes('/comments/screen-together?words'), 'the list leads there');
  const page = await desk.get(`${list}/screen-together?words=${encodeURIComponent('水价')}`);
  t.match(page.text, /共2条意见：待审核2条/);
  const form = '/comments/screen-together';
  t.equal((await desk.send(form, { verdict: 'hidden', screeningReason: '' })).status, 422);
  ids.push(await send({ text: '水价不变。' }));
  const late = await desk.send(form, { verdict: 'shown', screeningReason: '' });
  t.match([late.status, late.text], [409, /还没有审核[\s\S]*共3条意见/]);
  t.match((await desk.send(form)).text, /已审核2条。另有1条含有电话、身份证号码等个人信息/);
  const screened = await screeningsOf(db, [...ids, other]);
  t.same(
    [...ids, other].map((id) => screened.get(id)?.map(({ verdict }) => verdict) ?? []),
    [['shown'], [], ['shown'], []],
  );
});

t.test(
  'many are screened at once; those with numbers are left for a look, and the page says so',
  async (t) => {
    const { db, send, list, signIn } = await open(t);
    const ids = [await send(), await send(), await send({ text: '请打13812345678' }), await send()];
    const [first = 0, second = 0, number = 0, last = 0] = ids;
    const desk = await signIn('caseworker');
    await desk.get(list);
    const nothing = await desk.send('/comments/screening', { verdict: 'hidden', screeningReason: '' });
    t.match([nothing.status, nothing.text], [422, /请至少选择一条意见.*请填写审核理由/]);
    const kept = await desk.send('/comments/screening', {
      comment: String(first),
      verdict: '',
      screeningReason: '写了一半',
    });
    t.match([kept.status, area(kept, 'screeningReason')], [422, '写了一半']);
    t.ok(kept.document.querySelector(`#choose-${first}[checked]`), 'the tick is still there');
    const one = await desk.send('/comments/screening', {
      comment: String(first),
      verdict: 'hidden',
      screeningReason: '重复辱骂',
    });
    t.match(one.text, /已审核1条。/);
    const all = await desk.send('/comments/screening', {
      scope: 'page',
      verdict: 'shown',
      screeningReason: '',
    });
    t.match(all.text, /已审核3条。另有1条含有电话、身份证号码等个人信息，没有公开/);
    const verdictsOf = async () =>
      Object.fromEntries(
        [...(await screeningsOf(db, ids))].map(([id, history]) => [
          id,
          history.map(({ verdict }) => verdict),
        ]),
      );
    t.same(await verdictsOf(), { [first]: ['hidden', 'shown'], [second]: ['shown'], [last]: ['shown'] });
    t.match(
      all.document.querySelector(`#comment-${first} .history`)?.text.replace(/\s+/g, ' '),
      /caseworker：待审核 → 不公开，理由：重复辱骂.*不公开 → 可以公开/,
      'both sides of each change',
    );
    t.match(all.document.querySelector(`#comment-${number}`)?.text, /像是个人信息的号码/);
    const other = await signIn('second');
    await other.get(list);
    await desk.get(list);
    await desk.send('/comments/screening', {
      comment: String(last),
      verdict: 'hidden',
      screeningReason: '理由',
    });
    const late = await other.send('/comments/screening', {
      comment: [String(second), String(last)],
      verdict: 'hidden',
      screeningReason: '我的理由',
    });
    t.match([late.status, area(late, 'screeningReason')], [409, '我的理由']);
    t.match(late.text, /还没有审核.*已由他人审核/);
    t.match(late.document.querySelector(`#comment-${last}`)?.text, /可以公开 → 不公开/, 'theirs is shown');
    t.equal((await verdictsOf())[second]?.length, 1, 'nothing was stored');
    t.match((await other.send('/comments/screening')).text, /已审核2条/, 'sent again, knowing');
  },
);

t.test(
  'numbers are ticked for covering, words of the officer are added, the preview says what will be read',
  async (t) => {
    const { db, send, at, list, signIn } = await open(t);
    const id = await send({ text: '请打13812345678或发邮件到a@b.cn，找张三。\u200b', consent: 'no' });
    const desk = await signIn('caseworker');
    await desk.get(`${list}?screening=waiting`);
    const page = await desk.get(`${linkTo(desk.page(), `修改：${await number(db, id)}`)}`);
    t.match(page.text, /提出者不同意公开：无论审核结果如何，都不会公开/);
    t.match(page.text, /1个看不见或者容易认错的字符.*⟨ ⟩/);
    t.match(page.html, /<mark class="sign">⟨U\+200B⟩<\/mark>/);
    t.same(
      page.document
        .querySelectorAll('input[name=passage][checked]')
        .map((each) => each.getAttribute('value')),
      ['13812345678', 'a@b.cn'],
    );
    const preview = await desk.send('/redaction', { passages: '张三', passage: '13812345678' }, 'do=preview');
    t.match([preview.status, area(preview, 'passages')], [200, '张三']);
    t.match(preview.document.querySelector('#preview')?.text, /请打▇▇▇▇或发邮件到a@b\.cn，找▇▇▇▇。/);
    t.notOk(preview.document.querySelector('input[value="a@b.cn"][checked]'));
    t.match((await desk.send('/redaction', { passages: '李四' }, 'do=preview')).status, 422);
    const missing = await desk.send(
      '/redaction',
      { passages: '张三', passage: '13812345678', redactionReason: '' },
      'do=save',
    );
    t.match([missing.status, missing.text], [422, /请填写遮盖理由/]);
    const saved = await desk.send('/redaction', { redactionReason: '保护个人信息' }, 'do=save');
    t.match(
      saved.text,
      /遮盖已保存，原文不变.*13812345678〕或发邮件.*公开的文字 请打▇▇▇▇或发邮件到a@b\.cn，找▇▇▇▇/,
    );
    t.match(saved.text, /没有遮盖 → 遮盖2处，理由：保护个人信息/);
    t.equal(area(saved, 'passages'), '张三', 'what is covered now stands in the form');
    t.notOk(saved.document.querySelector('input[value="a@b.cn"][checked]'));
    const approver = await signIn('approver');
    for (const address of [`${list}/${id}`, list]) {
      const read = await approver.get(address);
      t.match([read.status, read.text], [200, /请打▇▇▇▇或发邮件/]);
      t.notMatch(read.text, /13812345678/, 'the original is for those who screen');
    }
    const second = await signIn('second');
    await second.get(`${at}/comments/${id}`);
    await desk.send(
      '/redaction',
      { passages: '', passage: ['13812345678', 'a@b.cn'], redactionReason: '补一处' },
      'do=save',
    );
    const stale = await second.send(
      '/redaction',
      { passages: '找张', redactionReason: '我的理由' },
      'do=save',
    );
    t.match(
      [stale.status, area(stale, 'passages'), area(stale, 'redactionReason')],
      [409, '找张', '我的理由'],
    );
    t.match(stale.text, /还没有遮盖.*理由：补一处/);
    t.match((await second.send('/redaction', {}, 'do=save')).text, /遮盖已保存/);
  },
);

t.test('one comment is screened on its own page, and the next one that waits is offered', async (t) => {
  const { send, list, signIn } = await open(t);
  const [one, two] = [await send({ text: '请打13812345678' }), await send()];
  const desk = await signIn('caseworker');
  await desk.get(`${list}/${one}?list=${encodeURIComponent('stance=amend')}`);
  t.match((await desk.send('/screening', { verdict: 'hidden' })).status, 422);
  t.match((await desk.send('/screening', {})).text, /请填写审核理由|请选择审核结果/);
  const other = await signIn('second');
  await other.get(`${list}/${one}`);
  const shown = await desk.send('/screening', { verdict: 'shown', screeningReason: '号码是单位的公开电话' });
  t.match(shown.text, /审核结果已保存.*公众可以看到这条意见.*待审核 → 可以公开，理由：号码是单位的公开电话/);
  t.match(linkTo(shown, '下一条待审核的意见'), new RegExp(`/comments/${two}\\?list=stance%3Damend`));
  t.match(linkTo(shown, '回到意见列表'), /stance=amend/);
  const stale = await other.send('/screening', { verdict: 'hidden', screeningReason: '另一种看法' });
  t.match(
    [stale.status, area(stale, 'screeningReason'), stale.text],
    [409, '另一种看法', /待审核 → 可以公开/],
  );
  t.match((await other.send('/screening')).text, /可以公开 → 不公开，理由：另一种看法/);
  t.match((await desk.get(`${list}/999999`)).status, 404);
  const last = await desk.get(`${list}/${two}`).then(() => desk.send('/screening', { verdict: 'shown' }));
  t.equal(linkTo(last, '下一条待审核的意见'), '', 'none is left');
});

t.test('a disposition comes back to the same filtered list, and leads to the next one without', async (t) => {
  const { db, send, list, signIn, consultation, clock } = await open(t);
  const ids = [await send({ clause: '' }), await send(), await send()];
  await change(db, ids[1] as number, sql`channel = 'email'`);
  await close(db, consultation);
  clock.set(consultation.closesAt);
  const desk = await signIn('caseworker');
  await desk.get(`${list}?channel=email&disposition=undisposed`);
  t.same(cards(desk.page()), [ids[1]]);
  const own = await desk.get(`${list}/${ids[1]}?list=${encodeURIComponent('channel=email')}`);
  const there = linkTo(own, '在列表里办理');
  t.match(there, new RegExp(`channel=email&at=${ids[1]}$`), 'its own page leads to the form');
  t.same(cards(await desk.get(there)), [ids[1]]);
  const saved = await desk.send(`/comments/${ids[1]}/disposition`, { [`outcome-${ids[1]}`]: 'adopted' });
  t.match(saved.address, /channel=email/);
  t.same(cards(saved), [ids[1]], 'it stays in sight though it is disposed of');
  t.match(saved.text, /采纳情况已保存/);
  const next = await desk.get(linkTo(saved, '下一条待办理'));
  t.same(cards(next).includes(ids[2] as number), true);
});

t.test('personal numbers that nobody looked at keep the notice from being signed', async (t) => {
  const { db, send, at, list, signIn, consultation, clock, officer } = await open(t);
  const id = await send({ text: '请打13812345678' });
  await close(db, consultation);
  clock.set(consultation.closesAt);
  const disposition = { outcome: 'adopted' as const, reason: '' };
  await disposeOfComment(
    db,
    { officer, consultationId: consultation.id, commentId: id, seen: 0, disposition },
    clock(),
  );
  const desk = await signIn('caseworker');
  t.match((await desk.get(`${at}/notice`)).text, /附表里有没审核过的意见含电话/);
  await desk.get(`${list}/${id}`);
  await desk.send('/redaction', { redactionReason: '个人信息' }, 'do=save');
  const notice = await desk.get(`${at}/notice`);
  t.notMatch(notice.text, /没审核过|13812345678/);
  t.match(notice.text, /请打▇▇▇▇/, 'the notice prints the published words');
  await desk.get(`${list}/${id}`);
  await desk.send('/screening', { verdict: 'hidden', screeningReason: '内容不实' });
  t.match((await desk.get(`${at}/notice`)).text, /经审核不公开意见内容/);
});

t.test('the announcement says what is asked of people and whether comments are shown', async (t) => {
  const { signIn, consultation } = await open(t);
  const desk = await signIn('caseworker');
  await desk.get('/desk/consultations/new');
  await desk.send('/desk/consultations', { kind: 'other', source: '清源县办法\n\n第一条 为了供水。' });
  const address = desk.page().address.split('?')[0] ?? '';
  t.same(
    ['asksName', 'asksPhone', 'asksEmail'].map((name) => chosen(desk.page(), name)),
    ['optional', 'optional', 'optional'],
  );
  const typed = { asksName: 'required', asksPhone: 'no', showsComments: 'yes' };
  const wrong = await desk.send('/announcement', { ...typed, asksEmail: 'perhaps' });
  t.match([wrong.status, chosen(wrong, 'asksPhone')], [422, 'no']);
  const saved = await desk.send('/announcement', { ...typed, asksEmail: 'optional' });
  t.same(
    ['asksName', 'asksPhone', 'asksEmail'].map((name) => chosen(saved, name)),
    ['required', 'no', 'optional'],
  );
  const preview = await desk.get(address.replace('announcement', 'preview'));
  t.match(preview.text, /收集哪些信息姓名或单位名称必填，电话不收集，电子邮箱选填.*公开显示意见审核后显示/);
  t.ok(consultation.showsComments);
});

const area = (page: Page, name: string) => page.field(name)?.replace(/^\n/, '');

function chosen(page: Page, name: string): string | undefined {
  return page.document.querySelector(`#${name} option[selected]`)?.getAttribute('value');
}

async function number(db: Db, id: number): Promise<string> {
  const { rows } = await sql<{ n: string }>`select receipt_number as n from submissions s
    join comments k on k.submission_id = s.id where k.id = ${id}`.execute(db);
  return rows[0]?.n ?? '';
}

t.test(
  'long work is said beforehand: how far the index of words is, how long deeds and tables take',
  async (t) => {
    const { db, send, list, signIn, consultation, clock, deps } = await open(t);
    const { sentences } = deps;
    const one = await send();
    await multiplied(db, one, 599);
    await close(db, consultation);
    clock.set(consultation.closesAt);
    const desk = await signIn('caseworker');
    const found = () => desk.get(`${list}?words=写明&watch=1`);
    t.match((await found()).text, /已编入 0 条，共 600 条（0%）/);
    t.equal(desk.page().headers['refresh'], undefined, 'a page on which people write stays as it is');
    t.notMatch((await desk.get(list)).text, /已编入/, 'who looks for no words is told nothing');
    t.notMatch((await desk.get(`${list}/together`)).text, /大约需要/);
    await tallied(db);
    await pairComments(db, () => new Date(clock().getTime() + 3_600_000));
    t.notMatch((await found()).text, /已编入/);
    t.same([deedTakes(19_999, sentences), deedTakes(100_001, sentences)], ['', '大约需要11秒']);
    t.equal(exportTakes(1_000_000, sentences), '大约需要4分钟');
  },
);
