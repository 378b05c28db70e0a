import { createHash } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** What holds a directory; giving it back twice does no harm. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Holds `directory` (an existing, real path) for this process, or throws a sentence naming it when anyone,
 * this process included, holds it already. A killed holder lets go by dying.
 */
export function lockDirectory(directory: string): Promise<Lock> {
  return process.platform === 'linux' ? lockBySocket(directory) : lockByPidFile(directory);
}

/** The Linux way: an abstract socket, which the kernel takes back at once even after kill -9. */
export function lockBySocket(directory: string): Promise<Lock> {
  const server = createServer((socket) => socket.destroy());
  const name = `\0jianyan-${createHash('sha256').update(directory).digest('hex')}`;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? inUse(directory) : error),
    );
    server.listen({ path: name, exclusive: true }, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => void server.close(() => done())) });
    });
  });
}

const heldHere = new Set<string>();

/** The way elsewhere: a file with the holder's process number, void once that process is gone. */
export async function lockByPidFile(directory: string): Promise<Lock> {
  const file = path.join(directory, 'in-use-by');
  if (heldHere.has(file)) throw inUse(directory);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    if (!takes(mine, file) && !(removesStale(file) && takes(mine, file))) throw inUse(directory);
  } finally {
    unlinkSync(mine);
  }
  heldHere.add(file);
  return { release: async () => void (heldHere.delete(file) && unlinkSync(file)) };
}

// A link is made whole or not at all, so nobody ever reads a file without its number.
function takes(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function removesStale(file: string): boolean {
  const holder = Number(readFileSync(file, 'utf8'));
  if (holder !== process.pid && isAlive(holder)) return false;
  const aside = `${file}.stale.${process.pid}`;
  renameSync(file, aside);
  const moved = Number(readFileSync(aside, 'utf8'));
  // Another process may have taken the place between the look and the move: put its file back.
  if (moved !== holder) linkSync(aside, file);
  unlinkSync(aside);
  return moved === holder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(directory: string): Error {
  return new Error(
    `The database in ${directory} is in use by another process; only one may open it at a time.`,
  );
}
