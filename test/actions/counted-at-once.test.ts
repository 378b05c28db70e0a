import assert from 'node:assert/strict';
import { sql } from 'kysely';
import t from 'tap';
import { mergedCounts, sharedRows } from '../../src/db/alike-rows.ts';
import { spanToCount } from '../../src/db/changed-share.ts';
import { groupOutcomes } from '../../src/db/group-work.ts';
import { meantNow } from '../../src/db/meant.ts';
import { rowIds } from '../../src/db/row-order.ts';
import { talliesOf } from '../../src/db/tallies.ts';
import { everyComment } from '../../src/domain/comment-filter.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { multiplied } from '../submitted.ts';
import { testSite } from '../support.ts';
import { tallied } from '../tallied.ts';
import { begin, beginning, type History, take } from './rows/history.ts';
import { scratch } from './rows/scratch.ts';

t.test('what is counted at once comes out as it does portion by portion', async (t) => {
  const { db, clock, officers } = await testSite(t);
  const officer = officers['caseworker'] as Officer;
  const history = await begin(db, officer, await publish(db, officer, clock()), clock());
  const { id } = history.consultation;
  for (const each of beginning) await take(history, each);
  const [one] = await scratch(db, id);
  await multiplied(db, one?.id ?? 0, 2_100, sql`case when more.id % 3 > 0 then clause_id end`);
  await strew(history);
  await isTheSameOnceCounted(history);
  await sql`
    insert into screenings (comment_id, verdict, reason, officer_id, created_at)
    select id, 'shown', '', ${officer.id}, now() from comments where consultation_id = ${id}`.execute(db);
  await take(history, {
    what: 'received',
    comments: ['art_3'],
    channel: 'letter',
    consent: 'no',
    guessed: false,
  });
  await isTheSameOnceCounted(history);
});

// Everything that is told apart, and some of it done twice.
async function strew({ db, officer, groups, consultation, now }: History): Promise<void> {
  const own = sql`from comments where consultation_id = ${consultation.id}`;
  await sql`
    update submissions set withdrawn_at = case when id % 11 = 0 then ${now}::timestamptz end,
      channel = case when id % 7 = 0 then 'letter' else channel end,
      dated_at = case when id % 7 = 0 and id % 3 = 0 then ${consultation.closesAt} else dated_at end
    where consultation_id = ${consultation.id} and id % 77 <> 0`.execute(db);
  for (const every of [2, 5])
    await sql`
      insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
      select id, (${[...groups]}::bigint[])[1 + id % 2], id % 25 > 0, ${officer.id}, ${now} ${own}
        and id % ${every}::int = 0`.execute(db);
  for (const every of [2, 3, 5])
    await sql`
      insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
      select id, 'notAdopted', '理由' || id % 2, ${officer.id}, ${now} ${own} and id % ${every}::int = 0`.execute(
      db,
    );
  await sql`
    insert into screenings (comment_id, verdict, reason, officer_id, created_at)
    select id, 'hidden', '含有广告', ${officer.id}, ${now} ${own} and id % 13 = 0`.execute(db);
  await sql`
    insert into comment_assignments (comment_id, to_officer_id, officer_id, created_at)
    select id, ${officer.id}, ${officer.id}, ${now} ${own} and id % 4 = 0`.execute(db);
  await sql`insert into comments_with_numbers (comment_id) select id ${own} and id % 17 = 0`.execute(db);
}

async function isTheSameOnceCounted(history: History): Promise<void> {
  const { db, consultation } = history;
  assert.ok(await spanToCount(db, consultation.id), 'so much is counted at once');
  const found = await everything(history);
  for (const portion of [1_000, 10_000]) {
    // Large portions are counted at once, too.
    if (portion > 1_000) await sql`select forget_tallies(array[${consultation.id}::bigint])`.execute(db);
    await tallied(db, { portion, most: 200, least: 1 });
    assert.equal(await spanToCount(db, consultation.id), undefined);
    assert.deepEqual(await everything(history), found, `counted by ${portion}`);
  }
}

const filter = { ...everyComment, spellings: [], assignees: null };

async function everything({ db, consultation: { id }, groups }: History) {
  const shared = (await sharedRows(db, id)).sort((one, other) => one.head - other.head);
  const of = (passed: number, limit: number) => rowIds(db, id, shared, { passed, limit });
  const told = <T>(rows: readonly T[]) =>
    rows.map((row) => JSON.stringify(row, Object.keys(row as object).sort())).sort();
  return {
    ...{ shared, merged: await mergedCounts(db, id) },
    tallies: told(await talliesOf(db, { consultationId: id })),
    marks: await Promise.all(
      (['disposition', 'screening', 'assignee'] as const).map((work) =>
        meantNow(db, { consultationId: id, filter, ids: null }, work),
      ),
    ),
    rows: [await of(0, 5_000), await of(1, 3), await of(700, 200), await of(100_000, 10)],
    groups: await Promise.all(groups.map((group) => groupOutcomes(db, { id: group, consultationId: id }))),
  };
}
