import fc from 'fast-check';
import { sql } from 'kysely';
import { tallyComments } from '../../../src/actions/tally-comments.ts';
import type { PublishedConsultation } from '../../../src/db/consultations.ts';
import { insertDispositions } from '../../../src/db/dispositions.ts';
import { emptyGroup, insertGroup, putComments } from '../../../src/db/group-writes.ts';
import { confirmClause, holdGuessed } from '../../../src/db/guessed-clauses.ts';
import { insertScreenings } from '../../../src/db/screenings.ts';
import { type Db, transaction } from '../../../src/db/session.ts';
import { markWithdrawn } from '../../../src/db/submissions.ts';
import type { Officer } from '../../../src/domain/officer.ts';
import { arrival, stored } from '../../submitted.ts';
import { scratch } from './scratch.ts';

const clauses = ['', 'art_3', 'art_4'];
const which = fc.nat();
/** Anything that moves rows of the notice's table, or what is kept of them. */
export const step = fc.oneof(
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
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const five: Step = {
  ...{ what: 'received', comments: ['', 'art_3', 'art_4', 'art_4', ''], channel: 'letter', consent: 'no' },
  guessed: true,
};
/** Ten comments, six of them in a group, and counted. */
export const beginning: Step[] = [
  five,
  { ...five, channel: 'online', consent: 'withoutName' },
  { what: 'grouped', which: [0, 2, 3, 4, 7, 8], group: 0 },
  { what: 'tallied', portion: 20 },
];

/** One consultation with two groups. */
export interface History {
  readonly db: Db;
  readonly officer: Officer;
  readonly consultation: PublishedConsultation;
  readonly groups: readonly number[];
  readonly clauseIds: ReadonlyMap<string, number>;
  readonly now: Date;
}

/** A published consultation with two groups and no comment. */
export async function begin(
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

/** Takes a step, if there is a comment it is about. */
export async function take(history: History, step: Step): Promise<void> {
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
  step: Extract<Step, { what: 'received' }>,
): Promise<void> {
  const written = step.comments.map((clause) => ({ clause }));
  await stored(db, consultation, written, arrival(step, officer.id, consultation.publishedAt));
}
