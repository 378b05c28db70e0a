import { mkdir, realpath } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { type Connection, connectionTo } from './connection.ts';
import { type Lock, lockDirectory } from './lock.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

/** A running embedded PostgreSQL: one connection at a time, as a stream that speaks PostgreSQL's protocol. */
export interface Engine {
  /** Opens the next connection; it takes the place of the one before. */
  connect(): Duplex;
  /** How many batches of messages were sent to it so far. */
  asked(): number;
  /** Says whether the process stays alive for the database's sake; it does, unless told otherwise. */
  keepAlive(wanted: boolean): void;
  /** Writes everything out, stops the thread, and frees the directory. */
  close(): Promise<void>;
}

/**
 * Starts the embedded database in `directory`, made when missing, in a thread of its own. Throws a sentence when the
 * directory is in use, or was made by another PostgreSQL, or commits do not reach the disk. `onFailure` hears,
 * once, that a running engine broke down; every question after is refused with the same error.
 */
export async function startEngine(
  settings: WorkerSettings,
  onFailure: (error: Error) => void = () => {},
): Promise<Engine> {
  await mkdir(settings.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(settings.directory);
  const lock = await lockDirectory(directory);
  return runEngine({ ...settings, directory }, lock, onFailure);
}

/** Starts a copy in memory of the database in `directory`, which must lie still. For tests. */
export function startCopyInMemory(directory: string): Promise<Engine> {
  return runEngine({ directory, kept: 'inMemory' }, { release: async () => {} }, () => {});
}

async function runEngine(
  settings: WorkerSettings,
  lock: Lock,
  onFailure: (error: Error) => void,
): Promise<Engine> {
  const worker = startWorker(settings);
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  try {
    await ready(worker);
  } catch (error) {
    await exited;
    await lock.release();
    throw error;
  }
  const switchboard = connections(worker, onFailure);
  return {
    connect: switchboard.connect,
    asked: switchboard.asked,
    keepAlive: (wanted) => (wanted ? worker.ref() : worker.unref()),
    close: async () => {
      worker.ref();
      switchboard.close();
      await exited;
      await lock.release();
    },
  };
}

function startWorker(workerData: WorkerSettings): Worker {
  const source = import.meta.url.endsWith('.ts');
  if (!source) return new Worker(new URL('./worker.js', import.meta.url), { workerData });
  // On Node 20 tsx does not reach into workers by itself.
  const [tsx, worker] = [import.meta.resolve('tsx/esm/api'), new URL('./worker.ts', import.meta.url)];
  const start = `import('${tsx}').then((tsx) => { tsx.register(); return import('${worker}'); })`;
  return new Worker(start, { eval: true, workerData });
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The embedded database stopped while starting.')));
    worker.once('message', (message: FromWorker) =>
      'failure' in message ? reject(new Error(message.failure)) : resolve(),
    );
  });
}

function connections(worker: Worker, onFailure: (error: Error) => void) {
  let current: Connection | null = null;
  let count = 0;
  let asked = 0;
  let closing = false;
  let failure: Error | null = null;

  const fail = (reason: string) => {
    if (failure !== null || closing) return;
    failure = new Error(`The embedded database stopped: ${reason}`);
    current?.stream.destroy(failure);
    onFailure(failure);
  };
  worker.removeAllListeners('error').on('error', (error) => fail(error.message));
  worker.on('exit', () => fail('its thread ended'));
  worker.on('message', (message: FromWorker) => {
    if ('failure' in message) fail(message.failure);
    else if ('bytes' in message && message.id === current?.id) current.receive(message.bytes);
  });
  const tell = (message: ToWorker) => {
    asked += 1;
    worker.postMessage(message);
  };

  const connect = (): Duplex => {
    count += 1;
    const connection = connectionTo({
      id: count,
      // pg replaces a client after a failing query, and what is late on the old one must not reach the new.
      opened: () => {
        current = connection;
        return failure;
      },
      send: (bytes) => current === connection && failure === null && tell({ id: connection.id, bytes }),
    });
    return connection.stream;
  };
  const close = () => {
    closing = true;
    current?.stream.destroy();
    if (failure === null) tell('close');
  };
  return { connect, close, asked: () => asked };
}
