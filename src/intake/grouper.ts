import type { Worker } from 'node:worker_threads';
import type { FoundGroup } from '../domain/groups/find.ts';
import type { Grouper, SentComment } from '../domain/groups/grouper.ts';
import { startWorker } from './reader-thread.ts';

/** What the thread is given, one message at a time; the last asks for the groups. */
export type ToGrouper =
  | { readonly clauses: ReadonlyMap<number, string> }
  | { readonly comments: readonly SentComment[] }
  | { readonly find: true };

/** What the thread says. */
export type FromGrouper = 'taken' | { readonly share: number } | { readonly groups: readonly FoundGroup[] };

const memoryMb = 1_024;

/** Compares comments in a thread that is started for each search and ends with it; its memory goes with it. */
export function createGrouper(): Grouper & { close(): Promise<void> } {
  const all = new Set<Worker>();
  return {
    find: async (portions, clauses, onProgress) => {
      const worker = startWorker('group-worker', memoryMb);
      all.add(worker);
      try {
        const ask = askerOf(worker, onProgress);
        await ask({ clauses });
        for await (const comments of portions) await ask({ comments });
        const answer = await ask({ find: true });
        if (typeof answer === 'string' || !('groups' in answer))
          throw new Error('The grouping thread answered something else.');
        return [...answer.groups];
      } finally {
        all.delete(worker);
        await worker.terminate();
      }
    },
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function askerOf(
  worker: Worker,
  onProgress: (share: number) => void,
): (request: ToGrouper) => Promise<FromGrouper> {
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The grouping thread ended.')));
  });
  // It may end while nobody asks.
  ended.catch(() => {});
  let settle: (message: FromGrouper) => void = () => {};
  worker.on('message', (message: FromGrouper) => {
    if (typeof message === 'object' && 'share' in message) onProgress(message.share);
    else settle(message);
  });
  return (request) => {
    const answer = new Promise<FromGrouper>((resolve) => {
      settle = resolve;
    });
    worker.postMessage(request);
    return Promise.race([answer, ended]);
  };
}
