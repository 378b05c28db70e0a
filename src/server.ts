import path from 'node:path';
import { createFirstInvitation } from './actions/accept-invitation.ts';
import { buildApp } from './app.ts';
import { type Config, ConfigError, loadConfig, makeClock } from './config.ts';
import { migrateToLatest } from './db/migrate.ts';
import { anyOfficer, anySampleOfficer } from './db/officers.ts';
import { type Database, openDatabase } from './db/open.ts';
import { type AppDeps, type Deps, usualLimits } from './deps.ts';
import { inputMinute } from './domain/shanghai.ts';
import { createGrouper } from './intake/grouper.ts';
import { createChecker, createMailReader, createReader } from './intake/off-thread.ts';
import { folderTransport, smtpTransport } from './mail/transport.ts';
import { composeLetter } from './mail/worker.ts';
import { createPrinters } from './print/off-thread.ts';
import { createRandom } from './random.ts';
import { samplePasswords } from './sample/passwords.ts';
import { seedSamples } from './sample/seed.ts';
import { startScheduler } from './scheduler.ts';
import { createSecretBox } from './secret-box.ts';
import { loadSentences } from './sentences.ts';
import { tasks } from './tasks.ts';
import { isWorkingDay } from './workdays.ts';

/** Starts the process: config, database, app, workers; a signal stops them in reverse. */
async function main(): Promise<void> {
  const config = loadConfig();
  const database = await openDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    onFailure: fail,
    log: console,
  });
  await migrateToLatest(database.db);
  const sentences = loadSentences();
  const random = createRandom();
  const secrets = createSecretBox(config.secretKey, random);
  const composing = { db: database.db, sentences, publicUrl: config.publicUrl, secrets };
  const checker = createChecker();
  const mailReader = createMailReader();
  const printers = createPrinters();
  const deps: AppDeps = {
    db: database.db,
    publicVersion: database.publicVersion,
    config,
    clock: makeClock(config.clockStart),
    random,
    secrets,
    sentences,
    isWorkingDay,
    checkAttachment: checker.check,
    readMessage: mailReader.read,
    printers,
    limits: usualLimits,
    composeLetter: (letter) => composeLetter(composing, letter),
  };
  await refuseSamplesInProduction(deps);
  if (config.sampleData && !(await anyOfficer(deps.db))) await seedSamples(deps);

  const app = await buildApp(deps);
  await app.listen({ host: config.host, port: config.port });
  const transport = config.smtpUrl
    ? smtpTransport(config.smtpUrl, config.mailFrom)
    : folderTransport(path.join(config.dataDir, 'outbox'), config.mailFrom);
  const reader = createReader();
  const grouper = createGrouper();
  const stopping = new AbortController();
  const means = { database, transport, reader, grouper, signal: stopping.signal };
  const scheduler = startScheduler(tasks(deps, means), app.log);
  await greet(deps, database);

  const stop = async () => {
    stopping.abort();
    await app.close();
    await mailReader.close();
    await printers.close();
    await checker.close();
    await reader.close();
    await grouper.close();
    await scheduler.stop();
    transport.close();
    await database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0), fail));
}

async function refuseSamplesInProduction(deps: Deps): Promise<void> {
  if (deps.config.production && (await anySampleOfficer(deps.db)))
    throw new ConfigError([
      'this database holds the sample officers, whose passwords are known: use an empty one',
    ]);
}

async function greet({ config, db, clock, random }: Deps, database: Database): Promise<void> {
  const lines = [
    `建言 Jianyan is ready (${database.kind === 'embedded' ? `embedded database in ${config.dataDir}` : 'PostgreSQL'})`,
    `  Public pages   ${config.publicUrl}/`,
    `  Staff          ${config.publicUrl}/desk`,
  ];
  if (!(await anyOfficer(db))) {
    const token = await createFirstInvitation(db, random, clock());
    lines.push(`  First officer  ${config.publicUrl}/desk/invitations/${token}  (good once, for 24 hours)`);
  } else if (await anySampleOfficer(db)) lines.push(...sampleLines(config));
  if (config.clockStart)
    lines.push(`  The clock started at ${inputMinute(config.clockStart).replace('T', ' ')}, China time`);
  console.log(lines.join('\n'));
}

function sampleLines(config: Config): string[] {
  const officers = samplePasswords(config.secretKey);
  return [
    '  Sample officers (never in production):',
    ...officers.map(({ login, role, password }) => `    ${login.padEnd(14)} ${password}   ${role}`),
  ];
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

await main().catch(fail);
