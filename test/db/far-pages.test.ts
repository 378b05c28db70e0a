import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
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

async function idsOf(db: Db, query: ReturnType<typeof sql<{ id: number }>>): Promise<number[]> {
  return (await query.execute(db)).rows.map(({ id }) => id);
}
