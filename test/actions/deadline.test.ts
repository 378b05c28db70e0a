import t, { type Test } from 'tap';
import { closeConsultations } from '../../src/actions/close-consultations.ts';
import { form, publish, submit } from '../consultation.ts';
import { type TestSite, testSite } from '../support.ts';
import { visit } from '../visitor.ts';

type Officer = NonNullable<TestSite['officers'][string]>;

/** A consultation that closes at an instant, and what becomes of a form that is stored at another. */
async function closing(t: Test, now: string, closesAt: string) {
  const site = await testSite(t, { now });
  const { db, clock, officers, app } = site;
  const deadline = new Date(closesAt);
  const consultation = await publish(db, officers['caseworker'] as Officer, clock(), deadline);
  const at = (ms: number) => new Date(deadline.getTime() + ms);
  const send = async (instant: Date) => {
    clock.set(instant);
    return (await submit(db, await form(db, consultation.number, instant), instant)).kind;
  };
  const page = async (instant: Date) => {
    clock.set(instant);
    return (await visit(app).get(`/consultations/${consultation.number}`)).text;
  };
  const notices = async () => (await db.selectFrom('feedback_notices').selectAll().execute()).length;
  return { ...site, consultation, at, send, page, notices };
}

const usual = ['2026-03-01T09:00:00+08:00', '2026-04-10T18:00:00+08:00'] as const;

const deadlines: Readonly<Record<string, readonly [now: string, closesAt: string, told: RegExp]>> = {
  'an ordinary evening': [...usual, /2026年4月10日下午6时/],
  'the end of a leap day': ['2028-02-01T09:00:00+08:00', '2028-03-01T00:00:00+08:00', /2028年2月29日/],
  'the end of a year': ['2026-12-01T09:00:00+08:00', '2027-01-01T00:00:00+08:00', /2026年12月31日/],
};

for (const [name, [now, closesAt, told]] of Object.entries(deadlines))
  t.test(`${name}: the last millisecond is in time, the first after it too late`, async (t) => {
    const { at, send, page, db, notices } = await closing(t, now, closesAt);
    t.match(await page(at(-1)), /正在征求意见/);
    t.match(await page(at(-1)), told);
    t.equal(await closeConsultations(db, at(-1)), 0, 'nothing closes before');
    t.equal(await send(at(-1)), 'received');
    t.equal(await send(at(0)), 'closed');
    t.match(await page(at(0)), /已截止/, 'the page says so at once, though nothing has run yet');
    t.equal(await closeConsultations(db, at(0)), 1);
    t.equal(await closeConsultations(db, at(1)), 0, 'once');
    t.equal(await notices(), 1);
  });

t.test(
  'a portal that was down across the deadline took nothing late, and closes once it is back',
  async (t) => {
    const { at, send, db, another, clock, notices, consultation } = await closing(t, ...usual);
    t.equal(await send(at(-1)), 'received');
    const days = 3 * 86_400_000;
    t.equal(await send(at(days)), 'closed', 'before anything noticed the deadline');
    clock.set(at(days));
    const app = await another();
    t.match((await visit(app).get(`/consultations/${consultation.number}`)).text, /已截止/);
    const closed = await Promise.all([1, 2, 3, 4].map(() => closeConsultations(db, at(days))));
    t.equal(
      closed.reduce((sum, each) => sum + each, 0),
      1,
      'four at once close it once',
    );
    t.equal(await notices(), 1);
  },
);

t.test('a clock that goes back reopens nothing that was closed', async (t) => {
  const { at, send, db, notices } = await closing(t, ...usual);
  await closeConsultations(db, at(0));
  t.equal(await send(at(-3_600_000)), 'closed', 'an hour back: the set is frozen');
  t.equal(await closeConsultations(db, at(60_000)), 0);
  t.equal(await notices(), 1);
});
