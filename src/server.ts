import path from 'node:path';
import { createFirstInvitation } from './actions/accept-invitation.ts';
import { closeConsultations } from './actions/close-consultations.ts';
import { publishDue } from './actions/publish-due.ts';
import { readWaitingImports } from './actions/read-imports.ts';
import { remindOfficers } from './actions/remind-officers.ts';
import { tallyComments } from './actions/tally-comments.ts';
import { workOnGroups } from './actions/work-on-groups.ts';
import { workOnSheets } from './actions/work-on-sheets.ts';
import { buildApp } from './app.ts';
import { type Config, ConfigError, loadConfig, makeClock } from './config.ts';
import { forgetCaptchas } from './db/captchas.ts';
import { forgetLeftMessages } from './db/mail-messages.ts';
import { forgetMailedProofs } from './db/mailed-proofs.ts';
import { migrateToLatest } from './db/migrate.ts';
import { anyOfficer, anySampleOfficer } from './db/officers.ts';
import { type Database, openDatabase } from './db/open.ts';
import { forgetWindows } from './db/rate-windows.ts';
import { forgetSessions } from './db/sessions.ts';
import { forgetSheets } from './db/sheet-writes.ts';
import { forgetFailures } from './db/sign-in-failures.ts';
import { forgetUnsent } from './db/unsent-attachments.ts';
import { type AppDeps, type Deps, feedbackSetting, usualLimits } from './deps.ts';
import type { Grouper } from './domain/groups/grouper.ts';
import { createGrouper } from './intake/grouper.ts';
import { readMailbox } from './intake/mailbox.ts';
import { createChecker, createMailReader, createReader } from './intake/off-thread.ts';
import { folderTransport, type MailTransport, smtpTransport } from './mail/transport.ts';
import { composeLetter, letterSender } from './mail/worker.ts';
import { createPrinters } from './print/off-thread.ts';
import { createRandom } from './random.ts';
import { samplePasswords } from './sample/passwords.ts';
import { seedSamples } from './sample/seed.ts';
import { startScheduler, type Task } from './scheduler.ts';
import { createSecretBox } from './secret-box.ts';
import { loadSentences } from './sentences.ts';
import { isWorkingDay } from './workdays.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

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
  const all = [...tasks(deps, database, transport, reader, grouper), ...mailboxTasks(deps, stopping.signal)];
  const scheduler = startScheduler(all, app.log);
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

type Reader = ReturnType<typeof createReader>;

function tasks(
  deps: AppDeps,
  database: Database,
  transport: MailTransport,
  reader: Reader,
  grouper: Grouper,
): Task[] {
  const { db, clock, random, composeLetter: compose } = deps;
  const sheets = { reader, words: deps.sentences.sheet, clock, random };
  const reading = { everyMs: 1_000, run: () => readWaitingImports(db, reader, clock) };
  const ago = (ms: number) => new Date(clock().getTime() - ms);
  return [
    { name: 'closing', everyMs: 2_000, run: () => closeConsultations(db, clock()) },
    {
      name: 'reminders',
      everyMs: minuteMs,
      run: () => remindOfficers(db, feedbackSetting(deps), deps.sentences.reminders, clock()),
    },
    { name: 'publishing', everyMs: 2_000, run: () => publishDue(db, deps.isWorkingDay, clock()) },
    // Two at a time: a small file does not wait for a large one.
    { name: 'reading', ...reading },
    { name: 'reading too', ...reading },
    { name: 'tallies', everyMs: 1_000, run: () => tallyComments(db) },
    { name: 'tables', everyMs: 1_000, run: () => workOnSheets(db, sheets) },
    { name: 'groups', everyMs: 2_000, run: () => workOnGroups(db, { grouper, clock }) },
    {
      name: 'letters',
      everyMs: 5_000,
      run: letterSender({ db, transport, compose, clock }),
    },
    { name: 'forgetting addresses', everyMs: minuteMs, run: () => forgetMailedProofs(db, clock()) },
    { name: 'tending', everyMs: 10_000, run: () => database.tend() },
    {
      name: 'tidying',
      everyMs: hourMs,
      run: async () => {
        await forgetCaptchas(db, ago(hourMs));
        await forgetSessions(db, ago(hourMs));
        await forgetFailures(db, ago(7 * 24 * hourMs));
        await forgetSheets(db, ago(7 * 24 * hourMs));
        await forgetWindows(db, ago(hourMs));
        await forgetUnsent(db, ago(24 * hourMs));
        await forgetLeftMessages(db, ago(180 * 24 * hourMs));
      },
    },
  ];
}

function mailboxTasks(deps: AppDeps, signal: AbortSignal): Task[] {
  const { config, sentences } = deps;
  const ours = [addressIn(config.mailFrom)];
  return config.mailboxes.map((mailbox, index) => {
    const work = { ...deps, signal, filesAlone: sentences.mail.filesAlone, ours: [...ours, mailbox.address] };
    return { name: `mailbox ${index + 1}`, everyMs: 30_000, run: () => readMailbox(work, mailbox) };
  });
}

/** The address in a sender such as `Jianyan <jianyan@example.cn>`, in lower case. */
function addressIn(sender: string): string {
  return (/<([^<>]+)>/.exec(sender)?.[1] ?? sender).trim().toLowerCase();
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
  if (config.clockStart) lines.push(`  The clock started at ${config.clockStart.toISOString()}`);
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
