import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** How a server comes to its end: told to drop everything, the postmaster killed, or one of its backends. */
export const deaths = ['immediate', 'postmaster', 'backend'] as const;
export type Death = (typeof deaths)[number];

/** A PostgreSQL server of the test's own. */
export interface OwnPostgresql {
  readonly url: string;
  /** Resolves when it is down, or, for a backend, when it was killed. */
  die(how: Death): Promise<void>;
  /** Starts it again if need be; resolves when it takes connections. */
  revive(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a server, with everything as PostgreSQL has it by itself; it is removed with its data at the end. */
export async function makePostgresql(): Promise<OwnPostgresql> {
  const program = programs();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-pg-'));
  const as = accountFor(folder);
  const data = path.join(folder, 'data');
  const port = await freePort();
  const url = `postgres://jianyan@127.0.0.1:${port}/postgres`;
  execFileSync(
    program('initdb'),
    ['-D', data, '-U', 'jianyan', '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8'],
    {
      ...as,
      stdio: 'ignore',
    },
  );
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`];
  let server: ChildProcess | undefined;

  async function revive(): Promise<void> {
    for (;;) {
      // What is left of a server that was killed may hold its memory for a moment: then this one gives up at once.
      if (!server || server.exitCode !== null || server.signalCode !== null)
        server = spawn(program('postgres'), ['-D', data, '-p', String(port), ...settings], {
          ...as,
          stdio: 'ignore',
        });
      if (await answers(url)) return;
      await pause(50);
    }
  }

  async function die(how: Death): Promise<void> {
    if (!server) return;
    if (how === 'backend') return killBackend(url);
    const ended = once(server, 'exit');
    if (how === 'postmaster') server.kill('SIGKILL');
    else execFileSync(program('pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], { ...as, stdio: 'ignore' });
    await ended;
  }

  const remove = async () => {
    await die('immediate');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => server?.kill('SIGQUIT'));
  await revive();
  return { url, die, revive, remove };
}

/** Debian keeps the programs of its servers away from the path. */
function programs(): (name: string) => string {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions)
    ? readdirSync(versions)
        .map(Number)
        .sort((a, b) => b - a)[0]
    : undefined;
  if (!newest)
    throw new Error(`no PostgreSQL server in ${versions}: these tests start and kill one of their own`);
  return (name) => path.join(versions, String(newest), 'bin', name);
}

/** PostgreSQL refuses to run as root: then its own account does it. */
function accountFor(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function killBackend(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
     order by state = 'active' desc limit 1`,
  );
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  await client.end().catch(() => {});
}

// Below those that the system gives to connections: one of them would keep a server that died from coming back.
const [lowest, ports] = [10_000, 10_000];

async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * ports);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}
