import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { currentPortions, currentRows } from '../../src/actions/notice-rows.ts';
import { mergedCounts, sharedRows } from '../../src/db/alike-rows.ts';
import { groupOutcomes } from '../../src/db/group-work.ts';
import { rowIds } from '../../src/db/row-order.ts';
import type { Db } from '../../src/db/session.ts';
import type { NoticeWords } from '../../src/domain/feedback-notice.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { testSite } from '../support.ts';
import { begin, beginning, type History, step, take } from './rows/history.ts';
import { type Scratch, scratch } from './rows/scratch.ts';

t.test(
  'rows from kept tallies equal those worked out from the comments, after every step of any history',
  async (t) => {
    t.setTimeout(280_000);
    const { db, clock, officers, deps } = await testSite(t);
    const officer = officers['caseworker'] as Officer;
    const steps = fc.array(step, { minLength: 8, maxLength: 22 });
    let [merged, kept] = [0, 0];
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const history = await begin(db, officer, await publish(db, officer, clock()), clock());
        for (const each of [...beginning, ...taken]) {
          await take(history, each);
          merged += await compare(history);
          kept += await countKept(history);
        }
        await compareTable(history, deps.sentences.notice);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    t.ok(merged > 60, `${merged} comments stood in the row of another`);
    t.ok(kept > 25, `and ${kept} were kept in tallies`);
  },
);

// Gives how many comments stand in the row of another.
async function compare({ db, consultation, groups }: History): Promise<number> {
  const standing = (await scratch(db, consultation.id)).filter(({ stands }) => stands);
  const rows = new Map<string, Scratch[]>();
  for (const one of standing) {
    const key = one.group === null ? `alone ${one.id}` : [one.group, one.outcome, one.reason].join(' ');
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  const expected = [...rows.values()].map((all) => ({
    all,
    head: all.find((one) => !one.unprinted) ?? all[0],
  }));
  expected.sort(
    (one, other) => standing.indexOf(one.head as Scratch) - standing.indexOf(other.head as Scratch),
  );
  const heads = expected.map(({ head }) => head?.id);
  const shared = await sharedRows(db, consultation.id);
  for (const [passed, limit] of [
    [0, 1_000],
    [1, 2],
    [3, 4],
  ] as const)
    assert.deepEqual(
      await rowIds(db, consultation.id, shared, { passed, limit }),
      heads.slice(passed, passed + limit),
    );
  const count = (all: readonly Scratch[], channel: string) =>
    all.filter((one) => one.channel === channel).length;
  assert.deepEqual(
    new Map(shared.map((row) => [row.head, [row.alike, row.clauseIds, row.channels]])),
    new Map(
      expected
        .filter(({ head }) => head?.group !== null)
        .map(({ all, head }) => [
          head?.id,
          [
            all.length,
            [...new Set(all.map(({ clauseId }) => clauseId))],
            Object.fromEntries(
              [...new Set(all.map(({ channel }) => channel))].map((each) => [each, count(all, each)]),
            ),
          ],
        ]),
    ),
  );
  const inGroups = standing.flatMap(({ group }) => group ?? []);
  const counts = {
    inRows: standing.length - heads.length,
    inGroups: inGroups.length - new Set(inGroups).size,
  };
  assert.deepEqual(await mergedCounts(db, consultation.id), counts);
  for (const id of groups) await compareOutcomes(db, { id, consultationId: consultation.id }, standing);
  return counts.inRows;
}

async function compareTable({ db, consultation }: History, words: NoticeWords): Promise<void> {
  const drawn = await currentRows(db, consultation, words, { passed: 0, limit: 1_000 });
  const standing = (await scratch(db, consultation.id)).filter(({ stands }) => stands);
  assert.equal(
    drawn.reduce((sum, { alike }) => sum + alike, 0),
    standing.length,
    'none is missing',
  );
  const portions = [];
  for await (const some of currentPortions(db, consultation, words, 3)) portions.push(...some);
  assert.deepEqual(portions, drawn);
}

async function compareOutcomes(
  db: Db,
  group: { readonly id: number; readonly consultationId: number },
  standing: readonly Scratch[],
): Promise<void> {
  const own = standing.filter((one) => one.group === group.id);
  const { outcomes } = await groupOutcomes(db, group);
  const told = outcomes.map(({ outcome, reason, comments }) => `${outcome} ${reason} ${comments}`).sort();
  const keys = own.map(({ outcome, reason }) => `${outcome} ${reason}`);
  const wanted = [...new Set(keys)]
    .map((key) => `${key} ${keys.filter((other) => other === key).length}`)
    .sort();
  assert.deepEqual(told, wanted);
}

async function countKept({ db, consultation }: History): Promise<number> {
  const { rows } = await sql<{ kept: number }>`
    select coalesce(sum(grouped), 0)::int as kept from tally_segments
    where consultation_id = ${consultation.id} and counted`.execute(db);
  return rows[0]?.kept ?? 0;
}
