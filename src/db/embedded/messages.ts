/** What the main thread tells the worker: bytes of one connection, or to close. */
export type ToWorker = { id: number; bytes: Uint8Array } | 'close';

/** What the worker answers: ready, bytes for one connection, or why it cannot go on. */
export type FromWorker = { id: number; bytes: Uint8Array } | { ready: true } | { failure: string };

/**
 * Where the database lies, and how it is kept. What is kept `durably` is on the disk before a commit returns; only
 * tests may have it otherwise: `unsynced`, or `inMemory`, a copy of what lies there that is gone when closed.
 */
export interface WorkerSettings {
  directory: string;
  kept: 'durably' | 'unsynced' | 'inMemory';
}

// Sync, Query, Flush, FunctionCall, Password, CopyFail: the client waits for an answer after these alone, so what
// comes before them crosses to the other thread together.
const BATCH_ENDS = new Set(Array.from('SQHFpf', (letter) => letter.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);

/**
 * Cuts what a PostgreSQL client writes into batches that may be handed to the server in one call; feed it
 * chunks as they come. `ended` says that the client took its leave.
 */
export function batchCutter(): (chunk: Buffer) => { batches: Uint8Array[]; ended: boolean } {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let batch: Buffer[] = [];
  return (chunk) => {
    const batches: Uint8Array[] = [];
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let message = take(); message !== null; message = take()) {
      if (started && message[0] === TERMINATE) return { batches, ended: true };
      batch.push(message);
      if (started && !BATCH_ENDS.has(message[0] as number)) continue;
      started = true;
      batches.push(new Uint8Array(Buffer.concat(batch)));
      batch = [];
    }
    return { batches, ended: false };
  };

  function take(): Buffer | null {
    const head = started ? 1 : 0; // the first message has no type letter
    if (rest.length < head + 4) return null;
    const length = head + rest.readInt32BE(head);
    if (rest.length < length) return null;
    const message = rest.subarray(0, length);
    rest = rest.subarray(length);
    return message;
  }
}
