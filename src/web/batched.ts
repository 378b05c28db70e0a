import { setImmediate } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets items that come while work is under way wait for the next run and share it: `work` takes up to `most` items
 * and gives a result for each, in their order. A second run begins beside the first once `enough` items wait. A run
 * that fails is tried again item by item, so that one bad item cannot take others with it.
 */
export function batched<I, O>(
  work: (items: readonly I[]) => Promise<readonly O[]>,
  { most, enough }: { readonly most: number; readonly enough: number },
): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = [];
  let runs = 0;

  async function drain(): Promise<void> {
    runs += 1;
    while (waiting.length > 0) {
      // All requests that have arrived by now are read first: they share the run.
      await setImmediate();
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await together(batch).catch(() => oneByOne(batch));
    }
    runs -= 1;
  }

  async function together(batch: readonly Waiting<I, O>[]): Promise<void> {
    const results = await work(batch.map((each) => each.item));
    for (const [index, each] of batch.entries()) each.resolve(results[index] as O);
  }

  async function oneByOne(batch: readonly Waiting<I, O>[]): Promise<void> {
    for (const each of batch) await together([each]).catch(each.reject);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (runs === 0 || (runs === 1 && waiting.length >= enough)) void drain();
    });
}
