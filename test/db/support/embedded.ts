import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Engine, startCopyInMemory, startEngine } from '../../../src/db/embedded/engine.ts';
import { type Lock, lockDirectory } from '../../../src/db/embedded/lock.ts';
import { migrateToLatest } from '../../../src/db/migrate.ts';
import { type Database, databaseOn } from '../../../src/db/open.ts';
import { root } from '../../../src/root.ts';
import { begin } from './begin.ts';
import { migrationsHash } from './migrations-hash.ts';

// Starting an engine takes a second, emptying one some milliseconds: an engine a test gave back is used again.
const idle: Engine[] = [];

/** An embedded database as the migrations leave it; `close` gives its engine to the next test of this process. */
export async function embeddedTestDatabase(): Promise<Database> {
  const engine = idle.pop() ?? (await startCopyInMemory(await template()));
  engine.keepAlive(true);
  const database = databaseOn(engine, {
    connectionTimeoutMillis: 5_000,
    stop: async () => {
      engine.keepAlive(false);
      idle.push(engine);
    },
  });
  if (await begin(database.db)) return database;
  await engine.close();
  return embeddedTestDatabase();
}

/** A new `dataDir` with a migrated embedded database in it, not open; removed when this process ends. */
export async function migratedDataDir(): Promise<string> {
  const dataDir = emptyDataDir();
  const database = path.join(dataDir, 'database');
  cpSync(await template(), database, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return dataDir;
}

/** A new, empty `dataDir`; removed when this process ends. */
export function emptyDataDir(): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'jianyan-test-'));
  if (folders.push(dataDir) === 1) process.once('exit', removeFolders);
  return dataDir;
}

const folders: string[] = [];

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function template(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/jianyan');
  const directory = path.join(cache, `database-${migrationsHash()}`);
  if (existsSync(directory)) return directory;
  mkdirSync(cache, { recursive: true });
  const lock = await waitForLock(cache);
  if (!existsSync(directory)) {
    await makeTemplate(directory);
    removeOldTemplates(cache);
  }
  await lock.release();
  return directory;
}

async function makeTemplate(directory: string): Promise<void> {
  const aside = `${directory}.new`;
  rmSync(aside, { recursive: true, force: true });
  const engine = await startEngine({ directory: aside, kept: 'unsynced' });
  const database = databaseOn(engine, { stop: engine.close });
  await migrateToLatest(database.db);
  await database.close();
  renameSync(aside, directory);
}

function removeOldTemplates(cache: string): void {
  const yesterday = Date.now() - 86_400_000;
  for (const name of readdirSync(cache).filter((name) => name.startsWith('database-'))) {
    const template = path.join(cache, name);
    if (statSync(template).mtimeMs < yesterday) rmSync(template, { recursive: true, force: true });
  }
}

async function waitForLock(directory: string): Promise<Lock> {
  for (;;) {
    try {
      return await lockDirectory(directory);
    } catch {
      await delay(100);
    }
  }
}
