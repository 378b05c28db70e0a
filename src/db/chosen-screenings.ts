import { sql } from 'kysely';
import type { Db } from './session.ts';
import { type Marked, type StandingChoice, standingComments } from './standing-comments.ts';

/** A comment that is to be screened with many others, as it stands now: `seen` is its latest screening, 0 for none. */
export interface ChosenScreening {
  readonly id: number;
  readonly seen: number;
}

/** The chosen comments by id, with the mark of the set and the latest screening of each. */
export function chosenScreenings(db: Db, choice: StandingChoice): Promise<Marked<ChosenScreening>> {
  const columns = sql`k.id, coalesce(h.id, 0) as seen`;
  return standingComments(db, choice, 'screening', columns);
}
