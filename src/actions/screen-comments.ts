import { writeLedger } from '../db/ledger.ts';
import { insertScreenings, screenable, seeScreenedAgain } from '../db/screenings.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { hasPersonalNumbers } from '../domain/personal-numbers.ts';
import { portionsOf } from '../domain/portions.ts';
import type { Screening } from '../domain/screening.ts';
import { holdFor } from './hold.ts';

/** A comment as a page had it: `seen` is the id of the screening it showed, 0 for none. */
export interface SeenComment {
  readonly id: number;
  readonly seen: number;
}

// The ledger names comments where they are few: each screening says who and when.
const mostNamed = 1_000;
const wordsAtOnce = 2_000;

/**
 * Says of one comment or many whether they are shown to the public; the latest screening counts. Among many, those
 * whose published words hold personal numbers are not set to shown: one has to look at them. Gives how many were
 * screened and how many passed over. Throws RuleBroken `stale` when one was screened or withdrawn, or its words covered,
 * in the meantime, `notAllowed`.
 */
export async function screenComments(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly comments: readonly SeenComment[];
    readonly screening: Screening;
    /** True when the officer had the whole comment before them, with the numbers found in it. */
    readonly looked: boolean;
    /** What the form that asked for it is known by. */
    readonly form?: string;
  },
  now: Date,
): Promise<{ readonly screened: number; readonly passedOver: number }> {
  const { officer, consultationId, comments, screening, looked, form } = input;
  // Reading the words of many takes seconds: nobody is held up for them.
  const judged =
    looked || screening.verdict === 'hidden' ? null : await readWords(db, consultationId, comments);
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'screen', consultationId);
    const seen = comments.map((comment) => ({
      ...comment,
      redaction: judged?.get(comment.id)?.redaction ?? null,
    }));
    const { strange, changed } = await seeScreenedAgain(trx, consultationId, seen);
    if (strange) throw new RuleBroken('notAllowed');
    if (changed) throw new RuleBroken('stale');
    const passing = judged ? comments.filter(({ id }) => judged.get(id)?.isFree) : comments;
    const ids = passing.map(({ id }) => id);
    await insertScreenings(trx, ids, screening, officer.id, now);
    const detail = {
      ...{ count: ids.length, verdict: screening.verdict, form },
      ...(ids.length < comments.length && { passedOver: comments.length - ids.length }),
      ...(ids.length <= mostNamed && { commentIds: ids }),
    };
    if (ids.length > 0)
      await writeLedger(trx, { what: 'commentsScreened', consultationId, officer, detail }, now);
    return { screened: ids.length, passedOver: comments.length - ids.length };
  });
}

interface JudgedWords {
  /** True where the published words hold no personal numbers. */
  readonly isFree: boolean;
  /** The redaction that they are of, 0 for none. */
  readonly redaction: number;
}

async function readWords(
  db: Db,
  consultationId: number,
  comments: readonly SeenComment[],
): Promise<Map<number, JudgedWords>> {
  const judged = new Map<number, JudgedWords>();
  for (const ids of portionsOf(
    comments.map(({ id }) => id),
    wordsAtOnce,
  ))
    for (const [id, { published, redactionId: redaction }] of await screenable(db, consultationId, ids))
      judged.set(id, { isFree: !hasPersonalNumbers(published), redaction });
  return judged;
}
