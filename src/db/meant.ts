import { type Meant, meantIn } from '../domain/meant.ts';
import { foundIn, type Tally, type Work } from '../domain/tallies.ts';
import type { Db } from './session.ts';
import { type StandingChoice, standingParts } from './standing-comments.ts';
import { markedTallies } from './tallies.ts';

/**
 * How many comments are chosen, how far one kind of work on them is, and the mark of the set, exact at one instant: from
 * tallies, which tell everything but words apart, or else from the few comments that are named or hold the words.
 */
export async function meantNow<W extends Work>(
  db: Db,
  choice: StandingChoice,
  work: W,
): Promise<Meant<Tally[W]>> {
  if (readsComments(choice)) return meantIn(await standingParts(db, choice, work));
  const { consultationId, filter } = choice;
  const clauseId = filter.clause === 'whole' ? 0 : filter.clause || undefined;
  const tallies = await markedTallies(db, { consultationId, clauseId }, work);
  const standing = tallies.filter(({ part }) => part === 'standing');
  const found = foundIn(standing, filter, filter.assignees);
  return meantIn(found.map((tally) => ({ state: tally[work], comments: tally.comments, hash: tally.mark })));
}

interface Wanted {
  readonly ids: readonly number[] | null;
  readonly filter: { readonly words: string };
}

/** True where what is chosen is found out from the comments themselves. */
export function readsComments({ ids, filter }: Wanted): boolean {
  return ids !== null || filter.words !== '';
}
