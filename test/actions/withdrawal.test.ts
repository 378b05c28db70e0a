import t from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { drawUp } from '../../src/actions/draw-up.ts';
import { withdrawSubmission } from '../../src/actions/withdraw-submission.ts';
import { deskComments } from '../../src/db/comments.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { receiptByToken } from '../../src/db/receipts.ts';
import { publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';

const at = (text: string) => new Date(`${text}+08:00`);

async function open(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const consultation = await publish(site.db, caseworker, site.clock());
  const send = (change: object = {}) =>
    stored(site.db, consultation, [{ clause: 'art_3' }, {}], { receivedAt: site.clock(), ...change });
  const withdraw = (token: string) => withdrawSubmission(site.db, token, site.clock);
  return { ...site, caseworker, consultation, send, withdraw };
}

t.test('a submission is withdrawn once; its comments stay and are counted apart', async (t) => {
  const { db, deps, clock, consultation, send, withdraw } = await open(t);
  const token = await send();
  await send();
  const first = clock();
  t.strictSame(await withdraw(token), { kind: 'withdrawn', at: first });
  clock.set('2026-03-02T09:00:00+08:00');
  t.strictSame(await withdraw(token), { kind: 'withdrawn', at: first }, 'a second time changes nothing');
  const both = await Promise.all([withdraw(await send()), withdraw(token)]);
  t.strictSame(
    both.map(({ kind }) => kind),
    ['withdrawn', 'withdrawn'],
  );
  const receipt = await receiptByToken(db, token);
  t.strictSame(receipt?.withdrawnAt, first);
  t.equal(receipt?.comments.length, 2);
  const comments = await deskComments(db, consultation.id);
  t.equal(comments.filter(({ withdrawn }) => withdrawn).length, 4);
  const { notice, rowCount } = await drawUp(db, consultation, deps.sentences.notice, consultation.closesAt);
  t.match(notice.totals, { withdrawn: { submissions: 2, comments: 4 }, received: { submissions: 3 } });
  t.equal(rowCount, 2, 'and is answered by no row of the notice');
});

t.test('the ledger names the receipt and no officer, once', async (t) => {
  const { db, consultation, send, withdraw } = await open(t);
  const token = await send({ name: '朱清和', email: 'zhu@example.cn' });
  await withdraw(token);
  await withdraw(token);
  const receipt = await receiptByToken(db, token);
  const entries = (await ledgerOf(db, consultation.id)).filter(({ what }) => what === 'submissionWithdrawn');
  t.strictSame(
    entries.map(({ who, detail }) => [who, detail]),
    [['', { receiptNumber: receipt?.number }]],
  );
});

t.test('the closing instant is the first that is too late to withdraw', async (t) => {
  const { db, clock, consultation, send, withdraw } = await open(t);
  const [early, late] = [await send(), await send()];
  clock.set(new Date(consultation.closesAt.getTime() - 1));
  t.equal((await withdraw(early)).kind, 'withdrawn');
  clock.set(consultation.closesAt);
  t.strictSame(await withdraw(late), { kind: 'notOpen' });
  await closeConsultations(db, clock());
  t.strictSame(await withdraw(late), { kind: 'notOpen' });
  t.equal((await withdraw(early)).kind, 'withdrawn', 'what was withdrawn stays so');
  t.equal((await receiptByToken(db, late))?.withdrawnAt, null);
});

t.test('a stopped consultation, what an officer entered, and an unknown receipt are refused', async (t) => {
  const { db, clock, caseworker, consultation, send, withdraw } = await open(t);
  const entered = { by: caseworker.id, at: clock() };
  const letter = await send({ channel: 'letter', entered, receivedAt: at('2026-03-01T00:00:00') });
  t.strictSame(await withdraw(letter), { kind: 'entered' });
  t.strictSame(await withdraw('nobody-has-this'), { kind: 'unknownReceipt' });
  const token = await send();
  await db
    .updateTable('consultations')
    .set({ withdrawn_at: clock(), withdrawn_reason: '不再制定。' })
    .where('id', '=', consultation.id)
    .execute();
  t.strictSame(await withdraw(token), { kind: 'notOpen' });
});
