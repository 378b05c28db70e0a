import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { currentPortions, currentRows } from '../../src/actions/notice-rows.ts';
import { tallyComments } from '../../src/actions/tally-comments.ts';
import { mergedCounts, sharedRows } from '../../src/db/alike-rows.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { insertDispositions } from '../../src/db/dispositions.ts';
import { groupOutcomes } from '../../src/db/group-work.ts';
import { emptyGroup, insertGroup, putComments } from '../../src/db/group-writes.ts';
import { confirmClause, holdGuessed } from '../../src/db/guessed-clauses.ts';
import { rowIds } from '../../src/db/row-order.ts';
import { insertScreenings } from '../../src/db/screenings.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { markWithdrawn } from '../../src/db/submissions.ts';
import type { NoticeWords } from '../../src/domain/feedback-notice.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';

const clauses = ['', 'art_3', 'art_4'];
const which = fc.nat();
const step = fc.oneof(
  fc.record({
    what: fc.constant('received' as const),
    comments: fc.array(fc.constantFrom(...clauses), { minLength: 1, maxLength: 4 }),
    channel: fc.constantFrom('online' as const, 'letter' as const),
    consent: fc.constantFrom('withoutName' as const, 'no' as const),
    guessed: fc.boolean(),
  }),
  fc.record({
    what: fc.constantFrom('disposed' as const),
    which: fc.array(which, { minLength: 1, maxLength: 6 }),
    outcome: fc.constantFrom('adopted' as const, 'notAdopted' as const),
    reason: fc.constantFrom('已有规定', '另行研究'),
  }),
  fc.record({
    what: fc.constant('grouped' as const),
    which: fc.array(which, { minLength: 1, maxLength: 6 }),
    group: fc.nat({ max: 2 }),
  }),
  fc.record({ what: fc.constant('screened' as const), which, hidden: fc.boolean() }),
  fc.record({ what: fc.constant('moved' as const), which, clause: fc.constantFrom(...clauses) }),
  fc.record({
    what: fc.constantFrom('withdrawn' as const, 'late' as const, 'alone' as const, 'takenBack' as const),
    which,
  }),
  fc.record({ what: fc.constant('dissolved' as const), group: fc.nat({ max: 1 }) }),
  fc.record({ what: fc.constant('tallied' as const), portion: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ what: fc.constant('forgotten' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const five: Step = {
  ...{ what: 'received', comments: ['', 'art_3', 'art_4', 'art_4', ''], channel: 'letter', consent: 'no' },
  guessed: true,
};
const beginning: Step[] = [
  five,
  { ...five, channel: 'online', consent: 'withoutName' },
  { what: 'grouped', which: [0, 2, 3, 4, 7, 8], group: 0 },
  { what: 'tallied', portion: 20 },
];

interface History {
  readonly db: Db;
  readonly officer: Officer;
  readonly consultation: PublishedConsultation;
  readonly groups: readonly number[];
  readonly clauseIds: ReadonlyMap<string, number>;
  readonly now: Date;
}

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
      { numRuns: 4 },
    );
    t.ok(merged > 60, `${merged} comments stood in the row of another`);
    t.ok(kept > 25, `and ${kept} were kept in tallies`);
  },
);

async function begin(
  db: Db,
  officer: Officer,
  consultation: PublishedConsultation,
  now: Date,
): Promise<History> {
  const group = (label: string) =>
    transaction(db, (trx) =>
      insertGroup(trx, { consultationId: consultation.id, label, officerId: officer.id }, now),
    );
  const { rows } = await sql<{ id: number; address: string }>`
    select l.id, l.address from clauses l join drafts d on d.id = l.draft_id
    where d.consultation_id = ${consultation.id}`.execute(db);
  const clauseIds = new Map(rows.map(({ id, address }) => [address, id]));
  return { db, officer, consultation, groups: [await group('一'), await group('二')], clauseIds, now };
}

async function take(history: History, step: Step): Promise<void> {
  const { db, officer, consultation, groups, now } = history;
  const { id: consultationId } = consultation;
  if (step.what === 'tallied') return tallyComments(db, { portion: step.portion, most: 4, least: 1 });
  if (step.what === 'forgotten')
    return void (await sql`select forget_tallies(array[${consultationId}::bigint])`.execute(db));
  if (step.what === 'received') return receive(history, step);
  if (step.what === 'dissolved')
    return transaction(db, (trx) => emptyGroup(trx, groups[step.group] as number, officer.id, now));
  const comments = await scratch(db, consultationId);
  const at = (one: number) => comments[one % Math.max(1, comments.length)];
  const ids = [...new Set([step.which].flat().flatMap((one) => at(one)?.id ?? []))];
  const [id] = ids;
  if (id === undefined) return;
  await transaction(db, async (trx) => {
    const one = comments.find((comment) => comment.id === id);
    if (step.what === 'disposed') await insertDispositions(trx, ids, step, { officerId: officer.id }, now);
    if (step.what === 'grouped' || step.what === 'alone') {
      const groupId = step.what === 'grouped' ? (groups[step.group] ?? null) : null;
      await putComments(trx, ids, { groupId, joined: groupId !== null }, officer.id, now);
    }
    if (step.what === 'screened')
      await insertScreenings(
        trx,
        ids,
        { verdict: step.hidden ? 'hidden' : 'shown', reason: '含有广告' },
        officer.id,
        now,
      );
    if (step.what === 'withdrawn') await markWithdrawn(trx, one?.submissionId ?? 0, now);
    if (step.what === 'late')
      await sql`update submissions set channel = 'letter', dated_at = ${consultation.closesAt}
        where id = ${one?.submissionId ?? 0} and channel <> 'online'`.execute(trx);
    if (step.what === 'takenBack' && one?.seen)
      await sql`insert into dispositions (comment_id, outcome, reason, takes_back, officer_id, created_at)
        values (${id}, null, '', ${one.seen}, ${officer.id}, ${now})`.execute(trx);
    if (step.what === 'moved' && (await holdGuessed(trx, consultationId, [id])).size > 0)
      await confirmClause(trx, id, history.clauseIds.get(step.clause) ?? null);
  });
}

async function receive(
  { db, officer, consultation }: History,
  { comments, channel, consent, guessed }: Extract<Step, { what: 'received' }>,
): Promise<void> {
  const receivedAt = consultation.publishedAt;
  const entered = channel === 'online' ? null : { by: officer.id, at: receivedAt };
  const written = comments.map((clause) => ({ clause, stance: 'amend' as const, text: '建议写明。' }));
  const clauseFrom = guessed ? 'guess' : 'sender';
  await stored(db, consultation, written, {
    channel,
    consent,
    clauseFrom,
    entered,
    receivedAt,
    name: '朱清和',
  });
}

/** A comment as the tables have it, with nothing that is kept. */
interface Scratch {
  readonly id: number;
  readonly submissionId: number;
  readonly stands: boolean;
  readonly position: number;
  readonly clauseId: number;
  readonly channel: string;
  readonly group: number | null;
  readonly outcome: string | null;
  readonly reason: string;
  readonly seen: number;
  readonly unprinted: boolean;
}

async function scratch(db: Db, consultationId: number): Promise<Scratch[]> {
  const { rows } = await sql<Scratch>`
    select k.id, s.id as "submissionId", s.withdrawn_at is null and s.dated_at < c.closes_at as stands, s.channel,
      coalesce(l.position, -1) as position, coalesce(k.clause_id, 0) as "clauseId",
      (select case when joined then group_id end from comment_group_members where comment_id = k.id
        order by id desc limit 1) as group,
      (select outcome from dispositions where comment_id = k.id order by id desc limit 1) as outcome,
      coalesce((select reason from dispositions where comment_id = k.id order by id desc limit 1), '') as reason,
      coalesce((select max(id) from dispositions where comment_id = k.id), 0) as seen,
      s.consent = 'no' or coalesce((select verdict = 'hidden' from screenings where comment_id = k.id
        order by id desc limit 1), false) as unprinted
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join clauses l on l.id = k.clause_id where k.consultation_id = ${consultationId}
    order by position, "clauseId", k.id`.execute(db);
  return rows;
}

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
