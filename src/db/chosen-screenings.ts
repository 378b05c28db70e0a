import { sql } from 'kysely';
import type { ScreeningState } from '../domain/screening.ts';
import type { WrittenFilter } from './comment-filter.ts';
import type { Db } from './session.ts';
import { standingComments } from './standing-comments.ts';

/** A comment that is to be screened with many others, as it stands now: `seen` is its latest screening, 0 for none. */
export interface ChosenScreening {
  readonly id: number;
  readonly seen: number;
  readonly state: ScreeningState;
}

/** The standing comments that a filter finds, by id. */
export function chosenScreenings(
  db: Db,
  consultationId: number,
  filter: WrittenFilter,
): Promise<ChosenScreening[]> {
  const columns = sql`k.id, coalesce(h.id, 0) as seen, coalesce(h.verdict, 'waiting') as state`;
  return standingComments(db, { consultationId, filter, ids: null }, 'screenings', columns);
}
