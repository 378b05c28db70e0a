import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '@node-rs/argon2';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { readWaitingImports } from '../src/actions/read-imports.ts';
import { workOnGroups } from '../src/actions/work-on-groups.ts';
import { workOnSheets } from '../src/actions/work-on-sheets.ts';
import { buildApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { ensureAgency, insertOfficer, type OfficerAccount, officersOf } from '../src/db/officers.ts';
import { type Db, transaction } from '../src/db/session.ts';
import { type AppDeps, type Deps, usualLimits } from '../src/deps.ts';
import type { Role } from '../src/domain/officer.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { createChecker, createMailReader, createReader } from '../src/intake/off-thread.ts';
import { composeLetter } from '../src/mail/worker.ts';
import { createPrinters } from '../src/print/off-thread.ts';
import { createSecretBox } from '../src/secret-box.ts';
import { loadSentences } from '../src/sentences.ts';
import { isWorkingDay } from '../src/workdays.ts';
import { openTestDatabase } from './database.ts';
import { type App, type Visitor, visit } from './visitor.ts';

export const testPassword = 'a long enough password';

const sentences = loadSentences();

// Shared by all tests of a process: a thread loads all it needs anew, and keeps nothing of what it was asked.
const checker = createChecker();
const mailReader = createMailReader();
const printers = createPrinters();
const reader = createReader();
const grouper = createGrouper();

/** A clock that stands still until it is set. */
export interface TestClock {
  (): Date;
  set(instant: string | Date): void;
}

export interface TestSite {
  /** Built when it is first asked. */
  readonly app: App;
  readonly db: Db;
  readonly deps: AppDeps;
  readonly clock: TestClock;
  /** Logins `caseworker`, `second` (a caseworker too), `approver`, `administrator`; `other` is in another agency. */
  readonly officers: Readonly<Record<string, OfficerAccount>>;
  /** A second process on the same database. */
  readonly another: () => Promise<FastifyInstance>;
  readonly signIn: (login: string) => Promise<Visitor>;
  /** Reads the files and long texts that wait, as the server does every second. */
  readonly readImports: () => Promise<number>;
  /** Tries and enters the tables that wait, as the server does every second. */
  readonly workOnSheets: () => Promise<number>;
  /** Searches for alike comments where a search waits, as the server does every two seconds. */
  readonly workOnGroups: () => Promise<number>;
}

/** A whole portal on a database of its own, with two agencies and their officers. */
export async function testSite(
  t: Test,
  options: {
    readonly now?: string;
    readonly environment?: Record<string, string>;
    readonly limits?: Partial<Deps['limits']>;
  } = {},
): Promise<TestSite> {
  const { db, publicVersion } = await openTestDatabase(t);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const clock = testClock(options.now ?? '2026-03-01T09:00:00+08:00');
  const config = loadConfig({
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    SAMPLE_DATA: 'off',
    ...options.environment,
  });
  const secrets = createSecretBox(config.secretKey, randomBytes);
  const composing = { db, sentences, publicUrl: config.publicUrl, secrets };
  const deps: AppDeps = {
    db,
    publicVersion,
    config,
    clock,
    random: randomBytes,
    secrets,
    sentences,
    isWorkingDay,
    checkAttachment: checker.check,
    composeLetter: (letter) => composeLetter(composing, letter),
    readMessage: mailReader.read,
    printers,
    limits: { ...usualLimits, ...options.limits },
  };
  const another = async () => {
    const app = await buildApp(deps);
    t.teardown(() => app.close());
    return app;
  };
  const app = builtWhenAsked(another);
  const officers = await makeOfficers(db, clock());
  const signIn = async (login: string) => {
    const visitor = visit(app);
    await visitor.get('/desk/sign-in');
    await visitor.send('/desk/sign-in', { login, password: testPassword });
    return visitor;
  };
  const readImports = () => readWaitingImports(db, reader, clock);
  const sheets = { reader, words: sentences.sheet, clock, random: randomBytes };
  return {
    app,
    db,
    deps,
    clock,
    officers,
    another,
    signIn,
    readImports,
    workOnSheets: () => workOnSheets(db, sheets),
    workOnGroups: () => workOnGroups(db, { grouper, clock }),
  };
}

function builtWhenAsked(build: () => Promise<App>): App {
  let app: Promise<App> | undefined;
  return {
    inject: async (request) => {
      app ??= build();
      return (await app).inject(request);
    },
  };
}

function testClock(start: string): TestClock {
  let now = new Date(start);
  const set = (instant: string | Date) => {
    now = new Date(instant);
  };
  return Object.assign(() => now, { set });
}

const people: readonly { readonly login: string; readonly role: Role; readonly agency: string }[] = [
  { login: 'caseworker', role: 'caseworker', agency: '清源县水务局' },
  { login: 'second', role: 'caseworker', agency: '清源县水务局' },
  { login: 'approver', role: 'approver', agency: '清源县水务局' },
  { login: 'administrator', role: 'administrator', agency: '清源县水务局' },
  { login: 'other', role: 'administrator', agency: '清源县公安局' },
];

// As cheap as can be: what it costs to try a password is the claim of other tests.
const hashed = hash(testPassword, { memoryCost: 8, timeCost: 1, parallelism: 1 });

function makeOfficers(db: Db, now: Date): Promise<Record<string, OfficerAccount>> {
  return transaction(db, async (trx) => {
    const passwordHash = await hashed;
    const agencies = new Map<string, number>();
    for (const { login, role, agency: name } of people) {
      const names = { name, shortName: name.slice(2), siteName: '清源县人民政府网' };
      const agencyId = agencies.get(name) ?? (await ensureAgency(trx, names, now));
      agencies.set(name, agencyId);
      await insertOfficer(trx, { agencyId, login, name: login, role, passwordHash }, now);
    }
    const found: OfficerAccount[] = [];
    for (const agencyId of agencies.values()) found.push(...(await officersOf(trx, agencyId)));
    return Object.fromEntries(found.map((officer) => [officer.login, officer]));
  });
}
