import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { memoryCopyOf } from './memory-copy.ts';
import type { WorkerSettings } from './messages.ts';

const MAJOR = '18';

const SETTINGS = {
  fsync: 'on',
  wal_sync_method: 'fsync', // the only method that ends in the call we answer
  shared_buffers: '16MB',
  min_wal_size: '32MB',
  TimeZone: 'UTC',
};

/**
 * Opens the database in `directory`, making it at the first start. To be kept durably, proves that a commit reaches
 * the disk before it returns, or throws. `onPanic` is called when PostgreSQL gives up; nothing may be sent after.
 */
export async function openData(
  { directory, kept }: WorkerSettings,
  onPanic: (reason: string) => never,
): Promise<PGlite> {
  const home = path.join(directory, `pg${MAJOR}`);
  const durable = kept === 'durably';
  if (kept === 'inMemory') return PGlite.create({ ...options(durable), fs: memoryCopyOf(home) });
  if (!existsSync(home)) await create(directory, home);
  let started = false;
  const refusal = (reason: string) => `The database in ${directory} does not start: ${reason}`;
  const disk = diskAt(home, (reason) => onPanic(started ? reason : refusal(reason)));
  const given = { ...options(durable), fs: disk.fs, onStderr: disk.onStderr };
  const pg = await PGlite.create(given).catch((error: Error) => {
    throw new Error(refusal(disk.lastWords() || error.message));
  });
  started = true;
  if (durable) await proveDurable(pg, disk.syncs);
  return pg;
}

// Made aside and moved into place whole: a first start that is killed leaves nothing half made.
async function create(directory: string, home: string): Promise<void> {
  await refuseOtherMajor(directory);
  const aside = `${home}.new`;
  await rm(aside, { recursive: true, force: true });
  const pg = await PGlite.create({ ...options(false), fs: new NodeFS(aside) });
  await pg.close();
  for (const entry of await readdir(aside, { recursive: true })) syncPath(path.join(aside, entry));
  syncPath(aside);
  await rename(aside, home);
  syncPath(directory);
}

async function refuseOtherMajor(directory: string): Promise<void> {
  const other = (await readdir(directory)).find((name) => /^pg\d+$/.test(name));
  if (other === undefined) return;
  throw new Error(
    `The database in ${directory} was made by PostgreSQL ${other.slice(2)}, this version runs ${MAJOR}. ` +
      'Export it with the version that made it (npm run db:export) and restore the export into PostgreSQL.',
  );
}

function options(durable: boolean): PGliteOptions {
  const given = PGlite.defaultStartParams.filter((parameter) => !durable || parameter !== '-F');
  const ours = Object.entries(SETTINGS).filter(([name]) => durable || name !== 'fsync');
  return {
    extensions: { pg_trgm },
    startParams: [...given, ...ours.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
  };
}

/** What we touch of PGlite's inside: how an open file of the host is found. */
interface HostFiles {
  stream_ops: { fsync?: (file: { nfd?: number; node: unknown }) => number };
  realPath(node: unknown): string;
}

/** The file system as PGlite brings it, with the fsync it lacks. */
function diskAt(home: string, onPanic: (reason: string) => never) {
  const fs = new NodeFS(home);
  const init = fs.init.bind(fs);
  let syncs = 0;
  let lastWords = '';
  fs.init = async (pg, given) => {
    const { emscriptenOpts } = await init(pg, given);
    const preRun = (module: { NODEFS: HostFiles }) => {
      module.NODEFS.stream_ops.fsync = (file) => {
        syncs += 1;
        try {
          if (file.nfd === undefined) syncPath(module.NODEFS.realPath(file.node));
          else fsyncSync(file.nfd);
        } catch (error) {
          onPanic(`the disk did not keep what was written: ${String(error)}`);
        }
        return 0;
      };
    };
    const onAbort = (what: unknown) => onPanic(lastWords || String(what));
    return {
      emscriptenOpts: { ...emscriptenOpts, onAbort, preRun: [...(emscriptenOpts.preRun ?? []), preRun] },
    };
  };
  const onStderr = (line: string) => {
    lastWords = /(PANIC|FATAL):.*/.exec(line)?.[0] ?? lastWords;
    return false;
  };
  return { fs, onStderr, syncs: () => syncs, lastWords: () => lastWords };
}

// Guards an upgrade of PGlite: a commit that does not call fsync is lost when the power goes.
async function proveDurable(pg: PGlite, syncs: () => number): Promise<void> {
  const before = syncs();
  await pg.exec(`select pg_logical_emit_message(true, 'jianyan', 'start')`);
  if (syncs() > before) return;
  await pg.close();
  throw new Error('The embedded database does not write commits to the disk (fsync), so it is not used.');
}

function syncPath(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
