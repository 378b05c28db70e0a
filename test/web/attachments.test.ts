import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { keepAttachment } from '../../src/actions/keep-attachment.ts';
import { seal } from '../../src/actions/seal.ts';
import { submitWithAttachments } from '../../src/actions/submit-with-attachments.ts';
import { attachmentsOf, insertAttachments } from '../../src/db/attachments.ts';
import { captchaAnswer } from '../../src/db/captchas.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { rememberVersions } from '../../src/db/submitting.ts';
import { forgetUnsent } from '../../src/db/unsent-attachments.ts';
import { type AttachedFile, largestAttachment, mostUnsent } from '../../src/domain/attachment.ts';
import type { SealedFacts } from '../../src/domain/canonical.ts';
import { form, publish, submit } from '../consultation.ts';
import { photo } from '../fixtures/photo.ts';
import { lines, tinyPdf } from '../intake/tiny-pdf.ts';
import { testSite } from '../support.ts';
import { type App, type ChosenFile, type Page, type Typed, visit } from '../visitor.ts';

const pdf = Buffer.from(tinyPdf([lines(['第一条 甲。'])]));

t.test(
  'a file that came with a comment is saved by the holder of the receipt and by the agency',
  async (t) => {
    const { app, signIn, receipt, deskBase, file, id } = await received(t);
    const mine = await app.inject(`${receipt}/attachments/${id}`);
    t.equal(mine.statusCode, 200);
    t.same(mine.rawPayload, Buffer.from(file.bytes), 'byte for byte, over many pieces');
    t.match(mine.headers, {
      'content-type': 'application/pdf',
      'content-length': String(file.size),
      'content-disposition':
        /^attachment; filename="__ _1_\.pdf"; filename\*=UTF-8''%E6%84%8F%E8%A7%81%20%281%29\.pdf$/,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
    const staff = await signIn('approver');
    t.equal((await staff.get(`${deskBase}/attachments/${id}`)).headers['content-length'], String(file.size));
  },
);

t.test('nobody else gets a file', async (t) => {
  const { app, signIn, receipt, deskBase, id } = await received(t);
  const status = async (address: string) => (await app.inject(address)).statusCode;
  t.equal(await status(`/receipts/another/attachments/${id}`), 404);
  t.equal(await status(`${receipt}/attachments/${id + 1}`), 404);
  for (const odd of ['0', '-1', 'x', '1.pdf', '9'.repeat(30)])
    t.equal(await status(`${receipt}/attachments/${odd}`), 404, odd);
  t.equal(await status(`${deskBase}/attachments/${id}`), 303, 'who is not signed in is asked to');
  const other = await signIn('other');
  t.equal((await other.get(`${deskBase}/attachments/${id}`)).status, 404, 'another agency');
});

t.test('a file that was sent stays as it is, until it is erased', async (t) => {
  const { db, id } = await received(t);
  await t.rejects(sql`update attachments set name = 'x' where id = ${id}`.execute(db), /stays as it is/);
  await sql`delete from attachments where id = ${id}`.execute(db);
  await t.rejects(
    sql`insert into attachments (name, media_type, size, sha256, bytes, created_at)
      values ('a', 'text/plain', 1, decode(repeat('00', 32), 'hex'), 'a', now())`.execute(db),
    /check/,
    'a file belongs to a form or to a submission',
  );
});

t.test(
  'a citizen attaches files, removes one, sends, and those who may have them get them, on any process',
  async (t) => {
    const { filled, attach, send, press, visitor, app, db, signIn, consultation } = await opened(t, 2);
    await filled();
    const two = await attach([
      { name: '意见 (1).pdf', bytes: pdf },
      { name: '现场.png', bytes: await photo() },
    ]);
    t.equal(two.status, 200);
    t.strictSame(namesOn(two), ['意见 (1).pdf', '现场.jpg']);
    await attach([{ name: '说明.txt', bytes: Buffer.from('𠮷村尚未通水') }]);
    const left = await press(`detach:${idOn(visitor.page(), '意见 (1).pdf')}`);
    t.strictSame(namesOn(left), ['现场.jpg', '说明.txt']);
    const receipt = await send();
    t.match(receipt.text, '意见已收到');
    const [picture, text, ...more] = await sent(db);
    if (!picture || !text) throw new Error('no files');
    t.same([picture.name, text.name, more.length], ['现场.jpg', '说明.txt', 0]);
    const base = `${receipt.address}/attachments`;
    const links = receipt.document.querySelectorAll('.files a').map((a) => [a.getAttribute('href'), a.text]);
    t.same(links, [
      [`${base}/${picture.id}`, '现场.jpg'],
      [`${base}/${text.id}`, '说明.txt'],
    ]);
    const downloaded = await app.inject(`${base}/${picture.id}`);
    t.equal(downloaded.headers['content-type'], 'image/jpeg');
    t.notMatch(downloaded.rawPayload.toString('latin1'), /GPS|Exif|camera/);
    t.same(createHash('sha256').update(downloaded.rawPayload).digest(), picture.sha256);
    t.equal((await app.inject(`${base}/${text.id}`)).body, '𠮷村尚未通水');
    const atTheDesk = `/desk/consultations/${consultation.id}/attachments/${text.id}`;
    t.equal((await (await signIn('caseworker')).get(atTheDesk)).status, 200);
    t.equal((await (await signIn('other')).get(atTheDesk)).status, 404);
  },
);

t.test('files chosen when the form is sent go with it, and the seal covers every file', async (t) => {
  const { filled, attach, send, db, consultation } = await opened(t);
  await filled();
  await attach([{ name: '一.txt', bytes: Buffer.from('一') }]);
  t.match((await send([{ name: '二.txt', bytes: Buffer.from('二') }])).text, '意见已收到');
  const attachments = (await sent(db)).map(({ name, media_type, size, sha256 }) => ({
    ...{ name, mediaType: media_type, size },
    sha256: sha256.toString('hex'),
  }));
  t.match(attachments, [{ name: '一.txt' }, { name: '二.txt' }]);
  const { received_at, salt, hash } = await db
    .selectFrom('submissions')
    .selectAll()
    .executeTakeFirstOrThrow();
  if (!salt) throw new Error('no salt');
  const facts: SealedFacts = {
    ...{ consultationNumber: consultation.number, draftVersion: 1, channel: 'online', postmarkedOn: '' },
    ...{ commenterKind: 'individual', name: '', phone: '', email: '', consent: 'withoutName' },
    receivedAt: received_at,
    comments: [
      { clause: 'art_3', stance: 'amend', text: written.text, proposedWording: '', quotation: null },
    ],
    attachments,
  };
  t.equal(hash?.toString('hex'), seal(facts, salt).hash);
  t.not(hash?.toString('hex'), seal({ ...facts, attachments: attachments.slice(1) }, salt).hash);
});

t.test('a form without files asks nothing of their table, whichever way it is sent', async (t) => {
  const { filled, send, db, stored } = await opened(t);
  await sql`alter table attachments rename to out_of_reach`.execute(db);
  await filled();
  await send(null);
  await filled();
  await send([{ name: '', bytes: Buffer.alloc(0) }]);
  t.equal((await stored()).length, 2);
  await sql`alter table out_of_reach rename to attachments`.execute(db);
});

t.test('what cannot be attached is told file by file; every word and the other files stay', async (t) => {
  const { filled, attach, send, press, visitor, told, stored } = await opened(t);
  await filled();
  const refused = await attach([
    { name: '空.pdf', bytes: Buffer.alloc(0) },
    { name: '大.pdf', bytes: Buffer.alloc(largestAttachment + 1, '%') },
    { name: '网页.pdf', bytes: Buffer.from('<!doctype html>') },
    { name: '断.jpg', bytes: (await photo(400, 300)).subarray(0, 3_000) },
    { name: '好.txt', bytes: Buffer.from('好') },
  ]);
  t.equal(refused.status, 422);
  const reasons = ['“空.pdf”没有添加：文件是空的', '“大.pdf”没有添加：超过10 MB', '“网页.pdf”没有添加：不是'];
  for (const reason of [...reasons, '“断.jpg”没有添加：文件已损坏']) t.match(refused.text, reason);
  t.same(new Set(told()), new Set(['#attachments']));
  t.ok(refused.document.querySelector('#attachments'));
  keepsEveryWord(t, refused);
  t.strictSame(namesOn(refused), ['好.txt']);
  const unsent = await send([{ name: '坏.docx', bytes: Buffer.from('PK\x03\x04') }]);
  t.equal(unsent.status, 422, 'nothing goes without a file that was to go with it');
  t.equal((await stored()).length, 0);
  const names = ['一', '二', '三', '四', '五'];
  const six = await attach(names.map((name) => ({ name: `${name}.txt`, bytes: Buffer.from(name) })));
  t.match(six.text, '“五.txt”没有添加：最多5个文件');
  t.equal(namesOn(six).length, 5);
  t.ok(six.document.querySelector('#attachments'), 'the summary leads somewhere with no room for more');
  keepsEveryWord(t, six);
  const four = await press(`detach:${idOn(visitor.page(), '一.txt')}`);
  t.ok(four.document.querySelector('input[type=file]'));
});

t.test('a body of 50 MB, and one of very many files, are refused with the words', async (t) => {
  const { filled, attach } = await opened(t);
  await filled();
  const large = await attach([{ name: '大.pdf', bytes: Buffer.alloc(50 * 1024 * 1024, '%') }]);
  t.equal(large.status, 422);
  t.match(large.text, '“大.pdf”没有添加：超过10 MB');
  keepsEveryWord(t, large);
  const files = Array.from({ length: 60 }, (_, nr) => ({ name: `${nr}.gif`, bytes: Buffer.from('GIF89a') }));
  const many = await attach(files);
  t.equal(many.status, 413);
  t.match(many.text, written.text);
});

t.test('a form that grew too old keeps its files, and one whose files are gone says so', async (t) => {
  const { filled, attach, send, clock, db, stored } = await opened(t);
  await filled();
  await attach([{ name: '一.txt', bytes: Buffer.from('一') }]);
  clock.set('2026-03-02T09:00:01+08:00');
  const old = await send([{ name: '二.txt', bytes: Buffer.from('二') }]);
  t.match(old.text, '页面打开时间太久');
  t.strictSame(namesOn(old), ['一.txt', '二.txt']);
  await forgetUnsent(db, new Date('2026-03-01T09:00:02+08:00'));
  await db.deleteFrom('attachments').where('name', '=', '一.txt').execute();
  const gone = await send();
  t.equal(gone.status, 422);
  t.match(gone.text, '有附件不在了：添加已经超过24小时');
  t.strictSame(namesOn(gone), ['二.txt']);
  t.equal((await stored()).length, 0, 'nothing is sent without it');
  t.match((await send()).text, '意见已收到');
  t.equal((await sent(db)).length, 1);
});

t.test('a form with files that is sent twice at once is one submission with each file once', async (t) => {
  const { filled, send, db, stored } = await opened(t);
  await filled();
  const chosen = [{ name: '一.txt', bytes: Buffer.from('一') }];
  const [one, same] = await Promise.all([send(chosen), send(chosen)]);
  t.match(one.text, '意见已收到');
  t.equal(one.address, same.address);
  t.equal((await stored()).length, 1);
  t.equal((await sent(db)).length, 1);
});

t.test(
  'two that send one form with different files at once make one submission with its own file',
  async (t) => {
    const { db, clock, consultation } = await opened(t);
    const forms = [
      await form(db, consultation.number, clock()),
      await form(db, consultation.number, clock()),
    ];
    const formToken = 'the same';
    const versionOf = rememberVersions(db);
    const ids: number[] = [];
    for (const name of ['一.pdf', '二.pdf']) {
      const kept = await keepAttachment(db, { formToken, file: fileOf(name, pdf) }, clock());
      if ('id' in kept) ids.push(kept.id);
    }
    const results = await Promise.all(
      forms.map((each, nr) =>
        submitWithAttachments(db, { ...each, formToken }, ids.slice(nr, nr + 1), versionOf, clock),
      ),
    );
    t.same(results[0], results[1]);
    t.match(results[0], { kind: 'received' });
    t.equal((await sent(db)).length, 1);
  },
);

t.test(
  'whoever goes back after sending and adds a file is told so, and can send it as another form',
  async (t) => {
    const { filled, send, attach, db, stored } = await opened(t);
    const check = await filled();
    const held = { formToken: check.field('formToken') ?? '' };
    const one = { name: '一.txt', bytes: Buffer.from('一') };
    const receipt = await send([one]);
    t.match(receipt.text, '意见已收到');
    await filled();
    await attach([one], held);
    t.equal((await send()).address, receipt.address, 'the same words and files lead to the same receipt');
    await filled();
    await attach([one, { name: '二.txt', bytes: Buffer.from('二') }], held);
    const told = await send();
    t.equal(told.status, 422);
    t.match(told.text, '这一页已经提交过');
    t.strictSame(namesOn(told), ['一.txt', '二.txt']);
    t.match((await send()).text, '意见已收到');
    t.equal((await stored()).length, 2);
    t.equal((await sent(db)).length, 3);
  },
);

t.test('the same file twice is one, also when both arrive at once, and five is the most', async (t) => {
  const { db, clock } = await opened(t);
  const keep = (name: string) => keepAttachment(db, { formToken: 'one', file: fileOf(name, pdf) }, clock());
  const [one, same] = await Promise.all([keep('一.pdf'), keep('一.pdf')]);
  t.same(one, same);
  const others = await Promise.all(['二', '三', '四', '五', '六', '七'].map(keep));
  t.equal(others.filter((kept) => 'id' in kept).length, 4);
  t.equal(others.filter((kept) => 'refusal' in kept && kept.refusal === 'tooMany').length, 2);
});

t.test('what is not sent is forgotten after a day, and takes no more room than there is', async (t) => {
  const { db, id, file } = await received(t);
  const keep = (formToken: string, at: Date) => keepAttachment(db, { formToken, file }, at);
  const day = new Date('2026-03-02T09:00:00+08:00');
  await keep('old', new Date(day.getTime() - 1));
  const young = await keep('young', day);
  await forgetUnsent(db, day);
  t.same(await db.selectFrom('attachments').select('id').orderBy('id').execute(), [{ id }, young]);
  await sql`alter table attachments drop constraint attachments_check1`.execute(db);
  await sql`update attachments set size = ${mostUnsent - file.size} where form_token = 'young'`.execute(db);
  t.match(await keep('last', day), { id: Number });
  t.same(await keep('none', day), { refusal: 'noRoom' });
  t.match(await keep('last', day), { id: Number }, 'what is there already takes no room');
});

t.test('a file from another site, in a form that is not ours, or one of too many is not kept', async (t) => {
  const { filled, attach, app, deps, db, visitor, to } = await opened(t);
  const kept = async () => (await db.selectFrom('attachments').select('id').execute()).length;
  await filled();
  const formToken = visitor.page().field('formToken') ?? '';
  const forged = await attach([{ name: '一.txt', bytes: Buffer.from('一') }], { formToken: 'made.up.token' });
  t.match(forged.text, '附件没有保存，请重新选择');
  const [token, file] = ['name="formToken"', 'name="files"; filename="a.txt"'];
  const part = (head: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const foreign = await app.inject({
    method: 'POST',
    url: `${to}/comments`,
    headers: { 'content-type': 'multipart/form-data; boundary=b', 'sec-fetch-site': 'cross-site' },
    payload: `${part(token, formToken)}${part(file, 'a')}--b--\r\n`,
  });
  t.equal(foreign.statusCode, 403);
  t.equal(await kept(), 0);
  (deps.limits.files as { max: number }).max = 4;
  await filled();
  const names = ['二', '三', '四'];
  const often = await attach(names.map((name) => ({ name: `${name}.txt`, bytes: Buffer.from(name) })));
  t.equal(often.status, 422);
  t.match(often.text, /“四.txt”没有添加：.*再/);
  t.equal(await kept(), 2);
});

/** A citizen at a consultation; with `processes` 2 every request goes to the other of two. */
async function opened(t: Test, processes: 1 | 2 = 1) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const to = `/consultations/${consultation.number}`;
  const apps = processes === 1 ? [site.app] : [site.app, await site.another()];
  const visitor = visit(inTurn(apps));
  /** Goes to the page that shows everything before it is sent. */
  const filled = async () => {
    await visitor.get(`${to}/comments/new?clause=art_3`);
    const typed = Object.entries(written).map(([name, value]) => [`${name}-0`, value]);
    return visitor.send('/comments', Object.fromEntries(typed), 'do=check');
  };
  const pressWith = (button: string, files: readonly ChosenFile[], typed: Typed = {}) => {
    const chosen = files.map((file) => ({ ...file, control: 'files' }));
    return visitor.sendFiles('/comments', chosen, { ...about, ...typed }, `do=${button}`);
  };
  const attach = (files: readonly ChosenFile[], typed?: Typed) => pressWith('attach', files, typed);
  const press = (button: string) => pressWith(button, []);
  /** Sends with these files; with null as a form without files is sent. */
  const send = async (files: readonly ChosenFile[] | null = []) => {
    const id = visitor.page().field('captchaId') ?? '';
    const captcha = (await captchaAnswer(site.db, id, site.clock())) ?? '';
    if (files === null) return visitor.send('/comments', { ...about, captcha }, 'do=send');
    return pressWith('send', files, { captcha });
  };
  const errors = () => visitor.page().document.querySelectorAll('.errors a');
  const told = () => errors().map((a) => a.getAttribute('href'));
  const stored = () => site.db.selectFrom('submissions').select('id').execute();
  return { ...site, consultation, visitor, to, filled, attach, press, send, told, stored };
}

function inTurn(apps: readonly App[]): App {
  let turn = 0;
  const next = () => {
    turn += 1;
    return apps[turn % apps.length] as App;
  };
  return { inject: (request) => next().inject(request) };
}

const written = { stance: 'amend', text: '建议写明检测项目。' };
const about: Typed = { commenterKind: 'individual', consent: 'withoutName' };

function namesOn(page: Page): string[] {
  return page.document.querySelectorAll('.files [translate=no]').map((each) => each.text);
}

function idOn(page: Page, name: string): string {
  const item = page.document.querySelectorAll('.files li').find((each) => each.text.includes(name));
  return item?.querySelector('button')?.getAttribute('value')?.split(':')[1] ?? '';
}

function keepsEveryWord(t: Test, page: Page): void {
  for (const [name, value] of Object.entries(written)) t.equal(page.field(`${name}-0`), value, name);
  for (const [name, value] of Object.entries(about))
    t.equal(page.document.querySelector(`[name="${name}"][checked]`)?.getAttribute('value'), value, name);
}

function sent(db: Db) {
  const all = db.selectFrom('attachments').selectAll().where('submission_id', 'is not', null);
  return all.orderBy('id').execute();
}

async function received(t: Test) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const typed = await form(site.db, consultation.number, site.clock());
  await submit(site.db, typed, site.clock());
  const { id: submissionId } = await site.db.selectFrom('submissions').select('id').executeTakeFirstOrThrow();
  const file = fileOf('意见 (1).pdf', Buffer.alloc(1_500_001, '县'));
  await transaction(site.db, (trx) => insertAttachments(trx, submissionId, [file], site.clock()));
  const [attachment] = (await attachmentsOf(site.db, [submissionId])).get(submissionId) ?? [];
  if (!attachment) throw new Error('no file');
  const [receipt, deskBase] = [`/receipts/${typed.receiptToken}`, `/desk/consultations/${consultation.id}`];
  return { ...site, receipt, deskBase, file, id: attachment.id };
}

function fileOf(name: string, bytes: Buffer): AttachedFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, mediaType: 'application/pdf', size: bytes.length, sha256, bytes };
}
