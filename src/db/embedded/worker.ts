import { parentPort, workerData } from 'node:worker_threads';
import { openData } from './data.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

// PGlite answers without ever yielding to timers and sockets, so it has this thread to itself.

const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);
const QUERY = 0x51;
const CHUNK = 64 * 1024;
const CHECKPOINT_EVERY = { batches: 256, bytes: 8 * 1024 * 1024 };
const CHECKPOINT_DUE = `select 1 from pg_control_checkpoint()
  where pg_current_wal_insert_lsn() - redo_lsn > 64 * 1024 * 1024`;

let speaker = 0;
let batches = 0;
let bytes = 0;

const port = parentPort ?? panic('the worker was started as a program');
const pg = await openData(workerData as WorkerSettings, panic).catch((error: Error) => panic(error.message));
let queue: Promise<void> = Promise.resolve();
port.on('message', (message: ToWorker) => {
  queue = queue
    .then(() => (message === 'close' ? close() : serve(message)))
    .catch((error: Error) => panic(error.message));
});
tell({ ready: true });

async function serve(message: { id: number; bytes: Uint8Array }): Promise<void> {
  if (message.id !== speaker) await startAfresh(message.id);
  await answer(message.id, message.bytes);
  batches += 1;
  bytes += message.bytes.length;
  if (batches < CHECKPOINT_EVERY.batches && bytes < CHECKPOINT_EVERY.bytes) return;
  if (isComplete(message.bytes) && !pg.isInTransaction()) await checkpointIfDue();
}

// A batch that ends in Flush leaves its statement open, although no transaction block is.
function isComplete(question: Uint8Array): boolean {
  return question[0] === QUERY || SYNC.every((byte, index) => question.at(index - SYNC.length) === byte);
}

// A new connection finds nothing of the one before: no half transaction, no settings, no prepared statements.
async function startAfresh(id: number): Promise<void> {
  if (speaker !== 0) {
    await pg.execProtocolRawStream(SYNC, { onRawData: () => {} });
    if (pg.isInTransaction()) await pg.exec('rollback');
    await pg.exec('discard all');
  }
  speaker = id;
}

async function answer(id: number, question: Uint8Array): Promise<void> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  const flush = () => {
    if (size > 0) tell({ id, bytes: Buffer.concat(gathered, size) });
    gathered = [];
    size = 0;
  };
  await pg.execProtocolRawStream(question, {
    onRawData: (chunk) => {
      gathered.push(chunk.slice()); // the memory is PGlite's and is written again
      size += chunk.length;
      if (size >= CHUNK) flush();
    },
  });
  flush();
}

// Nothing else ever checkpoints a PostgreSQL in single-user mode: the log would grow without end.
async function checkpointIfDue(): Promise<void> {
  batches = 0;
  bytes = 0;
  const due = await pg.query(CHECKPOINT_DUE);
  if (due.rows.length > 0) await pg.exec('checkpoint');
}

async function close(): Promise<void> {
  await pg.close();
  port.close();
}

function tell(message: FromWorker): void {
  port.postMessage(message);
}

function panic(reason: string): never {
  parentPort?.postMessage({ failure: reason } satisfies FromWorker);
  process.exit(1);
}
