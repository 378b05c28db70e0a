import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { assignComments } from '../../src/actions/assign-comments.ts';
import { disposeOfComments } from '../../src/actions/dispose-of-comments.ts';
import { keepDepartment } from '../../src/actions/keep-department.ts';
import { takeBackDisposition } from '../../src/actions/take-back-dispositions.ts';
import { assignableComments, assignmentsOf } from '../../src/db/assignments.ts';
import { countComments } from '../../src/db/comment-list.ts';
import { deskComments } from '../../src/db/comments.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { departmentsOf } from '../../src/db/departments.ts';
import type { Db } from '../../src/db/session.ts';
import { receivedCount, talliesOf } from '../../src/db/tallies.ts';
import type { Assignee } from '../../src/domain/assignment.ts';
import { everyComment } from '../../src/domain/comment-filter.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { agrees, countOf, receivedTotals, undisposedOf } from '../../src/domain/tallies.ts';
import { close, publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';
import { tallied } from '../tallied.ts';

const which = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 5 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('given' as const), which, to: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('disposed' as const), which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('takenBack' as const), which }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('tallied' as const) }) },
  // Twice the same page: the second is told and changes nothing.
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('givenTwice' as const), which, to: fc.nat({ max: 3 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface History {
  readonly db: Db;
  readonly officer: Officer;
  readonly consultation: PublishedConsultation;
  readonly now: Date;
  readonly keys: readonly Assignee[];
  readonly ids: readonly number[];
  /** Whose each comment is, and how often that changed, as a model has it. */
  readonly model: Map<number, { assignee: Assignee; disposed: boolean; rows: number }>;
}

t.test(
  'whatever is given, taken back and disposed of, each comment is one’s or nobody’s and all add up',
  async (t) => {
    const { db, clock, officers } = await testSite(t);
    const officer = officers['caseworker'] as Officer;
    const administrator = officers['administrator'] as Officer;
    for (const name of ['县农业农村局', '县自然资源局'])
      await keepDepartment(db, { officer: administrator, place: 'new', name }, clock());
    const [one, two] = await departmentsOf(db, officer.agencyId);
    const keys = ['', `o${(officers['second'] as Officer).id}`, `d${one?.id}`, `d${two?.id}`] as Assignee[];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const consultation = await publish(db, officer, clock());
        const sent = ['', 'art_3', 'art_3', 'art_4'].map((clause) => ({ clause }));
        for (let each = 0; each < 2; each += 1)
          await stored(db, consultation, sent, { receivedAt: consultation.publishedAt });
        await close(db, consultation);
        const ids = (await deskComments(db, consultation.id)).map(({ id }) => id).sort((a, b) => a - b);
        const model: History['model'] = new Map(
          ids.map((id) => [id, { assignee: '', disposed: false, rows: 0 }]),
        );
        const history = { db, officer, consultation, now: consultation.closesAt, keys, ids, model };
        for (const each of steps) await take(history, each);
        await compare(history);
      }),
      { numRuns: 25 },
    );
    const { rows } = await sql<{ kept: number }>`
      select count(*)::int as kept from segment_tallies where assignee <> ''`.execute(db);
    t.ok((rows[0]?.kept ?? 0) > 10, 'and much of it was kept');
  },
);

// The first look notes how far counting may go, the next one counts.
async function tally(db: Db): Promise<void> {
  await tallied(db, { portion: 3, most: 3, least: 1 });
}

async function take(history: History, step: Step): Promise<void> {
  const { db, officer, consultation, now, keys, ids, model } = history;
  if (step.what === 'tallied') return tally(db);
  const chosen = step.which.map((index) => ids[index] as number);
  const by = { officer, consultationId: consultation.id };
  if (step.what === 'given' || step.what === 'givenTwice') {
    const comments = await seen(history, chosen);
    const to = keys[step.to] as Assignee;
    const input = { ...by, comments, to, remark: '' };
    const result = await assignComments(db, input, now);
    const others = chosen.filter((id) => model.get(id)?.assignee !== to);
    if ('assigned' in result) assert.equal(result.assigned, others.length);
    else assert.deepEqual([others, 'issues' in result], [[], true]);
    for (const id of others) {
      const before = model.get(id);
      model.set(id, { assignee: to, disposed: before?.disposed ?? false, rows: (before?.rows ?? 0) + 1 });
    }
    if (step.what === 'givenTwice' && others.length > 0)
      assert.deepEqual(await assignComments(db, { ...input, to: keys[0] as '' }, now), { changed: true });
    return;
  }
  const found = (await deskComments(db, consultation.id)).filter(({ id }) => chosen.includes(id));
  if (step.what === 'disposed') {
    const comments = found.map(({ id, dispositionId }) => ({ id, seen: dispositionId }));
    const disposition = { outcome: 'adopted', reason: '' } as const;
    await disposeOfComments(db, { ...by, comments, disposition }, now);
    for (const { id } of found) Object.assign(model.get(id) ?? {}, { disposed: true });
    return;
  }
  for (const { id, outcome, dispositionId } of found.filter((each) => each.outcome !== null)) {
    await takeBackDisposition(db, { ...by, commentId: id, seen: dispositionId }, now);
    const after = (await deskComments(db, consultation.id)).find((each) => each.id === id);
    assert.ok(outcome !== null);
    Object.assign(model.get(id) ?? {}, { disposed: after?.outcome !== null });
  }
}

async function seen({ db, consultation }: History, ids: readonly number[]) {
  const filter = { ...everyComment, spellings: [], assignees: null };
  return (await assignableComments(db, { consultationId: consultation.id, filter, ids })).comments;
}

async function compare({ db, consultation, keys, ids, model }: History): Promise<void> {
  const tallies = await talliesOf(db, { consultationId: consultation.id });
  assert.ok(agrees(receivedTotals(tallies), await receivedCount(db, consultation.id)));
  const histories = await assignmentsOf(db, ids);
  let all = 0;
  for (const key of keys) {
    const expected = ids.filter((id) => model.get(id)?.assignee === key);
    const filter = { ...everyComment, assigned: 'me', spellings: [], assignees: [key] } as const;
    assert.equal(countOf(tallies, filter, [key]), expected.length);
    assert.equal(
      await countComments(db, { consultationId: consultation.id, filter }, 1_000),
      expected.length,
    );
    const left = expected.filter((id) => !model.get(id)?.disposed).length;
    assert.equal(undisposedOf(tallies, [key]), left);
    all += expected.length;
  }
  assert.equal(all, ids.length);
  for (const id of ids) {
    const rows = histories.get(id) ?? [];
    assert.equal(rows.length, model.get(id)?.rows, 'every change stays as a row');
    assert.equal(rows.at(-1)?.assignee ?? '', model.get(id)?.assignee);
  }
}
