import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { attachmentsOf, insertAttachments } from '../../src/db/attachments.ts';
import { transaction } from '../../src/db/session.ts';
import type { AttachedFile } from '../../src/domain/attachment.ts';
import { form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

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
