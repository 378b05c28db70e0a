import { type Db, transaction } from '../db/session.ts';
import {
  consultationsToTally,
  holdTallyHead,
  noteNext,
  portionEnd,
  type TallyHead,
  tallyHead,
} from '../db/tally-heads.ts';
import {
  countAnew,
  countSubmissions,
  countUpTo,
  noteNumbers,
  packTallies,
  textsToCount,
} from '../db/tally-segments.ts';
import { personalNumbers } from '../domain/personal-numbers.ts';

/** How much is counted at a time. */
export interface TallySizes {
  /** Comments counted in one transaction. */
  readonly portion: number;
  /** Comments from which on a segment takes no more. */
  readonly most: number;
  /** Fewer comments are left to be counted by whoever asks. */
  readonly least: number;
}

export const usualSizes: TallySizes = { portion: 10_000, most: 200, least: 500 };

const segmentsAtOnce = 50;
const textsAtOnce = 1_000;

/**
 * Brings the kept counts of every consultation up to date, portion by portion, each in a transaction of its own: what
 * a killed process leaves, the next one goes on from. Nobody who submits waits for it; what it has not counted yet is
 * counted by whoever asks, so that no number is ever old. Ends with the portion in hand once `signal` says so.
 */
export async function tallyComments(
  db: Db,
  sizes: TallySizes = usualSizes,
  signal?: AbortSignal,
): Promise<void> {
  for (const id of await consultationsToTally(db, sizes.least)) {
    const { nextComment, countedTo } = await tallyHead(db, id);
    if (nextComment <= countedTo) await noteNext(db, id);
    while (!signal?.aborted && (await tallyPortion(db, id, sizes)));
    while (!signal?.aborted && (await tallyChanged(db, id)));
  }
}

// True while there is more that may be counted.
async function tallyPortion(db: Db, consultationId: number, { portion, most }: TallySizes): Promise<boolean> {
  const seen = await tallyHead(db, consultationId);
  if (!seen.settled || seen.nextComment <= seen.countedTo) return false;
  const end = await portionEnd(db, seen, portion);
  const noted = await withNumbers(db, seen, end);
  return transaction(db, async (trx) => {
    const head = await holdTallyHead(trx, consultationId);
    if (!head?.settled || head.countedTo !== seen.countedTo || head.nextComment !== seen.nextComment)
      return false;
    if (noted.length > 0) await noteNumbers(trx, noted);
    await countUpTo(trx, head, end, most);
    if (end < head.nextComment) return true;
    await countSubmissions(trx, head);
    await packTallies(trx, consultationId);
    return false;
  });
}

// Ids of those up to `end` that hold personal numbers. A few at a time, so that forms are read in between.
async function withNumbers(db: Db, { consultationId, countedTo }: TallyHead, end: number): Promise<number[]> {
  const noted: number[] = [];
  for (let after = countedTo, left = true; left; ) {
    const texts = await textsToCount(db, consultationId, { after, end, limit: textsAtOnce });
    noted.push(...texts.filter(({ text }) => personalNumbers(text).length > 0).map(({ id }) => id));
    left = texts.length === textsAtOnce;
    after = texts.at(-1)?.id ?? end;
  }
  return noted;
}

async function tallyChanged(db: Db, consultationId: number): Promise<boolean> {
  return transaction(db, async (trx) => {
    if (!(await holdTallyHead(trx, consultationId))) return false;
    return (await countAnew(trx, consultationId, segmentsAtOnce)) === segmentsAtOnce;
  });
}
