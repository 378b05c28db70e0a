import { CompiledQuery } from 'kysely';
import { disposeOfComments } from '../src/actions/dispose-of-comments.ts';
import { currentRows } from '../src/actions/notice-rows.ts';
import { returnNotice, signNotice } from '../src/actions/sign-notice.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import { workOnGroups } from '../src/actions/work-on-groups.ts';
import { agencyConsultation, type PublishedConsultation } from '../src/db/consultations.ts';
import { standingMembers } from '../src/db/group-work.ts';
import type { Db } from '../src/db/session.ts';
import type { Officer } from '../src/domain/officer.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { confirmLargest, type Grouped, settleGroup } from './desk-grouped.ts';
import { afterClosing, fillDesk } from './desk-stored.ts';
import { type Figure, ratiosOf } from './figures.ts';
import { drawUpNow, officerOf, prepareSigning, words } from './signing.ts';
import type { Stage } from './stage.ts';
import { secondsOf, watched } from './watched.ts';

const rounds = 3;
const stored = { embedded: 20_000, postgresql: 100_000 } as const;

/**
 * Drawing up the notice of 100,000 comments (embedded: 20,000) against the SQL that only counts them the same way: with nothing counted
 * before, as after a closing that was put off, and as the background leaves it. Then the search for alike comments, and
 * the signing, with what others wait meanwhile.
 */
export async function measureNotice(stage: Stage): Promise<Figure[]> {
  return stage.withDb(async (db) => {
    const { consultationId } = await fillDesk(db, stored[stage.kind]);
    const officer = await officerOf(db, 'bench');
    const draw = () => drawUpNow(db, officer, consultationId);
    const fromNothing = async () => {
      for (const _ of [1, 2]) await tallyComments(db);
      await draw();
    };
    const anew = await inTurn(
      () => run(db, countOnly, [consultationId]),
      fromNothing,
      () => run(db, 'select forget_tallies(array[$1::bigint])', [consultationId]),
    );
    const kept = await inTurn(() => run(db, countOnly, [consultationId]), draw);
    return [
      figureOf('drawn up with nothing counted before / SQL that counts', anew),
      figureOf('drawn up as the background left it / SQL that counts', kept),
      await measureSearch(stage, db),
      await measureSigning(stage, db, officer, consultationId),
      ...(await measureGrouped(stage, db, officer, consultationId)),
    ];
  });
}

function figureOf(name: string, [counted, drawn]: readonly [number[], number[]]): Figure {
  const legs = { 'SQL that counts': counted, 'drawn up': drawn };
  return { name: `notice: ${name}`, ratios: ratiosOf(drawn, counted), atMost: 3, legs, unit: 'ms' };
}

// Told apart as the tallies tell it.
const countOnly = `
  select s.channel, case when s.dated_at >= c.closes_at then 'late' when s.withdrawn_at is not null then 'withdrawn'
      else 'standing' end as part,
    coalesce((select verdict from screenings where comment_id = k.id order by id desc limit 1), 'waiting') as screening,
    coalesce((select outcome from dispositions where comment_id = k.id order by id desc limit 1), 'undisposed')
      as disposition,
    k.stance,
    case when s.consent = 'no' then 'unprinted'
      when not exists (select from comments_with_numbers where comment_id = k.id) then 'none'
      when exists (select from redactions where comment_id = k.id) then 'covered' else 'bare' end as numbers,
    coalesce((select assignee from comment_assignments where comment_id = k.id order by id desc limit 1), '') as assignee,
    count(*) filter (where k.position = 0) as submissions, count(*) as comments
  from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
  where k.consultation_id = $1 group by 1, 2, 3, 4, 5, 6, 7`;

function countOn({ kind }: Stage): string {
  return stored[kind].toLocaleString('en');
}

async function measureSearch(stage: Stage, db: Db): Promise<Figure> {
  const grouper = createGrouper();
  try {
    const seconds = await secondsOf(() => workOnGroups(db, { grouper, clock: afterClosing }));
    return { name: `groups: a search of ${countOn(stage)}`, legs: { search: [seconds] }, unit: 's' };
  } finally {
    await grouper.close();
  }
}

async function measureSigning(
  stage: Stage,
  db: Db,
  officer: Officer,
  consultationId: number,
): Promise<Figure> {
  const approver = await prepareSigning(db, officer, consultationId);
  const sign = async () => {
    const { seen } = await drawUpNow(db, officer, consultationId);
    await signNotice(db, { officer: approver, consultationId, seen }, words, afterClosing());
  };
  return watched(stage, `notice: signing ${countOn(stage)} rows`, sign);
}

/**
 * The same where nearly all comments are in one group that an officer confirms: each deed with what others wait
 * meanwhile, and drawing up and one page of rows against the SQL that counts.
 */
async function measureGrouped(
  stage: Stage,
  db: Db,
  officer: Officer,
  consultationId: number,
): Promise<Figure[]> {
  const approver = await officerOf(db, 'approver');
  await returnNotice(db, { officer: approver, consultationId, remark: '请并列' }, afterClosing());
  let grouped: Grouped | undefined;
  const confirming = await watched(stage, 'groups: confirming nearly all as one', async () => {
    grouped = await confirmLargest(db, officer, consultationId);
  });
  const { groupId } = grouped as Grouped;
  const settling = await watched(stage, 'tallies: counting them anew', () => settleGroup(db));
  const count = () => run(db, countOnly, [consultationId]);
  const draw = () => drawUpNow(db, officer, consultationId);
  // As all were touched, and the background has not come yet.
  const forget = () =>
    run(db, 'update tally_segments set counted = false where consultation_id = $1', [consultationId]);
  const disposition = { outcome: 'notAdopted' as const, reason: '已有规定' };
  const dispose = async () => {
    const comments = await standingMembers(db, groupId);
    await disposeOfComments(db, { officer, consultationId, comments, disposition }, afterClosing());
  };
  const consultation = await agencyConsultation(db, officer.agencyId, consultationId);
  const readRows = () =>
    currentRows(db, consultation as PublishedConsultation, words, { passed: 0, limit: 100 });
  return [
    confirming,
    settling,
    figureOf('one group: drawn up as the background left it / SQL that counts', await inTurn(count, draw)),
    figureOf('one group: a page of rows / SQL that counts', await inTurn(count, readRows)),
    await watched(stage, 'notice: disposing of nearly all at once', dispose),
    figureOf(
      'one group: drawn up before anything is counted anew / SQL that counts',
      await inTurn(count, draw),
    ),
    figureOf(
      'one group: a page of rows before anything is counted anew / SQL that counts',
      await inTurn(count, readRows, forget),
    ),
  ];
}

async function inTurn(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  before: () => Promise<unknown> = async () => {},
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    times[0].push(1000 * (await secondsOf(one)));
    await before();
    times[1].push(1000 * (await secondsOf(other)));
  }
  return times;
}

async function run(db: Db, statement: string, values: readonly unknown[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}
