import { CompiledQuery } from 'kysely';
import type { Db } from '../src/db/session.ts';
import { type Figure, median, ratiosOf } from './figures.ts';
import { writeForms } from './forms.ts';
import { p99AtRate } from './paced.ts';
import { insertsWithPgbench } from './pgbench.ts';
import { type Running, startBare, startPortal } from './process.ts';
import { makeStage, type Stage } from './stage.ts';
import { type Submitted, submit } from './wrk.ts';

const rounds = 3;
const formsInALeg = { embedded: 9_000, postgresql: 10_000 } as const;
const formsAtHalfLoad = 2_000;
const halfLoads = 5;
const few = 16;
const many = 64;

/**
 * Submissions a second, warm, against a bare route with one INSERT and, on PostgreSQL, against pgbench: over a few
 * connections and over many, as before a deadline; and how long 99 of 100 answers take at half the rate of the few.
 */
export async function measureSubmissions(stage: Stage): Promise<Figure[]> {
  const count = formsInALeg[stage.kind];
  const files = await stage.withDb((db) => writeLegs(stage, db, count));
  // Two processes cannot share an embedded database: the bare route has one of its own.
  const other = stage.kind === 'embedded' ? await makeStage(undefined) : stage;
  const portal = await startPortal(stage.settings);
  const bare = await startBare('bare-insert.ts', other.settings);
  const url = addressOf(portal, stage);
  const bareUrl = `http://127.0.0.1:${bare.port}/comments`;

  const [warmUp = '', ...legs] = files.throughput;
  const { halfLoad } = files;
  const cold = await submit(url, warmUp);
  const theirCold = await submit(bareUrl, warmUp);
  const answers: Submitted[] = [cold];
  const theirs: number[] = [];
  const pgbench: number[] = [];
  const took = { ours: 0, theirs: 0 };
  for (const file of legs.slice(0, rounds)) {
    const before = { ours: portal.processorTime(), theirs: bare.processorTime() };
    answers.push(await submit(url, file));
    theirs.push((await submit(bareUrl, file)).perSecond);
    took.ours += portal.processorTime() - before.ours;
    took.theirs += bare.processorTime() - before.theirs;
    if (stage.settings['DATABASE_URL'])
      pgbench.push(await insertsWithPgbench(stage.settings['DATABASE_URL']));
  }
  const ours = answers.slice(1).map((leg) => leg.perSecond);
  const ofMany = { ours: [] as number[], theirs: [] as number[] };
  for (const file of legs.slice(rounds)) {
    const leg = await submit(url, file, many);
    answers.push(leg);
    ofMany.ours.push(leg.perSecond);
    ofMany.theirs.push((await submit(bareUrl, file, many)).perSecond);
  }
  const half = Math.min(median(ours), median(theirs)) / 2;
  // In turn, and more than once: a single stall of the machine is all that one short leg would tell of.
  const waits = { ours: [] as number[], theirs: [] as number[] };
  for (const file of halfLoad) {
    waits.ours.push(await p99AtRate(url, file, half));
    waits.theirs.push(await p99AtRate(bareUrl, file, half));
  }
  const { now, highest } = portal.memory();
  await Promise.all([portal.stop(), bare.stop()]);
  if (other !== stage) await other.remove();
  const kept = await stage.withDb(keptComments);

  const microseconds = (seconds: number) => Math.round((seconds * 1e6) / (rounds * count));
  const note = [
    accountOf(answers, kept - halfLoads * formsAtHalfLoad),
    `Node ${microseconds(took.ours)} of processor time a form, the bare route ${microseconds(took.theirs)} (µs)`,
    `the first ${count / 2} after the start ${Math.round(cold.perSecond)} and ${Math.round(theirCold.perSecond)}/s`,
    `memory after the load ${now} MB, highest ${highest} MB`,
  ].join('; ');
  const unit = 'submissions/s';
  const figures: Figure[] = [
    {
      name: `submission / bare, ${few} connections`,
      ratios: ratiosOf(ours, theirs),
      wanted: 1,
      legs: { portal: ours, 'bare Fastify + INSERT': theirs },
      unit,
      note,
    },
    {
      name: `submission / bare, ${many} connections`,
      ratios: ratiosOf(ofMany.ours, ofMany.theirs),
      legs: { portal: ofMany.ours, 'bare Fastify + INSERT': ofMany.theirs },
      unit,
    },
    {
      name: 'p99 at half load / bare route (at most 3)',
      ratios: ratiosOf(waits.ours, waits.theirs),
      legs: { portal: waits.ours, 'bare Fastify + INSERT': waits.theirs },
      unit: `ms at ${Math.round(half)} submissions/s`,
    },
  ];
  const name = 'submission / pgbench -c 10';
  return pgbench.length === 0
    ? figures
    : [...figures, { name, ratios: ratiosOf(ours, pgbench), legs: { portal: ours, pgbench }, unit }];
}

/** Where the forms of a stage go. */
export function addressOf(portal: Running, stage: Stage): string {
  return `http://127.0.0.1:${portal.port}/consultations/${stage.consultationNumber}/comments`;
}

interface Legs {
  /** First the forms that warm up, then those of each round. */
  readonly throughput: readonly string[];
  readonly halfLoad: readonly string[];
}

async function writeLegs(stage: Stage, db: Db, count: number): Promise<Legs> {
  // All of them together are fewer than one consultation takes in a minute.
  const throughput = [await writeForms(stage, db, '0', count / 2)];
  for (let leg = 1; leg <= 2 * rounds; leg++)
    throughput.push(await writeForms(stage, db, String(leg), leg <= rounds ? count : count / 3));
  const halfLoad: string[] = [];
  for (let leg = 1; leg <= halfLoads; leg++)
    halfLoad.push(await writeForms(stage, db, String(2 * rounds + leg), formsAtHalfLoad));
  return { throughput, halfLoad };
}

async function keptComments(db: Db): Promise<number> {
  const { rows } = await db.executeQuery<{ kept: number }>(
    CompiledQuery.raw(
      'select count(*)::int as kept from comments c join submissions s on s.id = c.submission_id',
    ),
  );
  return rows[0]?.kept ?? 0;
}

function accountOf(answers: readonly Submitted[], kept: number): string {
  const total: Record<string, number> = {};
  for (const { byStatus } of answers)
    for (const [status, count] of Object.entries(byStatus)) total[status] = (total[status] ?? 0) + count;
  const said = Object.entries(total).map(([status, count]) => `${count} answers ${status}`);
  const received = total['303'] ?? 0;
  if (Object.keys(total).length !== 1 || received !== kept)
    throw new Error(`submissions went wrong: ${said.join(', ')}, ${kept} comments kept`);
  return `${said.join(', ')}, ${kept} comments kept`;
}
