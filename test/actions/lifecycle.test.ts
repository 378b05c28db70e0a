import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { closeConsultation, closeConsultations } from '../../src/actions/close-consultations.ts';
import { extendConsultation } from '../../src/actions/extend-consultation.ts';
import { submitComments } from '../../src/actions/submit-comments.ts';
import { withdrawConsultation } from '../../src/actions/withdraw-consultation.ts';
import { holdConsultation, type PublishedConsultation } from '../../src/db/consultations.ts';
import { letterToRead } from '../../src/db/desk-letters.ts';
import { extensionsOf } from '../../src/db/extensions.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { rememberVersions } from '../../src/db/submitting.ts';
import type { AppDeps } from '../../src/deps.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { consultationOf, form, publish, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

const longer = new Date('2026-04-20T18:00:00+08:00');
const lastMoment = ({ closesAt }: PublishedConsultation) => new Date(closesAt.getTime() - 1);

t.test('an extension in the last second is in force for the very next form', async (t) => {
  const { db, caseworker, consultation, extend } = await open(t);
  const waiting = await form(db, consultation.number, lastMoment(consultation));
  t.same(await extend(longer, lastMoment(consultation)), null);
  t.equal(await closeConsultations(db, consultation.closesAt), 0, 'the old end is none any more');
  t.equal((await submit(db, waiting, consultation.closesAt)).kind, 'received');
  t.same((await consultationOf(db, caseworker, consultation.id)).closesAt, longer);
  const [extension] = await extensionsOf(db, consultation.id);
  t.match(extension, { oldClosesAt: consultation.closesAt, newClosesAt: longer, reason: '应多数来信要求' });
  t.equal(await closeConsultations(db, longer), 1, 'it closes at the new end');
});

t.test('the first instant after the period is too late to extend, whoever noticed it', async (t) => {
  const { db, consultation, extend } = await open(t);
  await t.rejects(extend(longer, consultation.closesAt), new RuleBroken('alreadyClosed'));
  await closeConsultations(db, consultation.closesAt);
  await t.rejects(extend(longer, lastMoment(consultation)), new RuleBroken('alreadyClosed'));
  t.same(await extensionsOf(db, consultation.id), []);
});

for (const first of ['extension', 'closing'] as const)
  t.test(`of an extension and the closing, the first wins: asked first, the ${first}`, async (t) => {
    const { db, caseworker, consultation, extend } = await open(t);
    const extending = () => extend(longer, lastMoment(consultation));
    const closing = () => closeConsultation(db, consultation.id, consultation.closesAt);
    const asked = first === 'extension' ? [extending(), closing()] : [closing(), extending()];
    const settled = await Promise.allSettled(asked);
    const [extended, closed] = first === 'extension' ? settled : settled.toReversed();
    const after = await consultationOf(db, caseworker, consultation.id);
    const isExtended = extended?.status === 'fulfilled';
    t.match(closed, { status: 'fulfilled', value: !isExtended }, 'exactly one of them took place');
    t.same(after.closesAt, isExtended ? longer : consultation.closesAt);
    t.equal(after.closedAt === null, isExtended);
  });

t.test('a form that arrives while an extension is under way waits for it', async (t) => {
  const { db, consultation } = await open(t);
  const late = await form(db, consultation.number, lastMoment(consultation));
  let sending: Promise<unknown> | undefined;
  await transaction(db, async (trx) => {
    await holdConsultation(trx, consultation.id);
    await sql`update consultations set closes_at = ${longer} where id = ${consultation.id}`.execute(trx);
    sending = submitComments(db, [late], rememberVersions(db), () => consultation.closesAt);
    for (let step = 0; step < 20; step += 1) await sql`select 1`.execute(trx);
  });
  t.match(await sending, [{ kind: 'received' }]);
});

t.test('a period is only made longer, with a reason', async (t) => {
  const { consultation, extend } = await open(t);
  const now = consultation.opensAt;
  const keys = async (closesAt: Date | null | undefined, reason: string) =>
    (await extend(closesAt, now, { reason }))?.issues.map(({ field, key }) => `${field} ${key}`);
  t.same(await keys(consultation.closesAt, '理由'), ['newClosesAt notLonger']);
  t.same(await keys(lastMoment(consultation), '理由'), ['newClosesAt notLonger']);
  t.same(await keys(null, ''), ['newClosesAt required', 'extensionReason required']);
  t.same(await keys(undefined, '理由'), ['newClosesAt notATime']);
  t.same(await keys(new Date('2028-01-01T00:00:00+08:00'), '理由'), ['newClosesAt tooFar']);
  t.same(await keys(longer, '长'.repeat(501)), ['extensionReason tooLong']);
});

t.test('two who extend at the same time: the second is told, nothing is overwritten', async (t) => {
  const { db, consultation, extend } = await open(t);
  const now = consultation.opensAt;
  await extend(longer, now);
  const further = new Date('2026-05-01T18:00:00+08:00');
  await t.rejects(extend(further, now), new RuleBroken('stale'));
  t.same(await extend(further, now, { was: longer }), null);
  t.same(
    (await extensionsOf(db, consultation.id)).map((each) => each.newClosesAt),
    [longer, further],
  );
});

t.test('a published period never gets shorter, not even by SQL', async (t) => {
  const { db, consultation } = await open(t);
  const set = (closesAt: Date) =>
    db.updateTable('consultations').set({ closes_at: closesAt }).where('id', '=', consultation.id).execute();
  await t.rejects(set(lastMoment(consultation)), /only grows/);
  await closeConsultations(db, consultation.closesAt);
  await t.rejects(set(longer), /only grows/);
});

t.test('a stopped consultation takes nothing more, keeps everything, and owes a notice', async (t) => {
  const { db, caseworker, approver, consultation, composing } = await open(t);
  const now = consultation.opensAt;
  const [early, late] = [
    await form(db, consultation.number, now, { email: 'someone@example.cn' }),
    await form(db, consultation.number, now),
  ];
  t.equal((await submit(db, early, now)).kind, 'received');
  await t.rejects(
    withdrawConsultation(db, { officer: caseworker, id: consultation.id, reason: '不再制定' }, now),
    new RuleBroken('notAllowed'),
    'whoever prepared it does not stop it',
  );
  const stop = (reason: string) =>
    withdrawConsultation(db, { officer: approver, id: consultation.id, reason }, now);
  t.match(await stop(''), { issues: [{ field: 'withdrawalReason', key: 'required' }] });
  t.same(await stop('上级已有统一规定。'), null);
  t.equal((await submit(db, late, now)).kind, 'closed');
  t.equal(await closeConsultations(db, consultation.closesAt), 0, 'it does not close once more');
  const counted = await db.selectFrom('comments').select('id').execute();
  t.equal(counted.length, 1, 'what was received stays');
  const letters = await db
    .selectFrom('letters')
    .select(['id', 'kind'])
    .where('kind', '=', 'withdrawal')
    .execute();
  t.equal(letters.length, 1, 'whoever left an address is told');
  const letter = await letterToRead(db, consultation.id, letters[0]?.id ?? 0);
  const mail = letter && (await composing(letter));
  t.match(mail?.subject, /已经终止/);
  t.match(mail?.text, /终止的理由：上级已有统一规定。/);
  t.equal((await db.selectFrom('feedback_notices').select('id').execute()).length, 1);
  await t.rejects(stop('再来一次'), new RuleBroken('notWithdrawable'));
});

interface Opened {
  readonly db: Db;
  readonly caseworker: Officer;
  readonly approver: Officer;
  readonly consultation: PublishedConsultation;
  readonly composing: AppDeps['composeLetter'];
  readonly extend: (
    closesAt: Date | null | undefined,
    now: Date,
    more?: { readonly reason?: string; readonly was?: Date },
  ) => ReturnType<typeof extendConsultation>;
}

async function open(t: Test): Promise<Opened> {
  const { db, officers, clock, deps } = await testSite(t);
  const { caseworker, approver } = officers;
  if (!caseworker || !approver) throw new Error('no officers');
  const consultation = await publish(db, caseworker, clock());
  const extend: Opened['extend'] = (closesAt, now, more = {}) => {
    const { reason = '应多数来信要求', was = consultation.closesAt } = more;
    const input = { officer: caseworker, id: consultation.id, was, closesAt, reason };
    return extendConsultation(db, input, () => now);
  };
  return { db, caseworker, approver, consultation, extend, composing: deps.composeLetter };
}
