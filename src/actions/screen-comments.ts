import { writeLedger } from '../db/ledger.ts';
import { insertScreenings, type Screenable, screenable } from '../db/screenings.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { hasPersonalNumbers } from '../domain/personal-numbers.ts';
import type { Screening } from '../domain/screening.ts';
import { holdFor } from './hold.ts';

/** A comment as a page had it: `seen` is the id of the screening it showed, 0 for none. */
export interface SeenComment {
  readonly id: number;
  readonly seen: number;
}

// Words are read in portions, and the ledger names comments where they are few: each screening says who and when.
const portion = 2_000;
const mostNamed = 1_000;

/**
 * Says of one comment or many whether they are shown to the public; the latest screening counts. Among many, those
 * whose published words hold personal numbers are not set to shown: one has to look at them. Gives how many were
 * screened and how many passed over. Throws RuleBroken `stale` when one was screened or withdrawn in the meantime,
 * `notAllowed`.
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
  },
  now: Date,
): Promise<{ readonly screened: number; readonly passedOver: number }> {
  const { officer, consultationId, comments, screening, looked } = input;
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'screen', consultationId);
    const passes = looked || screening.verdict === 'hidden' ? () => true : isFreeOfNumbers;
    const ids: number[] = [];
    for (let at = 0; at < comments.length; at += portion) {
      const found = await foundAsSeen(trx, consultationId, comments.slice(at, at + portion));
      ids.push(...found.filter(passes).map(({ id }) => id));
    }
    await insertScreenings(trx, ids, screening, officer.id, now);
    const detail = {
      ...{ count: ids.length, verdict: screening.verdict },
      ...(ids.length <= mostNamed && { commentIds: ids }),
    };
    if (ids.length > 0)
      await writeLedger(trx, { what: 'commentsScreened', consultationId, officer, detail }, now);
    return { screened: ids.length, passedOver: comments.length - ids.length };
  });
}

async function foundAsSeen(
  trx: Trx,
  consultationId: number,
  comments: readonly SeenComment[],
): Promise<Screenable[]> {
  const ids = comments.map(({ id }) => id);
  const found = await screenable(trx, consultationId, ids);
  for (const comment of comments) refuseStale(found.get(comment.id), comment);
  return [...found.values()];
}

function refuseStale(comment: Screenable | undefined, { seen }: SeenComment): void {
  if (!comment) throw new RuleBroken('notAllowed');
  if (comment.screeningId !== seen || comment.withdrawn) throw new RuleBroken('stale');
}

function isFreeOfNumbers({ published }: Screenable): boolean {
  return !hasPersonalNumbers(published);
}
