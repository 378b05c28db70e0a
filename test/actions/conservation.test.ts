import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { tallyComments } from '../../src/actions/tally-comments.ts';
import { commentsByClause } from '../../src/db/clause-counts.ts';
import { deskComments } from '../../src/db/comments.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { insertDispositions } from '../../src/db/dispositions.ts';
import { latestDraft } from '../../src/db/drafts.ts';
import { confirmClause, holdGuessed } from '../../src/db/guessed-clauses.ts';
import { rowIds } from '../../src/db/row-order.ts';
import { insertRedaction, insertScreenings } from '../../src/db/screenings.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { markWithdrawn } from '../../src/db/submissions.ts';
import { commentedClauses, receivedCount, talliesOf } from '../../src/db/tallies.ts';
import { type Channel, stances } from '../../src/domain/comment.ts';
import { outcomes } from '../../src/domain/disposition.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { agrees, receivedTotals, type Tally, totalsOf } from '../../src/domain/tallies.ts';
import { addsUp, countTotals } from '../../src/domain/totals.ts';
import { close, publish } from '../consultation.ts';
import { arrival, stored } from '../submitted.ts';
import { testSite } from '../support.ts';

const clauses = ['', 'art_3', 'art_4'];

const step = fc.oneof(
  fc.record({
    what: fc.constant('received' as const),
    comments: fc.array(
      fc.record({
        clause: fc.constantFrom(...clauses),
        stance: fc.constantFrom(...stances),
        text: fc.constantFrom('建议写明。', '请打13812345678联系。'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    channel: fc.constantFrom<Channel>('online', 'email', 'letter', 'hearing'),
    consent: fc.constantFrom('withName' as const, 'withoutName' as const, 'no' as const),
    late: fc.boolean(),
    guessed: fc.boolean(),
  }),
  fc.record({ what: fc.constant('withdrawn' as const), which: fc.nat() }),
  fc.record({
    what: fc.constant('screened' as const),
    which: fc.nat(),
    verdict: fc.constantFrom('shown' as const, 'hidden' as const),
  }),
  fc.record({ what: fc.constant('covered' as const), which: fc.nat() }),
  fc.record({
    what: fc.constant('disposed' as const),
    which: fc.nat(),
    outcome: fc.constantFrom(...outcomes),
  }),
  fc.record({ what: fc.constant('takenBack' as const), which: fc.nat() }),
  fc.record({ what: fc.constant('moved' as const), which: fc.nat(), clause: fc.constantFrom(...clauses) }),
  fc.record({ what: fc.constant('tallied' as const), portion: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ what: fc.constant('closed' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

t.test('kept counts equal a full count after every step of any history', async (t) => {
  const { db, clock, officers } = await testSite(t);
  const caseworker = officers['caseworker'] as Officer;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const consultation = await publish(db, caseworker, clock());
      const history = { db, officer: caseworker, consultation, now: clock() };
      for (const each of steps) {
        await take(history, each);
        await compare(db, consultation.id);
      }
      await compareWays(db, consultation.id);
    }),
    { numRuns: 60 },
  );
  const { rows } = await sql<{ kept: number }>`
    select count(*)::int as kept from tally_segments where counted and size > 0`.execute(db);
  t.ok((rows[0]?.kept ?? 0) > 50, 'and much of it was kept');
});

interface History {
  readonly db: Db;
  readonly officer: Officer;
  readonly consultation: PublishedConsultation;
  readonly now: Date;
}

async function take({ db, officer, consultation, now }: History, step: Step): Promise<void> {
  if (step.what === 'tallied') return tallyComments(db, { portion: step.portion, most: 3, least: 1 });
  if (step.what === 'closed') return void (await close(db, consultation));
  if (step.what === 'received') return void (await received(db, officer, consultation, step));
  const comments = await deskComments(db, consultation.id);
  const comment = comments[step.which % comments.length];
  if (!comment) return;
  await transaction(db, async (trx) => {
    if (step.what === 'withdrawn') await markWithdrawn(trx, comment.submissionId, now);
    if (step.what === 'screened')
      await insertScreenings(
        trx,
        [comment.id],
        { verdict: step.verdict, reason: '含有广告' },
        officer.id,
        now,
      );
    if (step.what === 'covered') {
      const words = { text: comment.text.replace('138', '＊'), proposedWording: '', quotation: '' };
      const redaction = { ...words, commentId: comment.id, reason: '个人信息', officerId: officer.id };
      await insertRedaction(trx, redaction, now);
    }
    if (step.what === 'disposed') {
      const disposition = { outcome: step.outcome, reason: '已有规定' };
      await insertDispositions(trx, [comment.id], disposition, { officerId: officer.id }, now);
    }
    if (step.what === 'takenBack' && comment.dispositionId > 0)
      await sql`
        insert into dispositions (comment_id, outcome, reason, takes_back, officer_id, created_at)
        values (${comment.id}, null, '', ${comment.dispositionId}, ${officer.id}, ${now})`.execute(trx);
    const isGuess = step.what === 'moved' && (await holdGuessed(trx, consultation.id, [comment.id])).size > 0;
    if (isGuess) await confirmClause(trx, comment.id, await clauseAt(trx, consultation.id, step.clause));
  });
}

async function received(
  db: Db,
  { id }: Officer,
  consultation: PublishedConsultation,
  step: Extract<Step, { what: 'received' }>,
): Promise<void> {
  const receivedAt = step.late ? consultation.closesAt : consultation.publishedAt;
  await stored(db, consultation, step.comments, arrival(step, id, receivedAt));
}

async function clauseAt(db: Db, consultationId: number, address: string): Promise<number | null> {
  const draft = await latestDraft(db, consultationId);
  return draft?.clauses.find((clause) => clause.address === address)?.id ?? null;
}

async function compare(db: Db, consultationId: number): Promise<void> {
  const tallies = await talliesOf(db, { consultationId });
  assert.deepEqual(sorted(tallies), sorted(await fullCount(db, consultationId)));
  assert.deepEqual(await commentsByClause(db, consultationId), await fullCountByClause(db, consultationId));
}

async function compareWays(db: Db, consultationId: number): Promise<void> {
  const tallies = await talliesOf(db, { consultationId });
  const received = await receivedCount(db, consultationId);
  assert.ok(agrees(receivedTotals(tallies), received), JSON.stringify(received));
  const byClause = await Promise.all(
    [0, ...(await commentedClauses(db, consultationId))].map((clauseId) =>
      talliesOf(db, { consultationId, clauseId }),
    ),
  );
  const sum = (list: readonly Tally[]) => list.reduce((total, { comments }) => total + comments, 0);
  assert.equal(sum(byClause.flat()), received.comments);
  const standing = (await deskComments(db, consultationId)).filter(
    ({ late, withdrawn }) => !late && !withdrawn,
  );
  const order = standing.map(({ id }) => id);
  const portions = [
    { passed: 0, limit: 1_000 },
    { passed: 1, limit: 2 },
    { passed: 3, limit: 4 },
  ];
  for (const { passed, limit } of portions)
    assert.deepEqual(
      await rowIds(db, consultationId, [], { passed, limit }),
      order.slice(passed, passed + limit),
    );
  const totals = totalsOf(tallies);
  assert.ok(addsUp(totals));
  assert.deepEqual(totals, countTotals(await deskComments(db, consultationId)));
}

async function fullCountByClause(db: Db, consultationId: number): Promise<Map<number | null, number>> {
  const { rows } = await sql<{ id: number | null; count: number }>`
    select clause_id as id, count(*)::int as count from comments where consultation_id = ${consultationId}
    group by 1`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

// Counted anew, whole, with nothing kept.
async function fullCount(db: Db, consultationId: number): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select s.channel, case when s.dated_at >= c.closes_at then 'late' when s.withdrawn_at is not null then 'withdrawn'
        else 'standing' end as part,
      coalesce((select verdict from screenings where comment_id = k.id order by id desc limit 1), 'waiting') as screening,
      coalesce((select outcome from dispositions where comment_id = k.id order by id desc limit 1), 'undisposed')
        as disposition,
      k.stance,
      case when s.consent = 'no' then 'unprinted'
        when not exists (select from comments_with_numbers where comment_id = k.id) then 'none'
        when exists (select from redactions where comment_id = k.id) then 'covered' else 'bare' end as numbers,
      (count(*) filter (where k.position = 0))::int as submissions, count(*)::int as comments
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    where k.consultation_id = ${consultationId} group by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows;
}

function sorted(tallies: readonly Tally[]): string[] {
  return tallies
    .map(({ channel, part, screening, disposition, stance, numbers, submissions, comments }) =>
      [channel, part, screening, disposition, stance, numbers, submissions, comments].join(' '),
    )
    .sort();
}
