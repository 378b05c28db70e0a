import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { assignableComments, insertAssignments } from '../../src/db/assignments.ts';
import { chosenComments } from '../../src/db/chosen-comments.ts';
import { chosenScreenings } from '../../src/db/chosen-screenings.ts';
import { meantNow } from '../../src/db/meant.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { type StandingChoice, standingParts } from '../../src/db/standing-comments.ts';
import type { Assignee } from '../../src/domain/assignment.ts';
import { parts } from '../../src/domain/comment-filter.ts';
import { meantIn } from '../../src/domain/meant.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { screeningStates } from '../../src/domain/screening.ts';
import { dispositionStates, type Work } from '../../src/domain/tallies.ts';
import { publish } from '../consultation.ts';
import { testSite } from '../support.ts';
import { begin, beginning, type History, step, take } from './rows/history.ts';
import { scratch } from './rows/scratch.ts';

const works: readonly Work[] = ['disposition', 'screening', 'assignee'];
const readers = { disposition: chosenComments, screening: chosenScreenings, assignee: assignableComments };

const assigned = fc.record({
  what: fc.constant('assigned' as const),
  which: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
  back: fc.boolean(),
});
const filter = fc.record({
  clause: fc.constantFrom('', 'whole' as const, 'art_3', 'art_4'),
  channel: fc.constantFrom('' as const, 'online' as const, 'letter' as const),
  stance: fc.constantFrom('' as const, 'amend' as const, 'delete' as const),
  part: fc.constantFrom('' as const, ...parts),
  screening: fc.constantFrom('' as const, '' as const, ...screeningStates),
  disposition: fc.constantFrom('' as const, '' as const, ...dispositionStates),
  assigned: fc.constantFrom('' as const, '' as const, 'me' as const, 'none' as const),
});
type Filter = typeof filter extends fc.Arbitrary<infer T> ? T : never;
const everything: Filter = {
  ...{ clause: '', channel: '', stance: '', part: '', screening: '', disposition: '', assigned: '' },
};

t.test('tallies know the mark of every set of comments, after every step of any history', async (t) => {
  t.setTimeout(280_000);
  const { db, clock, officers } = await testSite(t);
  const officer = officers['caseworker'] as Officer;
  const steps = fc.array(
    fc.tuple(fc.oneof({ weight: 3, arbitrary: step }, assigned), fc.array(filter, { maxLength: 3 })),
    {
      minLength: 8,
      maxLength: 22,
    },
  );
  const known = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const history = await begin(db, officer, await publish(db, officer, clock()), clock());
      for (const each of beginning) await take(history, each);
      for (const [each, filters] of taken) {
        await (each.what === 'assigned' ? give(history, each) : take(history, each));
        for (const one of [everything, ...filters]) await compare(history, one, known);
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
  t.ok(known.size > 150, `${known.size} sets were told apart`);
});

t.test('a mark is the same on every database', async (t) => {
  const { db } = await testSite(t);
  const { rows } = await sql<{ mark: string }>`
    select deed_mark(id, deed)::text as mark from (values (1::bigint, 0::bigint), (2, 1), (3000000000, 9007199254740991))
      as each (id, deed)`.execute(db);
  t.strictSame(
    rows.map(({ mark }) => mark),
    ['4641079737276638341', '-6160170036908594798', '993352398374738366'],
  );
});

// Gives comments to the officer, or takes them back.
async function give(
  { db, officer, consultation, now }: History,
  { which, back }: { readonly which: readonly number[]; readonly back: boolean },
): Promise<void> {
  const comments = await scratch(db, consultation.id);
  const ids = new Set(which.flatMap((one) => comments[one % Math.max(1, comments.length)]?.id ?? []));
  const to: Assignee = back ? '' : `o${officer.id}`;
  const assignment = { to, remark: '', officerId: officer.id };
  await transaction(db, (trx) => insertAssignments(trx, [...ids], assignment, now));
}

async function compare(history: History, filter: Filter, known: Map<string, string>): Promise<void> {
  const { db } = history;
  const choice = choiceOf(history, filter);
  for (const work of works) {
    const meant = await meantNow(db, choice, work);
    assert.deepEqual(
      meant,
      meantIn(await standingParts(db, choice, work)),
      `${work} ${JSON.stringify(filter)}`,
    );
    await holdsToComments(db, choice, { work, ...meant }, known);
  }
}

// The same mark means the same comments with the same latest deeds, and another mark others.
async function holdsToComments(
  db: Db,
  choice: StandingChoice,
  { work, comments, mark }: { readonly work: Work; readonly comments: number; readonly mark: string },
  known: Map<string, string>,
): Promise<void> {
  const read = await readers[work](db, choice);
  assert.equal(read.mark, mark);
  assert.equal(read.comments.length, comments);
  const set = read.comments.map(({ id, seen }) => `${id}:${seen}`).join();
  for (const [key, value] of [
    [`${work} ${mark}`, set],
    [`${work} ${set}`, mark],
  ] as const) {
    assert.equal(known.get(key) ?? value, value);
    known.set(key, value);
  }
}

function choiceOf({ consultation, clauseIds, officer }: History, asked: Filter): StandingChoice {
  const { assigned, clause } = asked;
  const clauseId = clause === '' || clause === 'whole' ? clause : (clauseIds.get(clause) ?? '');
  const assignees = assigned === '' ? null : assigned === 'me' ? [`o${officer.id}` as const] : ['' as const];
  const filter = { ...asked, clause: clauseId, words: '', spellings: [], assignees } as const;
  return { consultationId: consultation.id, filter, ids: null };
}
