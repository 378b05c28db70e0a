import t, { type Test } from 'tap';
import { createFirstInvitation } from '../../src/actions/accept-invitation.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { hashPassword } from '../../src/actions/passwords.ts';
import { buildApp } from '../../src/app.ts';
import { deskComments } from '../../src/db/comments.ts';
import { draftWork } from '../../src/db/draft-work.ts';
import { ensureAgency, insertOfficer } from '../../src/db/officers.ts';
import { transaction } from '../../src/db/session.ts';
import { tableLine } from '../../src/domain/parse/table-lines.ts';
import { pageOfDesk } from '../../src/web/desk/sign-in.ts';
import { consultationOf, form, publish, submit } from '../consultation.ts';
import { openTestDatabase } from '../database.ts';
import { paste } from '../fixtures/paste.ts';
import { foundOn } from '../journeys/ways.ts';
import { type TestSite, testPassword, testSite } from '../support.ts';
import { type Page, type Visitor, visit } from '../visitor.ts';

const deadline = '2026-04-10T18:00:00+08:00';

function officer(site: TestSite, login: string) {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A published consultation with two comments, past its deadline. */
async function closed(t: Test) {
  const site = await testSite(t);
  const consultation = await publish(site.db, officer(site, 'caseworker'), site.clock());
  const named = {
    name: '温如玉',
    phone: '0999-5550199',
    email: 'wen@example.cn',
    consent: 'withName',
  } as const;
  await submit(site.db, await form(site.db, consultation.number, site.clock(), named), site.clock());
  await submit(site.db, await form(site.db, consultation.number, site.clock(), { clause: '' }), site.clock());
  site.clock.set(deadline);
  const ids = (await deskComments(site.db, consultation.id)).map((comment) => comment.id);
  const [whole = 0, third = 0] = ids;
  return { site, consultation, at: `/desk/consultations/${consultation.id}`, whole, third };
}

/** A consultation made from our own paste, not yet published, open on its announcement. */
async function preparing(t: Test, source = paste()) {
  const site = await testSite(t);
  const desk = await site.signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const page = await desk.send('/desk/consultations', { kind: 'majorDecision', source });
  return { site, desk, page, at: page.address.replace(/\/announcement.*/, '') };
}

function dispose(desk: Visitor, id: number, outcome: string, reason = ''): Promise<Page> {
  return desk.send(`/comments/${id}/disposition`, { [`outcome-${id}`]: outcome, [`reason-${id}`]: reason });
}

/** Ticks every channel as looked through. */
async function tickAll(desk: Visitor, at: string): Promise<Page> {
  const page = await desk.get(`${at}/channels`);
  const boxes = page.document.querySelectorAll('input[name="checked"]');
  const checked = boxes.map((box) => box.getAttribute('value') ?? '');
  return desk.send('/channels', { checked, ...foundOn(page) });
}

t.test('an unknown login and a wrong password get the same answer', async (t) => {
  const { app } = await testSite(t);
  const answers = [];
  for (const login of ['caseworker', 'nobody']) {
    const visitor = visit(app);
    await visitor.get('/desk/sign-in');
    const page = await visitor.send('/desk/sign-in', { login, password: 'not the password' });
    t.equal(page.field('login'), login, 'the login is still there');
    t.equal(page.field('password'), '', 'the password is not');
    answers.push([page.status, page.text]);
  }
  t.same(answers[0], answers[1]);
  t.match(answers[0], [422, /用户名或密码不对/]);
});

t.test('ten failures lock a login wherever they come from, and a sender is held to its limit', async (t) => {
  const { app } = await testSite(t, { limits: { signIns: { max: 3, windowMs: 60_000 } } });
  const tryIn = async (login: string, password: string, remoteAddress: string) => {
    const form = await app.inject({ url: '/desk/sign-in', remoteAddress });
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(form.body) ?? [];
    const cookies = Object.fromEntries(form.cookies.map(({ name, value }) => [name, value]));
    const payload = new URLSearchParams({ login, password, _csrf: csrf }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await app.inject({
      method: 'POST',
      url: '/desk/sign-in',
      remoteAddress,
      cookies,
      headers,
      payload,
    });
    return answer.statusCode;
  };
  const statuses = [];
  for (let host = 1; host <= 11; host += 1)
    statuses.push(await tryIn('caseworker', 'wrong', `10.0.0.${host}`));
  t.same(statuses, [...Array(9).fill(422), 429, 429]);
  t.equal(await tryIn('CASEWORKER ', testPassword, '10.0.0.20'), 429, 'nor with the right password');
  t.equal(await tryIn('approver', testPassword, '10.0.0.20'), 303, 'others go on');
  for (let morning = 1; morning <= 5; morning += 1)
    t.equal(
      await tryIn('approver', testPassword, '10.0.1.1'),
      303,
      'a whole office signs in from one address',
    );
  for (const login of ['a', 'b', 'c']) await tryIn(login, 'wrong', '10.0.1.1');
  t.equal(await tryIn('administrator', testPassword, '10.0.1.1'), 429);
});

t.test('sample officers are refused in production', async (t) => {
  const secret = { NODE_ENV: 'production', SECRET_KEY: 'a secret key of more than thirty-two characters' };
  const { app, db, clock } = await testSite(t, { environment: secret });
  const names = { name: '示例局', shortName: '示例局', siteName: '示例网' };
  const passwordHash = await hashPassword(testPassword);
  await transaction(db, async (trx) => {
    const agencyId = await ensureAgency(trx, names, clock());
    const sample = { agencyId, login: 'sample', name: '示例', role: 'caseworker', passwordHash } as const;
    await insertOfficer(trx, { ...sample, isSample: true }, clock());
  });
  const visitor = visit(app);
  await visitor.get('/desk/sign-in');
  t.equal((await visitor.send('/desk/sign-in', { login: 'sample', password: testPassword })).status, 422);
});

t.test('signing in leads back to the page asked for, and nowhere but to the desk', async (t) => {
  const { app } = await testSite(t);
  const visitor = visit(app);
  t.match((await visitor.get('/desk/consultations/new?x=1')).address, /^\/desk\/sign-in\?next=/);
  const page = await visitor.send('/desk/sign-in', { login: 'caseworker', password: testPassword });
  t.equal(page.address, '/desk/consultations/new?x=1');
  await visitor.send('/desk/sign-out');
  t.match((await visitor.get('/desk')).address, /^\/desk\/sign-in$/, 'signed out');
  for (const address of [
    'https://evil.example/desk',
    '//evil.example/desk',
    '/desk/../consultations',
    '/desk\\evil',
    '/desktop',
    '/desk/sign-in?next=/desk',
    'javascript:alert(1)',
    '',
  ])
    t.equal(pageOfDesk(address), '/desk', address);
});

t.test('a form whose session has ended loses no word, and can be sent again after signing in', async (t) => {
  const { site, desk, at } = await preparing(t);
  await desk.get(`${at}/announcement`);
  const text = '第一段，写了很久。\n第二段，带<script>和𠮷。';
  const typed = { title: '改过的标题', text, reasonForShortening: '抗旱急需' };
  site.clock.set('2026-03-01T12:00:00+08:00');
  const kept = await desk.send('/announcement', typed);
  t.equal(kept.status, 403);
  for (const words of ['改过的标题', '抗旱急需', '第二段，带<script>和𠮷。', '公告正文'])
    t.ok(kept.text.includes(words), words);
  t.notOk(kept.html.includes('<script>和'), 'as text, not as markup');

  const page = desk.page();
  await desk.get('/desk/sign-in');
  await desk.send('/desk/sign-in', { login: 'caseworker', password: testPassword });
  t.ok(page.html.includes('继续提交'));
  const again = await desk.get(`${at}/announcement`);
  t.not(again.field('title'), '改过的标题', 'not saved yet');
  const forged = await desk.send('/announcement', { ...typed, _csrf: 'forged' });
  t.match([forged.status, forged.text], [403, /还没有提交.*重新登录过.*改过的标题/]);
  t.notMatch(forged.text, '登录已过期', 'who is signed in is not told otherwise');
  const saved = await desk.send('/announcement');
  t.equal(saved.field('title'), '改过的标题');
  t.equal(area(saved, 'text'), text);
});

t.test('what cannot be taken comes back with every word: the paste', async (t) => {
  const { signIn } = await testSite(t);
  const desk = await signIn('caseworker');
  await desk.get('/desk/consultations/new');
  const nothing = await desk.send('/desk/consultations', {});
  t.equal(nothing.status, 422);
  t.same(
    nothing.document.querySelectorAll('.errors a').map((each) => each.getAttribute('href')),
    ['#kind', '#source'],
  );
  const long = `${'字'.repeat(1_700_000)}𠮷`;
  const tooLong = await desk.send('/desk/consultations', { kind: 'rule', source: long });
  t.match([tooLong.status, tooLong.text.slice(0, 3_000)], [422, /最多1000000字，现在有1700001字/]);
  t.equal(area(tooLong, 'source'), long);
  t.ok(tooLong.document.querySelector('input[value="rule"][checked]'));
  const poor = await desk.send('/desk/consultations', { kind: 'rule', source: '只有一句话' });
  t.equal(poor.status, 200, 'a paste without any clause is taken');
  t.match((await desk.get(poor.address.replace(/announcement.*/, 'preview'))).text, /请填写公告标题/);
});

t.test('what cannot be taken comes back with every word: announcement and draft', async (t) => {
  const { desk, at, page } = await preparing(t);
  t.equal(page.field('closesAt'), '2026-04-10 18:00');
  t.match(page.text, /取自粘贴文本第\d+行：“.*2026年4月10日下午6时/);
  const before = await desk.send('/announcement', {
    closesAt: '2026年2月1日',
    title: '新标题',
    announcedOn: '昨天',
    opensAt: '不知道',
  });
  t.match([before.status, before.text], [422, /开始时间不是有效的时间.*公告日期不是有效的日期/]);
  t.same(['closesAt', 'title', 'announcedOn', 'opensAt'].map(before.field), [
    '2026年2月1日',
    '新标题',
    '昨天',
    '不知道',
  ]);
  const order = await desk.send('/announcement', { opensAt: '2026-03-02', announcedOn: '2026年3月1日' });
  t.match([order.status, order.text], [422, /截止时间必须晚于开始时间/]);
  const short = await desk.send('/announcement', { closesAt: '2026-03-10 24:00' });
  t.match([short.status, short.text], [200, /期限9日，少于.*第十五条规定的30日/]);
  t.match(short.text, /公告正文写的截止时间（“.*2026年4月10日下午6时.*”）与“截止时间”一栏不一致/);
  t.notMatch(page.text, /不一致/);
  t.same([short.field('closesAt'), short.field('announcedOn')], ['2026-03-10 24:00', '2026-03-01']);
  t.match(
    (await desk.send('/announcement', { title: '' })).text,
    /发布之前还需要.*请填写公告标题/,
    'saved incomplete',
  );

  await desk.get(`${at}/draft`);
  const wrong = await desk.send('/draft', {
    'kind-5': 'clause',
    'level-5': '',
    'text-5': '改过的正文\n第二行',
  });
  t.match([wrong.status, wrong.text], [422, /第6段：类型是条款的，请选择层级/]);
  t.equal(area(wrong, 'text-5'), '改过的正文\n第二行');
});

t.test('the clause tree is corrected without scripts, and nothing of it is lost', async (t) => {
  const cells = [
    ['类别', '价格 "元"'],
    ['居民\n生活', '<2.4>'],
  ];
  const table = cells.map(tableLine).join('\n');
  const { site, desk, at } = await preparing(t, `${paste()}\n${table}`);
  const id = Number(at.split('/').at(-1));
  const work = async () => (await draftWork(site.db, id))?.blocks ?? [];
  const before = await work();
  t.match((await desk.get(`${at}/draft`)).text, /条款\d+个（.*章3个，条5个/);
  await desk.send('/draft');
  t.same(await work(), before, 'saving without a change changes nothing, tables included');
  const index = before.findIndex((block) => block.label === '（二）');
  await desk.get(`${at}/draft`);
  await desk.send('/draft', {
    [`kind-${index}`]: 'furniture',
    [`text-${index - 1}`]: '每日检测水质，每周公布；',
  });
  const after = await work();
  t.same(after.at(-1)?.rows, cells);
  t.match(after[index], { kind: 'furniture', level: null, label: '（二）', text: before[index]?.text });
  t.equal(after[index - 1]?.text, '每日检测水质，每周公布；');
  const preview = await desk.get(`${at}/preview`);
  t.match(preview.text, /每周公布/);
  t.notMatch(preview.text, /公布服务电话/, 'what is no part of the draft is not shown');
  t.ok(preview.document.querySelector('#art_3'), 'addresses as they will be');
});

t.test('a draft of 300 rows goes through the form of each page', async (t) => {
  const articles = Array.from({ length: 300 }, (_, index) => `第${index + 1}条 内容${index + 1}。`).join(
    '\n\n',
  );
  const { site, desk, at } = await preparing(t, `清源县办法\n\n${articles}`);
  await desk.get(`${at}/draft?page=2`);
  t.equal((await desk.send('/draft', { 'text-200': '改过的第二百条' }, 'next=preview')).status, 200);
  const blocks = (await draftWork(site.db, Number(at.split('/').at(-1))))?.blocks ?? [];
  t.match([blocks.length >= 300, blocks[200]?.text], [true, '改过的第二百条']);
});

t.test('a stale page keeps both: what was typed, and what somebody else saved', async (t) => {
  const { site, desk, at } = await preparing(t);
  const second = await site.signIn('second');
  for (const [visitor, title] of [
    [desk, ''],
    [second, '他人的标题'],
  ] as const) {
    await visitor.get(`${at}/announcement`);
    if (title) await visitor.send('/announcement', { title });
  }
  const both = await desk.send('/announcement', { title: '我的标题' });
  t.match([both.status, both.field('title'), both.text], [409, '我的标题', /他人的标题/]);
  t.equal((await desk.send('/announcement')).field('title'), '我的标题', 'sent again, knowing');

  await desk.get(`${at}/draft`);
  const preview = await (await site.signIn('administrator')).get(`${at}/preview`);
  t.equal(preview.status, 200);
  await second.get(`${at}/draft`);
  await second.send('/draft', { 'text-7': '他人的正文' });
  const tree = await desk.send('/draft', { 'text-6': '我的正文' });
  t.match([tree.status, area(tree, 'text-6'), tree.text], [409, '我的正文', /他人的正文/]);
  t.equal((await desk.send('/draft')).status, 200, 'sent again, knowing');

  await desk.get(`${at}/preview`);
  await second.get(`${at}/announcement`);
  await second.send('/announcement', { title: '发布之前又改' });
  const publication = await desk.send('/publish');
  t.match([publication.status, publication.text], [409, /还没有发布.*发布之前又改/]);
});

t.test('the whole way: paste, publish, dispose, tick, sign by a second officer, publish', async (t) => {
  const { site, desk, at } = await preparing(t, paste('2026年3月10日下午6时'));
  await desk.get(`${at}/preview`);
  t.notOk(desk.page().document.querySelector('form[action$="/publish"]'), 'not without the reason');
  await desk.get(`${at}/announcement`);
  await desk.send('/announcement', { reasonForShortening: '汛期将至' });
  const overview = await desk.get(`${at}/preview`).then(() => desk.send('/publish'));
  t.match(overview.text, /征求意见已发布/);
  const { number } = await consultationOf(site.db, officer(site, 'caseworker'), Number(at.split('/').at(-1)));
  await submit(
    site.db,
    await form(site.db, number, site.clock(), { name: '温如玉', email: 'wen@example.cn' }),
    site.clock(),
  );
  t.match((await desk.get(`${at}/comments`)).text, /截止以后在这里逐条办理.*温如玉/);
  t.match((await desk.get(`${at}/notice`)).text, /试拟.*共收到意见和建议1件/);

  site.clock.set('2026-03-10T18:00:00+08:00');
  const later = await site.signIn('caseworker');
  t.match((await later.get('/desk')).text, /待我办理.*1条待办理.*个未核对/);
  const [comment] = await deskComments(site.db, Number(at.split('/').at(-1)));
  const id = comment?.id ?? 0;
  await later.get(`${at}/comments?disposition=undisposed`);
  const empty = await dispose(later, id, 'notAdopted', '已收悉。');
  t.match([empty.status, area(empty, `reason-${id}`), empty.text], [422, '已收悉。', /请写明具体理由/]);
  t.ok(empty.document.querySelector(`#outcome-${id}-2[checked]`));
  t.equal(empty.document.querySelector('.errors a')?.getAttribute('href'), `#reason-${id}`);
  t.match((await dispose(later, id, 'adopted')).text, /采纳情况已保存.*意见已全部办理/);
  await tickAll(later, at);
  t.match((await later.get(`${at}/notice`)).text, /等待审核人签发/);

  const approver = await site.signIn('approver');
  t.match((await approver.get('/desk')).text, /待我办理.*审核签发意见反馈/);
  await approver.get(`${at}/notice`);
  t.equal((await approver.send('/notice/return', {})).status, 422, 'a return needs a remark');
  await approver.send('/notice/return', { remark: '请写明采纳的具体条文' });
  t.match((await later.get(`${at}/notice`)).text, /退回修改.*请写明采纳的具体条文/);
  await approver.get(`${at}/notice`);
  await later.get(`${at}/comments`);
  await dispose(later, id, 'adopted', '写入第三条。');
  const changed = await approver.send('/notice/sign');
  t.match(
    [changed.status, changed.text],
    [409, /没有生效.*写入第三条/],
    'nobody signs what they have not seen',
  );
  t.match((await approver.send('/notice/sign')).text, /意见反馈已签发/);
  t.match((await approver.get(`${at}/notice/sheet`)).text, /全部采纳/);

  t.match((await later.get(`${at}/comments`)).text, /已经签发，采纳情况不能再改/);
  await later.get(`${at}/notice`);
  t.match((await later.send('/notice/publish')).text, /意见反馈已发布/);
  const ledger = (await later.get(at)).text;
  for (const deed of [
    '新建',
    '办理意见（采纳）',
    '电子邮箱：已核对',
    '退回意见反馈',
    '签发意见反馈',
    '发布意见反馈',
  ])
    t.ok(ledger.includes(deed), deed);
});

t.test('nobody signs what they worked on', async (t) => {
  const { site, at, whole, third } = await closed(t);
  const admin = await site.signIn('administrator');
  for (const id of [whole, third]) {
    await admin.get(`${at}/comments`);
    await dispose(admin, id, 'outOfScope', '与本办法无关。');
  }
  await tickAll(admin, at);
  const notice = await admin.get(`${at}/notice`);
  t.match(notice.text, /您办理过这次征求意见，不能由您本人签发/);
  t.notOk(notice.document.querySelector('form[action$="/sign"]'));
  const seen = (await (await site.signIn('approver')).get(`${at}/notice`)).field('seen') ?? '';
  const forced = await (await bare(site, 'administrator')).deed(`${at}/notice/sign`, { seen });
  t.match([forced.status, forced.text], [409, /不能由您本人签发/]);
});

t.test('a disposition given twice at once keeps both words', async (t) => {
  const { site, consultation, at, third } = await closed(t);
  const desk = await site.signIn('caseworker');
  const page = await desk.get(`${at}/comments`);
  t.match(page.text, /第三条.*温如玉 0999-5550199，wen@example.cn/, 'names at the desk');
  const disposition = { outcome: 'notAdopted', reason: '同事的理由' } as const;
  const input = { consultationId: consultation.id, commentId: third, seen: 0, disposition };
  await disposeOfComment(site.db, { officer: officer(site, 'second'), ...input }, site.clock());
  const both = await dispose(desk, third, 'partlyAdopted', '我的理由');
  t.match([both.status, area(both, `reason-${third}`), both.text], [409, '我的理由', /同事的理由/]);
  await dispose(desk, third, 'partlyAdopted', '我的理由');
  t.equal((await deskComments(site.db, consultation.id)).find(({ id }) => id === third)?.reason, '我的理由');
});

t.test('nothing received can be published only when every channel is ticked, by name', async (t) => {
  const site = await testSite(t);
  const consultation = await publish(site.db, officer(site, 'caseworker'), site.clock());
  const at = `/desk/consultations/${consultation.id}`;
  const early = await site.signIn('caseworker');
  t.match((await early.get(`${at}/channels`)).text, /还没有截止/);
  site.clock.set(deadline);
  const desk = await site.signIn('caseworker');
  t.match((await desk.get(`${at}/comments`)).text, /没有收到意见/);
  await desk.get(`${at}/channels`);
  const loose = await desk.send('/channels', { checked: ['online'], 'found-email': '0' });
  t.equal(loose.status, 422, 'a number without its tick would be lost');
  t.match(loose.text, /电子邮箱：填了件数，还没有勾选/);
  t.equal(loose.field('found-email'), '0');
  t.match(
    (await desk.send('/channels', { checked: ['online', 'email'], 'found-email': '0' })).text,
    /电子邮箱.*caseworker于2026年4月10日 18:00核对，查到0件/,
  );
  t.match((await desk.get(`${at}/notice`)).text, /还有渠道没有核对.*未收到社会反馈的意见和建议/);
  const approver = await site.signIn('approver');
  t.notOk((await approver.get(`${at}/notice`)).document.querySelector('form[action$="/sign"]'));
  await tickAll(desk, at);
  await approver.get(`${at}/notice`);
  await approver.send('/notice/sign');
  await desk.get(`${at}/notice`);
  t.match((await desk.send('/notice/publish')).text, /意见反馈已发布.*未收到社会反馈的意见和建议/);
});

t.test('the first officer names agency and self by a link that works once', async (t) => {
  const { deps, clock } = await testSite(t);
  const { db, publicVersion } = await openTestDatabase(t);
  const fresh = await buildApp({ ...deps, db, publicVersion });
  t.teardown(() => fresh.close());
  const tokens = [
    await createFirstInvitation(db, deps.random, clock()),
    await createFirstInvitation(db, deps.random, clock()),
  ];
  const first = visit(fresh);
  await first.get(`/desk/invitations/${tokens[0]}`);
  const typed = {
    agencyName: '清源县水务局',
    agencyShort: '县水务局',
    siteName: '清源县人民政府网',
    officerName: '乔明',
    login: 'qiao.ming',
  };
  const differing = await first.send('', {
    ...typed,
    password: 'ten letters',
    passwordAgain: 'eleven letters',
  });
  t.match(
    [differing.status, differing.field('agencyName'), differing.text],
    [422, '清源县水务局', /两次输入的密码不一样/],
  );
  const home = await first.send('', {
    ...typed,
    password: '一共十个字的密码对吗',
    passwordAgain: '一共十个字的密码对吗',
  });
  t.match([home.status, home.text], [200, /清源县水务局 管理员.*目前本机关只有您一人/]);
  for (const token of tokens)
    t.equal((await visit(fresh).get(`/desk/invitations/${token}`)).status, 404, 'used up');

  await first.get('/desk/officers');
  const bad = await first.send('/desk/officers', {
    officerName: '方静',
    login: 'QIAO.MING',
    role: 'approver',
  });
  t.match([bad.status, bad.field('officerName'), bad.text], [422, '方静', /已经有人使用/]);
  const added = await first.send('/desk/officers', { officerName: '方静', login: 'Fang', role: 'approver' });
  const [, token = ''] = /invitations\/([\w-]+)</.exec(added.html) ?? [];
  t.notMatch((await first.get('/desk/officers')).html, token, 'the link is shown once');
  const invited = visit(fresh);
  t.match((await invited.get(`/desk/invitations/${token}`)).text, /方静，您好/);
  const short = await invited.send('', { password: 'short', passwordAgain: 'short' });
  t.match([short.status, short.text], [422, /密码至少10个字符/]);
  t.match((await invited.send('', { password: testPassword, passwordAgain: testPassword })).text, /审核人/);
  t.equal((await visit(fresh).get(`/desk/invitations/${token}`)).status, 404);
});

/** A browser that follows nothing and fills in nothing by itself, signed in unless `login` is empty. */
async function bare(site: TestSite, login: string) {
  const jar = new Map<string, string>();
  const request = async (method: 'GET' | 'POST', url: string, typed: Record<string, string> = {}) => {
    const answer = await site.app.inject({
      method,
      url,
      cookies: Object.fromEntries(jar),
      headers: method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
      ...(method === 'POST' ? { payload: new URLSearchParams(typed).toString() } : {}),
    });
    for (const { name, value } of answer.cookies) jar.set(name, value);
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(answer.body) ?? [];
    return { status: answer.statusCode, text: answer.body, csrf };
  };
  if (login) {
    const { csrf } = await request('GET', '/desk/sign-in');
    await request('POST', '/desk/sign-in', { login, password: testPassword, _csrf: csrf });
  }
  return {
    get: async (url: string) => request('GET', url),
    post: async (url: string, typed: Record<string, string>) => request('POST', url, typed),
    /** As post, with the token of a page of the desk. */
    deed: async (url: string, typed: Record<string, string> = {}) =>
      request('POST', url, { ...typed, _csrf: (await request('GET', '/desk')).csrf }),
  };
}

/** What stands in a textarea, as a browser reads it: without the line break that opens it. */
function area(page: Page, name: string): string | undefined {
  return page.field(name)?.replace(/^\n/, '');
}

t.test(
  'the title of a desk page names its consultation, once, so that two windows are told apart',
  async (t) => {
    const site = await testSite(t);
    const { id, announcement } = await publish(site.db, officer(site, 'caseworker'), site.clock());
    const desk = await site.signIn('caseworker');
    const titles = [];
    for (const page of ['', '/comments', '/notice', '/audit'])
      titles.push((await desk.get(`/desk/consultations/${id}${page}`)).document.querySelector('title')?.text);
    const { title } = announcement;
    t.same(
      titles,
      ['', '意见办理 - ', '意见反馈 - ', '留痕 - '].map((name) => `${name}${title} - 建言工作台`),
    );
  },
);
