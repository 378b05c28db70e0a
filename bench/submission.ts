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
const formsInALeg = { embedded: 8_000, postgresql: 12_000 } as const;
const formsAtHalfLoad = 4_000;

/**
 * Submissions a second, against a bare route with one INSERT and, on PostgreSQL, against pgbench; and how long 99 of
 * 100 answers take at half that rate.
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

  const [warmUp = '', halfLoad = '', ...legs] = files;
  const answers: Submitted[] = [await submit(url, warmUp)];
  await submit(bareUrl, warmUp);
  const theirs: number[] = [];
  const pgbench: number[] = [];
  for (const file of legs) {
    answers.push(await submit(url, file));
    theirs.push((await submit(bareUrl, file)).perSecond);
    if (stage.settings['DATABASE_URL'])
      pgbench.push(await insertsWithPgbench(stage.settings['DATABASE_URL']));
  }
  const ours = answers.slice(1).map((leg) => leg.perSecond);
  const half = Math.min(median(ours), median(theirs)) / 2;
  const waits = {
    ours: await p99AtRate(url, halfLoad, half),
    theirs: await p99AtRate(bareUrl, halfLoad, half),
  };
  const { now, highest } = portal.memory();
  await Promise.all([portal.stop(), bare.stop()]);
  if (other !== stage) await other.remove();
  const kept = await stage.withDb(keptComments);

  const note = `${accountOf(answers, kept - formsAtHalfLoad)}; memory after the load ${now} MB, highest ${highest} MB`;
  const unit = 'submissions/s';
  const figures: Figure[] = [
    {
      name: 'submission / bare INSERT route',
      ratios: ratiosOf(ours, theirs),
      wanted: 1,
      legs: { portal: ours, 'bare Fastify + INSERT': theirs },
      unit,
      note,
    },
    {
      name: 'p99 at half load / bare route (at most 3)',
      ratios: [waits.ours / waits.theirs],
      legs: { portal: [waits.ours], 'bare Fastify + INSERT': [waits.theirs] },
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

async function writeLegs(stage: Stage, db: Db, count: number): Promise<string[]> {
  const files = [
    await writeForms(stage, db, '0', Math.ceil(count / 4)),
    await writeForms(stage, db, '9', formsAtHalfLoad),
  ];
  for (let round = 1; round <= rounds; round++) files.push(await writeForms(stage, db, String(round), count));
  return files;
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
