import type { Worker } from 'node:worker_threads';
import type { Found } from '../domain/groups/find.ts';
import type { Grouper, SentComment } from '../domain/groups/grouper.ts';
import type { ComparedPart } from '../domain/groups/leaders.ts';
import { startWorker } from './reader-thread.ts';

/** What the thread is given, one message at a time; the last ask for the groups: what was kept, then texts it wants. */
export type ToGrouper =
  | { readonly clauses: ReadonlyMap<number, string> }
  | { readonly comments: readonly SentComment[] }
  | { readonly collected: true }
  | { readonly kept: readonly number[] }
  | { readonly texts: readonly string[] };

/** What the thread says. */
export type FromGrouper =
  | 'taken'
  | { readonly part: ComparedPart }
  | { readonly mark: string }
  /** Ids of comments whose texts it compares next. */
  | { readonly wanted: readonly number[] }
  | { readonly found: Found };

// What is counted here: the words and shingles that are kept, not the packed numbers beside them (bench/README.md).
const memoryMb = 512;

/** Compares comments in a thread that is started for each search and ends with it; its memory goes with it. */
export function createGrouper(): Grouper & { close(): Promise<void> } {
  const all = new Set<Worker>();
  return {
    find: async ({ portions, texts }, clauses, notes) => {
      const worker = startWorker('group-worker', memoryMb);
      all.add(worker);
      try {
        const ask = askerOf(worker, notes.keep);
        await ask({ clauses });
        for await (const comments of portions) await ask({ comments });
        const { mark } = expected('mark', await ask({ collected: true }));
        let answer = await ask({ kept: await notes.kept(mark) });
        while (isAbout('wanted', answer)) answer = await ask({ texts: await texts(answer.wanted) });
        return expected('found', answer).found;
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

function expected<K extends string>(key: K, answer: FromGrouper): Extract<FromGrouper, Record<K, unknown>> {
  if (!isAbout(key, answer)) throw new Error('The grouping thread answered something else.');
  return answer;
}

function isAbout<K extends string>(
  key: K,
  answer: FromGrouper,
): answer is Extract<FromGrouper, Record<K, unknown>> {
  return typeof answer === 'object' && key in answer;
}

function askerOf(
  worker: Worker,
  onPart: (part: ComparedPart) => void,
): (request: ToGrouper) => Promise<FromGrouper> {
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The grouping thread ended.')));
  });
  // It may end while nobody asks.
  ended.catch(() => {});
  let settle: (message: FromGrouper) => void = () => {};
  worker.on('message', (message: FromGrouper) => {
    if (typeof message === 'object' && 'part' in message) onPart(message.part);
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
