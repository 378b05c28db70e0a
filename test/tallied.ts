import { type TallySizes, tallyComments, usualSizes } from '../src/actions/tally-comments.ts';
import type { Db } from '../src/db/session.ts';
import { consultationsToTally } from '../src/db/tally-heads.ts';

const mostTries = 5_000;

/** Counts until nothing is left to count: on a server of many databases, writers of any of them hold counting back. */
export async function tallied(db: Db, sizes: TallySizes = usualSizes): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    await tallyComments(db, sizes);
    if ((await consultationsToTally(db, sizes.least)).length === 0) return;
  }
  throw new Error('the comments were never counted to their end');
}
