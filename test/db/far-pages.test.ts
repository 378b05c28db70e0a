import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { type LetterState, letterStates, listLetters } from '../../src/db/desk-letters.ts';
import { memberIds } from '../../src/db/group-members.ts';
import type { Db } from '../../src/db/session.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';

async function open(test: Parameters<typeof testSite>[0], submissions: number) {
  const { db, clock, officers } = await testSite(test);
  const officer = officers['caseworker'] as Officer;
  const consultation = await publish(db, officer, clock());
  for (let count = 0; count < submissions; count += 1)
    await stored(db, consultation, [{}], { receivedAt: clock() });
  return { db, officer, consultation };
}

t.test(
  'members of a group go on from any comment as the whole list does, wherever they were put',
  async (t) => {
    const { db, officer, consultation } = await open(t, 12);
    const groups = await idsOf(
      db,
      sql<{ id: number }>`insert into comment_groups (consultation_id, number, label, officer_id, created_at)
      select ${consultation.id}, n, '公示期', ${officer.id}, now() from generate_series(1, 2) n returning id`,
    );
    const comments = await idsOf(db, sql<{ id: number }>`select id from comments order by id`);
    const put = fc.record({ comment: fc.constantFrom(...comments), to: fc.constantFrom(...groups, null) });
    const asked = fc.record({
      after: fc.constantFrom(0, ...comments),
      limit: fc.integer({ min: 1, max: 5 }),
    });
    const places = new Map<number, number | null>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(put, { maxLength: 6 }),
        fc.array(asked, { minLength: 3, maxLength: 6 }),
        async (puts, lists) => {
          for (const { comment, to } of puts) {
            await sql`insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
          values (${comment}, ${to}, ${to !== null}, ${officer.id}, now())`.execute(db);
            places.set(comment, to);
          }
          for (const group of groups) {
            const whole = comments.filter((id) => places.get(id) === group);
            for (const { after, limit } of lists)
              assert.deepEqual(
                await memberIds(db, group, after, limit),
                whole.filter((id) => id > after).slice(0, limit),
              );
          }
        },
      ),
      { numRuns: 40 },
    );
  },
);

t.test('letters go on below any letter as the whole list does, in any state', async (t) => {
  const { db, consultation } = await open(t, 10);
  const submissions = await idsOf(db, sql<{ id: number }>`select id from submissions order by id`);
  const letter = fc.record({
    submission: fc.constantFrom(...submissions),
    state: fc.constantFrom(...letterStates),
  });
  const asked = fc.record({
    state: fc.constantFrom(null, ...letterStates),
    place: fc.nat({ max: 30 }),
    limit: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(letter, { maxLength: 20 }),
      fc.array(asked, { minLength: 4 }),
      async (letters, lists) => {
        await sql`delete from letters`.execute(db);
        const kinds = ['receipt', 'answer'];
        for (const [index, { submission, state }] of letters.entries())
          await write(db, submission, kinds[index % 2] ?? '', state);
        const all = await listLetters(db, consultation.id, { state: null, after: null, limit: 100 });
        const sorted = [...all].sort(
          (one, other) => other.submissionId - one.submissionId || other.id - one.id,
        );
        assert.deepEqual(all, sorted);
        for (const { state, place, limit } of lists) {
          const after = all[place] ?? null;
          const rest = (after ? all.slice(place + 1) : all).filter(
            (each) => state === null || each.state === state,
          );
          assert.deepEqual(
            await listLetters(db, consultation.id, { state, after, limit }),
            rest.slice(0, limit),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});

async function write(db: Db, submission: number, kind: string, state: LetterState): Promise<void> {
  await sql`insert into letters (kind, submission_id, created_at, due_at, sent_at, failed_at)
    values (${kind}, ${submission}, now(), now(), ${state === 'sent' ? sql`now()` : null}, ${state === 'failed' ? sql`now()` : null})
    on conflict do nothing`.execute(db);
}

async function idsOf(db: Db, query: ReturnType<typeof sql<{ id: number }>>): Promise<number[]> {
  return (await query.execute(db)).rows.map(({ id }) => id);
}
