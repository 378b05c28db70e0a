import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { tallyLetters } from '../../src/actions/tally-letters.ts';
import { type ListedLetter, listLetters, makeDueAgain } from '../../src/db/desk-letters.ts';
import {
  failedLettersOf,
  type LetterState,
  letterCounts,
  letterStates,
} from '../../src/db/letter-tallies.ts';
import { claimLetter, letterNotSent, letterSent } from '../../src/db/letters.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';

const now = new Date('2026-03-20T01:00:00Z');

const place = fc.nat({ max: 40 });
const queueing = fc.record({
  what: fc.constant('queue' as const),
  submission: fc.nat({ max: 9 }),
  letters: fc.integer({ min: 1, max: 12 }),
  idsSkipped: fc.constantFrom(0, 0, 1, 37, 499, 1_200),
});
const step = fc.oneof(
  { weight: 3, arbitrary: queueing },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('send' as const), letters: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('fail', 'later', 'again', 'delete'), place }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('allAgain', 'roll back', 'copy in') }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('tally' as const), portion: fc.constantFrom(1, 500, 9_000) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface World {
  readonly db: Db;
  readonly consultationIds: readonly number[];
  readonly submissionIds: readonly number[];
}

t.test('kept counts and lists of letters equal those read letter by letter, after any history', async (t) => {
  const { db, clock, officers } = await testSite(t);
  const consultationIds: number[] = [];
  for (let each = 0; each < 2; each += 1) {
    const consultation = await publish(db, officers['caseworker'] as Officer, clock());
    consultationIds.push(consultation.id);
    for (let count = 0; count < 5; count += 1) await stored(db, consultation, [{}], { receivedAt: clock() });
  }
  const submissions = await db.selectFrom('submissions').select('id').orderBy('id').execute();
  const world = { db, consultationIds, submissionIds: submissions.map(({ id }) => id) };
  let kept = 0;
  const steps = fc.array(step, { minLength: 5, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (history, from) => {
      for (const each of history) {
        await take(world, each as Step);
        kept += await compare(world, from);
      }
    }),
    { numRuns: 8 },
  );
  t.ok(kept > 100, `${kept} letters were counted from tallies`);
});

async function take(world: World, step: Step): Promise<void> {
  const { db } = world;
  switch (step.what) {
    case 'queue':
      return queue(world, step);
    case 'send':
      for (let count = 0; count < step.letters; count += 1) {
        const letter = await claimLetter(db, now, 60_000);
        if (letter) await letterSent(db, letter.id, now);
      }
      return;
    case 'tally':
      for (const _ of [1, 2]) await tallyLetters(db, { portion: step.portion, least: 1 });
      return;
    case 'allAgain':
      await transaction(db, (trx) => makeDueAgain(trx, world.consultationIds[0] ?? 0, null, now));
      return;
    case 'roll back':
      return rollBack(db);
    case 'copy in':
      await insert(world, 0, 3, sql`now()`);
      return;
    default:
      return changeOne(world, step.what, step.place);
  }
}

async function changeOne({ db, consultationIds }: World, what: string, place: number): Promise<void> {
  const letters = await db.selectFrom('letters').select(['id', 'sent_at']).orderBy('id').execute();
  const letter = letters[place % Math.max(1, letters.length)];
  if (!letter) return;
  if (what === 'delete') await db.deleteFrom('letters').where('id', '=', letter.id).execute();
  if (what === 'again')
    await transaction(db, async (trx) => {
      for (const id of consultationIds) await makeDueAgain(trx, id, letter.id, now);
    });
  if (what === 'later' && !letter.sent_at) await letterNotSent(db, letter.id, 'busy', now, now);
  if (what === 'fail' && !letter.sent_at) await letterNotSent(db, letter.id, 'unknown', null, now);
}

async function queue(
  world: World,
  { submission, letters, idsSkipped }: { submission: number; letters: number; idsSkipped: number },
): Promise<void> {
  await sql`select setval(pg_get_serial_sequence('letters', 'id'),
    nextval(pg_get_serial_sequence('letters', 'id')) + ${idsSkipped})`.execute(world.db);
  await insert(world, submission, letters, sql`null`);
}

// As many of one kind as there are submissions from one on.
async function insert(
  { db, submissionIds }: World,
  submission: number,
  letters: number,
  sentAt: ReturnType<typeof sql>,
): Promise<void> {
  for (const kind of ['receipt', 'answer', 'withdrawal'])
    await sql`
      insert into letters (kind, submission_id, created_at, due_at, sent_at)
      select ${kind}, id, ${now}, ${now}, ${sentAt} from unnest(${[...submissionIds]}::bigint[]) id
      where id >= ${submissionIds[submission]} order by id limit ${letters} on conflict do nothing`.execute(
      db,
    );
}

async function rollBack(db: Db): Promise<void> {
  const refused = new Error('refused');
  const work = transaction(db, async (trx) => {
    await sql`update letters set sent_at = ${now}`.execute(trx);
    await sql`delete from letters where id = (select min(id) from letters)`.execute(trx);
    throw refused;
  });
  await work.catch((error) => assert.equal(error, refused));
}

// Gives how many letters stand in tallies.
async function compare({ db, consultationIds }: World, from: number): Promise<number> {
  const failed = await failedLettersOf(db, consultationIds);
  for (const id of consultationIds) {
    const all = await lettersOf(db, id);
    const count = (state: LetterState) => all.filter((each) => each.state === state).length;
    const counts = { waiting: count('waiting'), sent: count('sent'), failed: count('failed') };
    assert.deepEqual(await letterCounts(db, id), counts);
    assert.equal(failed.get(id) ?? 0, counts.failed);
    const before = all[from % Math.max(1, all.length)]?.id ?? Number.MAX_SAFE_INTEGER;
    for (const state of [null, ...letterStates]) {
      const limit = 1 + (from % 7);
      const found = await listLetters(db, id, { state, before, limit });
      const expected = all.filter((each) => each.id < before && (state === null || each.state === state));
      assert.deepEqual(
        found.map((each) => [each.id, each.state]),
        expected.slice(0, limit).map((each) => [each.id, each.state]),
      );
    }
  }
  const kept = await sql<{ letters: number }>`
    select coalesce(sum(letters), 0)::int as letters from letter_tallies`.execute(db);
  return kept.rows[0]?.letters ?? 0;
}

async function lettersOf(db: Db, id: number): Promise<Pick<ListedLetter, 'id' | 'state'>[]> {
  const { rows } = await sql<Pick<ListedLetter, 'id' | 'state'>>`
    select l.id, case when l.sent_at is not null then 'sent' when l.failed_at is not null then 'failed'
      else 'waiting' end as state
    from letters l join submissions s on s.id = l.submission_id where s.consultation_id = ${id}
    order by l.id desc`.execute(db);
  return rows;
}
