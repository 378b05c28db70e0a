import { sql } from 'kysely';
import { type Meant, type MeantPart, meantIn } from '../domain/meant.ts';
import type { Tally, Work } from '../domain/tallies.ts';
import { talliesAsked } from './comment-filter.ts';
import type { Db } from './session.ts';
import { type StandingChoice, standingParts } from './standing-comments.ts';
import { talliedRows } from './tallies.ts';

/**
 * How many comments are chosen, how far one kind of work on them is, and the mark of the set, exact at one instant: from
 * tallies, which tell everything but words apart, or else from the few comments that are named or hold the words.
 */
export async function meantNow<W extends Work>(
  db: Db,
  choice: StandingChoice,
  work: W,
): Promise<Meant<Tally[W]>> {
  const parts = readsComments(choice) ? standingParts : talliedParts;
  return meantIn(await parts(db, choice, work));
}

/** True where what is chosen is found out from the comments themselves. */
export function readsComments({ ids, filter }: Wanted): boolean {
  return ids !== null || filter.words !== '';
}

interface Wanted {
  readonly ids: readonly number[] | null;
  readonly filter: { readonly words: string };
}

async function talliedParts<W extends Work>(
  db: Db,
  { consultationId, filter }: StandingChoice,
  work: W,
): Promise<MeantPart<Tally[W]>[]> {
  const clauseId = filter.clause === 'whole' ? 0 : filter.clause || undefined;
  const tallied = await talliedRows(db, { consultationIds: [consultationId], clauseId });
  const { rows } = await sql<MeantPart<Tally[W]>>`
    select n.${sql.ref(work)} as state, sum(n.comments)::int as comments, bit_xor(n.${sql.ref(`${work}_mark`)})::text as hash
    from (${tallied}) n
    where ${sql.join([sql`n.part = 'standing'`, ...talliesAsked(filter)], sql` and `)}
    group by 1 having sum(n.comments) > 0`.execute(db);
  return rows;
}
