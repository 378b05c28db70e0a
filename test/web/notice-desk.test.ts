import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { withdrawConsultation } from '../../src/actions/withdraw-consultation.ts';
import { deskComments } from '../../src/db/comments.ts';
import { noticeState } from '../../src/db/notices.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { close, form, publish, submit } from '../consultation.ts';
import { foundOn, inOrder, signAndPublish, tickChannels } from '../journeys/ways.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testSite } from '../support.ts';
import { tallied } from '../tallied.ts';
import { type Page, visit } from '../visitor.ts';

const deadline = '2026-04-10T18:00:00+08:00';

function officer(site: TestSite, login: string): Officer {
  return site.officers[login] as Officer;
}

/** A consultation past its deadline; each comment is of a submission of its own, with an address to write to. */
async function closed(t: Test, texts: readonly string[] = ['建议公布水质。']) {
  const site = await testSite(t);
  const { db, clock } = site;
  const consultation = await publish(db, officer(site, 'caseworker'), clock());
  const tokens: string[] = [];
  for (const [index, text] of texts.entries()) {
    const one = await form(db, consultation.number, clock(), { text, email: `a${index}@example.cn` });
    await submit(db, one, clock());
    tokens.push(one.receiptToken);
  }
  clock.set(deadline);
  await close(db, consultation);
  const at = `/desk/consultations/${consultation.id}`;
  const desk = await site.signIn('caseworker');
  const dispose = async (outcome: 'adopted' | 'notAdopted', reason = '') => {
    for (const { id, dispositionId } of await deskComments(db, consultation.id))
      await disposeOfComment(
        db,
        {
          ...{ officer: officer(site, 'caseworker'), consultationId: consultation.id, commentId: id },
          ...{ seen: dispositionId, disposition: { outcome, reason } },
        },
        clock(),
      );
  };
  const publicly = async (path = '') => visit(site.app).get(`/consultations/${consultation.number}${path}`);
  const receipt = async (nr = 0) => (await visit(site.app).get(`/receipts/${tokens[nr]}`)).text;
  return { site, db, consultation, at, desk, dispose, publicly, receipt };
}

function wordingOn(page: Page): string {
  return page.document.querySelector('#wording')?.text.trim() ?? '';
}

t.test(
  'after a deed on many comments the page says that they are counted, and how far, and no number',
  async (t) => {
    const { db, consultation, at, desk, dispose } = await closed(t);
    await tallied(db, { portion: 10, most: 5, least: 1 });
    await dispose('adopted');
    t.match(
      (await desk.get(`${at}/notice`)).text,
      '签发之前还需要',
      'one comment is counted while it is asked for',
    );
    await sql`update tally_heads set counted_comments = 100001 where consultation_id = ${consultation.id}`.execute(
      db,
    );
    await sql`update tally_segments set size = 100001 where consultation_id = ${consultation.id}`.execute(db);
    const page = await desk.get(`${at}/notice`);
    t.match(page.text, /正在后台重新清点.*已清点 0 条，共 100,001 条（0%）/);
    t.notMatch(page.text, '签发之前还需要');
    t.match(
      (await desk.get(`${at}/comments`)).text,
      /清点完，这里就是意见列表.*已清点 0 条，共 100,001 条（0%）/,
    );
    const some = `${at}/comments?disposition=adopted`;
    const { document } = await desk.get(some);
    for (const link of [some, `${some}&watch=1`, `${some}&now=1`])
      t.ok(
        document.querySelectorAll('a').some((each) => each.getAttribute('href') === link),
        `what was asked for is kept: ${link}`,
      );
    t.match((await desk.get(`${at}/comments?now=1`)).text, '收到的数目', 'so can whoever wants the list');
    t.match((await desk.get(`${at}/notice?now=1`)).text, '签发之前还需要', 'whoever would rather wait can');
    await tallied(db);
    t.match((await desk.get(`${at}/notice`)).text, '签发之前还需要');
  },
);

t.test(
  'while many comments are being counted the page says how many of how many are, and stays still',
  async (t) => {
    const { db, at, desk } = await closed(t);
    await sql`
    insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
      commenter_kind, name, phone, email, consent)
    select consultation_id, 'many' || n, receipt_number || '-' || n, 'many' || n, channel, received_at, dated_at,
      commenter_kind, name, phone, email, consent from submissions, generate_series(1, 2999) n`.execute(db);
    await sql`
    insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
    select s.id, k.consultation_id, k.draft_id, k.clause_id, 0, k.stance, k.text, k.proposed_wording
    from submissions s, comments k where s.form_token like 'many%'`.execute(db);
    const page = await desk.get(`${at}/notice`);
    t.match(page.text, '已清点 0 条，共 3,000 条（0%） 看最新进度');
    t.equal(page.headers['refresh'], undefined);
    const watched = await desk.get(`${at}/notice?watch=1`);
    t.match([watched.headers['refresh'], watched.text], [`5; url=${at}/notice?watch=1`, '停止自动更新']);
    await tallied(db);
    t.notMatch((await desk.get(`${at}/notice`)).text, '已清点 ');
  },
);

t.test('words around the facts are edited with a record, and no fact can be taken away', async (t) => {
  const { desk, at, site, dispose, publicly } = await closed(t);
  await dispose('adopted');
  const asked = await desk.get(`${at}/notice/words/asked`);
  const standard = wordingOn(asked);
  t.match(standard, /〔收到件数〕件、〔收到条数〕条/);
  const lost = standard.replace('〔收到件数〕', '12').replace('共收到', '我们共收到');
  const refused = await desk.send('/words/asked', { wording: lost }, 'do=save');
  t.match([refused.status, wordingOn(refused), refused.text], [422, lost, /缺少〔收到件数〕/]);
  const twice = await desk.send('/words/asked', { wording: `${standard}〔收到件数〕` }, 'do=save');
  t.match([twice.status, twice.text], [422, /〔收到件数〕多出来了/]);
  const saved = await desk.send(
    '/words/asked',
    { wording: standard.replace('共收到', '我们共收到') },
    'do=save',
  );
  t.match(saved.text, /文字已保存.*改动记录.*caseworker于.*改前.*，共收到.*改后.*，我们共收到/);
  t.match((await desk.get(`${at}/notice`)).text, /我们共收到意见和建议1件、1条/);
  await desk.get(`${at}/notice/words`);
  await desk.send('/notice/words', { place: 'changes', wording: '第三条增加一款，公布2026年起的水质。' });
  await desk.get(`${at}/notice/words`);
  const same = await desk.send('/notice/words', {
    place: 'changes',
    wording: '第三条增加一款，公布2026年起的水质。',
  });
  t.equal(same.text.match(/草案的变化（自拟） 自拟/g)?.length, 1, 'sent twice, added once');
  await desk.get(`${at}/notice/words`);
  const empty = await desk.send('/notice/words', { place: 'next', wording: '' });
  t.match([empty.status, empty.text], [422, /请填写文字/]);
  await tickChannels(desk, at);
  await signAndPublish(site, desk, at);
  const notice = (await publicly('/notice')).text;
  t.ok(inOrder(notice, ['我们共收到', '全部采纳', '第三条增加一款', '下一步', '感谢']), notice);
  await desk.get(`${at}/notice/words`);
  t.notOk(desk.page().document.querySelector('form[action$="/words"]'), 'what is published is fixed');
});

t.test('going back, and a signed notice: words are fixed until it is returned', async (t) => {
  const { desk, at, site, dispose } = await closed(t);
  await dispose('adopted');
  await tickChannels(desk, at);
  await desk.get(`${at}/notice/words/thanks`);
  await desk.send('/words/thanks', { wording: '谢谢大家！' }, 'do=save');
  await desk.get(`${at}/notice/words/thanks`);
  const back = await desk.send('/words/thanks', {}, 'do=standard');
  t.match(back.text, /改前\s*谢谢大家！\s*改后\s*感谢社会各界/);
  await desk.get(`${at}/notice/words/thanks`);
  const approver = await site.signIn('approver');
  await approver.get(`${at}/notice`);
  await approver.send('/notice/sign');
  const late = await desk.send('/words/thanks', { wording: '签发后改的话' }, 'do=save');
  t.match([late.status, late.text], [409, /已经签发[\s\S]*签发后改的话/]);
  await approver.get(`${at}/notice`);
  await approver.send('/notice/return', { remark: '请改致谢' });
  await desk.get(`${at}/notice/words/thanks`);
  t.match((await desk.send('/words/thanks', { wording: '衷心感谢！' }, 'do=save')).text, /文字已保存/);
});

t.test('two officers wording one paragraph: the second sees both texts and loses nothing', async (t) => {
  const { desk, at, site } = await closed(t);
  const second = await site.signIn('second');
  await desk.get(`${at}/notice/words/thanks`);
  await second.get(`${at}/notice/words/thanks`);
  await second.send('/words/thanks', { wording: '同事写的致谢。' }, 'do=save');
  const both = await desk.send('/words/thanks', { wording: '我写的致谢。' }, 'do=save');
  t.match([both.status, wordingOn(both), both.text], [409, '我写的致谢。', /还没有保存.*同事写的致谢。/]);
  t.match((await desk.send('/words/thanks', { wording: '我写的致谢。' }, 'do=save')).text, /文字已保存/);
});

t.test('words for one case do not stand in another: the notice waits until somebody looks', async (t) => {
  const { desk, at, dispose } = await closed(t);
  await dispose('adopted');
  await desk.get(`${at}/notice/words/treated`);
  await desk.send('/words/treated', { wording: '意见一概采纳。' }, 'do=save');
  await tickChannels(desk, at);
  t.match((await desk.get(`${at}/notice`)).text, /等待审核人签发[\s\S]*意见一概采纳。/);
  await dispose('notAdopted', '上位法已有规定。');
  const notice = await desk.get(`${at}/notice`);
  t.match(notice.text, /按另一种情况改写.*未采纳1条/);
  t.notMatch(notice.text, /一概采纳/);
  const words = notice.document.querySelector('.tasks a')?.getAttribute('href') ?? '';
  t.match((await desk.get(words)).text, /办理的情况 需要重新确认/);
  t.equal(wordingOn(await desk.get(`${at}/notice/words/treated`)), '意见一概采纳。');
  await desk.send('/words/treated', {}, 'do=standard');
  t.match((await desk.get(`${at}/notice`)).text, /等待审核人签发/);
});

t.test(
  'a dropped draft owes a notice that says so, with the reason, also with nothing received',
  async (t) => {
    for (const texts of [[], ['建议公布水质。']]) {
      const { desk, at, site, dispose, publicly } = await closed(t, texts);
      await dispose('notAdopted', '不再制定。');
      await desk.get(`${at}/notice/dropped`);
      const empty = await desk.send('/dropped', { reason: '' }, 'do=drop');
      t.equal(empty.status, 422);
      await desk.send('/dropped', { reason: '上级已有统一规定。' }, 'do=drop');
      await desk.get(`${at}/notice/dropped`);
      await desk.send('/dropped', {}, 'do=keep');
      t.notMatch((await desk.get(`${at}/notice`)).text, /决定不再制定/);
      await desk.get(`${at}/notice/dropped`);
      await desk.send('/dropped', { reason: '上级已有统一规定。' }, 'do=drop');
      await tickChannels(desk, at);
      await signAndPublish(site, desk, at);
      const { text } = await publicly('/notice');
      t.ok(
        inOrder(text, [
          ...['不再制定情况的反馈', texts.length === 0 ? '未收到社会反馈' : '共收到意见和建议1件'],
          ...['决定不再制定《', '理由是：上级已有统一规定。', '感谢'],
        ]),
        text,
      );
      t.notMatch(text, /下一步|。。/);
    }
  },
);

t.test('a consultation that was stopped is answered too, and its page keeps saying so', async (t) => {
  const site = await testSite(t);
  const { db, clock } = site;
  const consultation = await publish(db, officer(site, 'caseworker'), clock());
  const one = await form(db, consultation.number, clock(), { text: '建议公布水质。' });
  await submit(db, one, clock());
  clock.set('2026-04-05T09:00:00+08:00');
  const stop = { officer: officer(site, 'approver'), id: consultation.id, reason: '草案要重新起草' };
  await withdrawConsultation(db, stop, clock());
  const [comment] = await deskComments(db, consultation.id);
  const by = { officer: officer(site, 'caseworker'), consultationId: consultation.id };
  const disposition = { outcome: 'outOfScope', reason: '草案重新起草时研究。' } as const;
  await disposeOfComment(db, { ...by, commentId: comment?.id ?? 0, seen: 0, disposition }, clock());
  const desk = await site.signIn('caseworker');
  const at = `/desk/consultations/${consultation.id}`;
  t.match((await desk.get(at)).text, /2026年4月5日 09:00终止，原定2026年4月10日下午6时截止/);
  t.match((await desk.get(`${at}/channels`)).text, /终止时间（2026年4月5日 09:00）.*终止以前收到的/);
  t.match((await desk.get(`${at}/notice`)).text, /还有1条意见没有审核能否公开/);
  await tickChannels(desk, at);
  await signAndPublish(site, desk, at);
  t.notMatch((await desk.get(`${at}/notice`)).text, /没有审核能否公开/);
  const list = (await desk.get(`${at}/comments`)).text;
  t.match(list, /不能再改.*发布以后开始更正/);
  t.notMatch(list, /下一步：核对渠道/);
  const page = (await visit(site.app).get(`/consultations/${consultation.number}`)).text;
  t.ok(
    inOrder(page, [
      '已终止',
      '终止情况的反馈',
      '原定截止2026年4月10日下午6时，共收到',
      '1件、1条',
      '2026年4月5日上午9时终止',
      '草案要重新起草',
    ]),
    page,
  );
  t.match((await visit(site.app).get(`/receipts/${one.receiptToken}`)).text, /草案重新起草时研究/);
});

t.test(
  'a correction is a further notice: what is published stays until it is published, and after',
  async (t) => {
    const { desk, at, site, db, dispose, publicly, receipt, consultation } = await closed(t, [
      '第一条意见',
      '第二条意见',
    ]);
    await dispose('notAdopted', '原来的理由');
    await tickChannels(desk, at);
    await signAndPublish(site, desk, at);
    site.clock.set('2026-04-20T09:00:00+08:00');
    const later = await site.signIn('caseworker');
    await later.get(`${at}/notice/correction`);
    t.equal((await later.send('/correction', { what: '' })).status, 422);
    const begun = await later.send('/correction', { what: '第三条一条意见登记有误，现改为采纳。' });
    t.match(begun.text, /更正（第2号）.*公众看到的仍是第1号.*与第1号相比，各条意见的采纳情况还没有改动/);
    t.ok(begun.document.querySelector(`main .inset a[href$="${at}/comments"]`), 'where to change them');
    const [first] = await deskComments(db, consultation.id);
    await disposeOfComment(
      db,
      {
        ...{
          officer: officer(site, 'caseworker'),
          consultationId: consultation.id,
          commentId: first?.id ?? 0,
        },
        ...{ seen: first?.dispositionId ?? 0, disposition: { outcome: 'adopted', reason: '更正的理由' } },
      },
      site.clock(),
    );
    t.match(await receipt(0), /原来的理由/);
    t.notMatch(await receipt(0), /更正的理由/, 'nothing of a correction is public before it is');
    t.match((await publicly()).text, /未采纳2条/);
    const approver = await site.signIn('approver');
    t.match((await approver.get(`${at}/notice`)).text, /与第1号相比，改了1条意见的采纳情况/);
    await approver.send('/notice/sign');
    t.notMatch(await receipt(0), /更正的理由|登记有误/);
    t.match((await publicly('/notices/1')).text, /原来的理由/);
    t.equal((await publicly('/notices/2')).status, 404);
    t.match((await later.get(`${at}/notice`)).text, /采纳情况有变化、留有电子邮箱的提出者会收到邮件/);
    await later.send('/notice/publish');
    const days =
      /2026年4月10日公布了采纳情况，2026年4月20日更正.*登记有误，现改为采纳.*第1号，2026年4月10日发布/;
    t.match([await receipt(0), await receipt(1)], [days, days], 'the receipts say what was corrected');
    t.match(await receipt(0), /更正的理由/);
    t.match(await receipt(1), /原来的理由/);
    const newest = await publicly();
    t.match(newest.text, /2026年4月10日反馈，2026年4月20日更正/);
    t.match(
      (await later.get(at)).text,
      /2026年4月10日反馈，2026年4月20日更正/,
      'the desk says the same days',
    );
    t.ok(
      inOrder(newest.text, [
        '（更正）',
        '现就2026年4月10日发布的意见反馈更正如下',
        '登记有误',
        '采纳1条，未采纳1条',
        '第1号',
      ]),
      newest.text,
    );
    const old = await publicly('/notices/1');
    t.match([old.status, old.text], [200, /已于2026年4月20日更正.*未采纳2条/]);
    t.match((await publicly('/notices/2')).text, /（更正）.*第1号，2026年4月10日发布（已更正）/);
    const { rows } = await sql<{ kind: string; count: number }>`
    select kind, count(*)::int as count from letters where kind <> 'receipt' group by kind order by kind`.execute(
      db,
    );
    t.same(
      rows,
      [
        { kind: 'answer', count: 2 },
        { kind: 'correction', count: 1 },
      ],
      'who is concerned is told',
    );
    const letter = (await post(site)).find(({ subject }) => subject.includes('更正'));
    t.match(letter?.text, /更正的内容：第三条一条意见登记有误，现改为采纳。[\s\S]*更正的理由/);
    t.equal((await noticeState(db, consultation.id))?.sequence, 2);
  },
);

t.test(
  'a channel is looked through when what was found there is what is stored, and not when more comes',
  async (t) => {
    const { desk, at } = await closed(t, []);
    await desk.get(`${at}/channels`);
    const missing = await desk.send('/channels', {
      checked: ['online', 'email', 'phone'],
      'found-email': '2',
    });
    t.match([missing.status, missing.text], [422, /电子邮箱：查到2件，系统里有0件.*电话：请填写查到的件数/]);
    t.equal(missing.field('found-email'), '2');
    t.ok(missing.document.querySelector('#checked-phone[checked]'));
    await tickChannels(desk, at);
    t.match((await desk.get(`${at}/notice`)).text, /等待审核人签发/);
    await desk.get(`${at}/entry`);
    const entered = await desk.sendFiles(
      '/entry',
      [],
      {
        ...{ channel: 'letter', receivedOn: '2026-04-02', commenterKind: 'individual', consent: 'no' },
        ...{ 'text-0': '迟发现的信。', 'stance-0': 'amend' },
      },
      'do=enter',
    );
    t.equal(entered.status, 200);
    const page = await desk.get(`${at}/channels`);
    t.match(page.text, /核对以后件数有变化，请重新核对/);
    t.match((await desk.get(`${at}/notice`)).text, /还有渠道没有核对/);
    t.equal(foundOn(page)['found-letter'], '1');
  },
);
