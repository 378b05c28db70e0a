import './untracked.ts';

import path from 'node:path';
import tap, { type Test } from 'tap';

/** The subtest of the test file that is being read. */
export let current: Test = tap;

/** Runs test files, named by their sources, one after the other in this process: each is a subtest of its name. */
export async function runLane(files: readonly string[]): Promise<void> {
  tap.setTimeout(1_200_000);
  for (const file of files)
    await tap.test(file, { timeout: 600_000 }, async (t) => {
      current = t;
      await import(path.join(import.meta.dirname, '..', file.replace(/\.ts$/, '.js')));
    });
}
