import {
  consultationsToPair,
  fewestPaired,
  holdPairHead,
  insertPairs,
  isQuiet,
  searchedComments,
} from '../db/pair-heads.ts';
import { type Db, transaction } from '../db/session.ts';
import { pairsOf } from '../domain/pairs.ts';

const atOnce = 500;
// While people send more than this a minute, the database is theirs.
const mostAMinute = 100;
const minuteMs = 60_000;

/**
 * Makes the comments of every consultation found by their words, portion by portion, each in a transaction of its own:
 * what a killed process leaves, the next one goes on from. Stops while many are sending. Until then searches read the
 * comments themselves, and find the same. Ends with the portion in hand once `signal` says so.
 */
export async function pairComments(
  db: Db,
  clock: () => Date,
  { least = fewestPaired, signal }: { readonly least?: number; readonly signal?: AbortSignal } = {},
): Promise<void> {
  for (const id of await consultationsToPair(db, least))
    while (
      !signal?.aborted &&
      (await isQuiet(db, mostAMinute, new Date(clock().getTime() - minuteMs))) &&
      (await pairPortion(db, id))
    );
}

// True while there is more.
async function pairPortion(db: Db, consultationId: number): Promise<boolean> {
  return transaction(db, async (trx) => {
    const after = await holdPairHead(trx, consultationId);
    if (after === undefined) return false;
    const comments = await searchedComments(trx, consultationId, after, atOnce);
    const last = comments.at(-1);
    if (!last) return false;
    const paired = comments.map(({ id, texts }) => ({ id, pairs: pairsOf(consultationId, texts) }));
    await insertPairs(trx, consultationId, paired, last.id);
    return comments.length === atOnce;
  });
}
