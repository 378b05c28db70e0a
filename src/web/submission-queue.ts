import { type SubmissionForm, type SubmissionResult, submitComments } from '../actions/submit-comments.ts';
import type { Db } from '../db/session.ts';

/** Stores one submission; resolves after its commit. */
export type Submit = (form: SubmissionForm) => Promise<SubmissionResult>;

interface Waiting {
  readonly form: SubmissionForm;
  readonly resolve: (result: SubmissionResult) => void;
  readonly reject: (error: unknown) => void;
}

const mostInOneCommit = 200;

/**
 * Forms that arrive while a transaction is under way wait for the next and share its commit. A batch that fails is
 * tried again one by one, so that one bad form cannot take others with it.
 */
export function createSubmissionQueue(db: Db, clock: () => Date): Submit {
  let waiting: Waiting[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostInOneCommit);
      waiting = waiting.slice(mostInOneCommit);
      await storeTogether(batch).catch(() => storeOneByOne(batch));
    }
    busy = false;
  }

  async function storeTogether(batch: readonly Waiting[]): Promise<void> {
    const results = await submitComments(
      db,
      batch.map((each) => each.form),
      clock,
    );
    for (const [index, each] of batch.entries()) each.resolve(results[index] as SubmissionResult);
  }

  async function storeOneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const each of batch) await storeTogether([each]).catch(each.reject);
  }

  return (form) =>
    new Promise((resolve, reject) => {
      waiting.push({ form, resolve, reject });
      if (!busy) void work();
    });
}
