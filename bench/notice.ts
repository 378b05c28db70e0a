import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CompiledQuery } from 'kysely';
import { checkChannels } from '../src/actions/check-channels.ts';
import { drawUp } from '../src/actions/draw-up.ts';
import { signNotice } from '../src/actions/sign-notice.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import { workOnGroups } from '../src/actions/work-on-groups.ts';
import { agencyConsultation, isPublished } from '../src/db/consultations.ts';
import { insertOfficer } from '../src/db/officers.ts';
import { type Db, transaction } from '../src/db/session.ts';
import { openChannels } from '../src/domain/announcement-issues.ts';
import type { Officer } from '../src/domain/officer.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { loadSentences } from '../src/sentences.ts';
import { afterClosing, fillDesk } from './desk-stored.ts';
import { type Figure, ratiosOf } from './figures.ts';
import { startPortal } from './process.ts';
import type { Stage } from './stage.ts';

const rounds = 3;
const many = 100_000;
const words = loadSentences().notice;

/**
 * Drawing up the notice of 100,000 comments against the SQL that only counts them the same way: with nothing counted
 * before, as after a closing that was put off, and as the background leaves it. Then the search for alike comments, and
 * the signing, with what others wait meanwhile.
 */
export async function measureNotice(stage: Stage): Promise<Figure[]> {
  return stage.withDb(async (db) => {
    const { consultationId } = await fillDesk(db, many);
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
      await measureSearch(db),
      await measureSigning(stage, db, officer, consultationId),
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

async function measureSearch(db: Db): Promise<Figure> {
  const grouper = createGrouper();
  try {
    const seconds = await secondsOf(() => workOnGroups(db, { grouper, clock: afterClosing }));
    return { name: 'groups: a search of 100,000', legs: { search: [seconds] }, unit: 's' };
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
  const { seen } = await drawUpNow(db, officer, consultationId);
  const others = stage.kind === 'postgresql' ? await askOthers(stage) : undefined;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.memoryUsage().rss;
  const input = { officer: approver, consultationId, seen };
  const seconds = await secondsOf(() => signNotice(db, input, words, afterClosing()));
  delay.disable();
  const megabytes = Math.round((process.memoryUsage().rss - before) / 1e6);
  const slowest = await others?.stop();
  const held = Math.round(delay.max / 1e6);
  const note = `${megabytes} MB more; the process held for at most ${held} ms${slowest === undefined ? '' : `; slowest answer of another process ${Math.round(slowest)} ms`}`;
  return { name: 'notice: signing 100,000 rows', legs: { signing: [seconds] }, unit: 's', note };
}

async function prepareSigning(db: Db, officer: Officer, consultationId: number): Promise<Officer> {
  const now = afterClosing();
  for (let tenth = 0; tenth < 10; tenth++) await run(db, disposeRest, [tenth]);
  for (const _ of [1, 2]) await tallyComments(db);
  const consultation = await agencyConsultation(db, officer.agencyId, consultationId);
  const checked = consultation ? openChannels(consultation.announcement) : [];
  await checkChannels(db, { officer, consultationId, checked }, now);
  const person = { login: 'approver', name: '方令仪', role: 'approver' as const, passwordHash: 'none' };
  await transaction(db, (trx) => insertOfficer(trx, { ...person, agencyId: officer.agencyId }, now));
  return officerOf(db, 'approver');
}

const disposeRest = `
  insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
  select k.id, 'adopted', '', o.id, now() from comments k, officers o
  where o.login = 'bench' and k.id % 10 = 0 and k.id / 10 % 10 = $1`;

// Public pages of a portal of its own, one after another, until told to stop; gives the slowest answer in ms.
async function askOthers(stage: Stage) {
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const page = `http://127.0.0.1:${portal.port}/consultations/${stage.consultationNumber}`;
  let [isOver, slowest] = [false, 0];
  const asking = (async () => {
    while (!isOver)
      slowest = Math.max(slowest, 1000 * (await secondsOf(async () => (await fetch(page)).text())));
  })();
  return {
    stop: async () => {
      isOver = true;
      await asking;
      await portal.stop();
      return slowest;
    },
  };
}

async function drawUpNow(db: Db, { agencyId }: Officer, consultationId: number) {
  const consultation = await agencyConsultation(db, agencyId, consultationId);
  if (!consultation || !isPublished(consultation)) throw new Error('the consultation is gone');
  return drawUp(db, consultation, words, afterClosing());
}

async function officerOf(db: Db, login: string): Promise<Officer> {
  const statement = 'select id, agency_id as "agencyId", name, role from officers where login = $1';
  const { rows } = await db.executeQuery<Officer>(CompiledQuery.raw(statement, [login]));
  if (!rows[0]) throw new Error(`no officer ${login}`);
  return rows[0];
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

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function run(db: Db, statement: string, values: readonly unknown[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}
