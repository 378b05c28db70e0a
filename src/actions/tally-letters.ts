import {
  addMoves,
  countNextLetters,
  holdLetterHead,
  letterHead,
  noteNextLetter,
} from '../db/letter-counting.ts';
import { type Db, transaction } from '../db/session.ts';

/** How many letters are counted at a time. */
export interface LetterSizes {
  /** Ids counted in one transaction. */
  readonly portion: number;
  /** Fewer letters are left to be counted by whoever asks. */
  readonly least: number;
}

export const usualLetterSizes: LetterSizes = { portion: 20_000, least: 500 };

/**
 * Brings the kept counts of letters up to date, portion by portion, each in a transaction of its own. Nobody who queues
 * or sends a letter waits for it, and no number is ever old: what it has not counted is counted by whoever asks.
 */
export async function tallyLetters(db: Db, sizes: LetterSizes = usualLetterSizes): Promise<void> {
  await noteNextLetter(db, sizes.least);
  while (await tallyPortion(db, sizes.portion));
}

// True while there is more that may be counted.
async function tallyPortion(db: Db, portion: number): Promise<boolean> {
  const seen = await letterHead(db);
  const isDue = seen.settled && seen.nextLetter > seen.countedTo;
  if (!isDue && !seen.moved) return false;
  return transaction(db, async (trx) => {
    const head = await holdLetterHead(trx);
    if (!head) return false;
    if (head.moved) await addMoves(trx);
    if (!head.settled || head.nextLetter <= head.countedTo) return false;
    await countNextLetters(trx, head, portion);
    return head.nextLetter > head.countedTo + portion;
  });
}
