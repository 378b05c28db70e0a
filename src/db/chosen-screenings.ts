import { sql } from 'kysely';
import type { ScreeningState } from '../domain/screening.ts';
import { allConditionsOf, tablesOf, type WrittenFilter } from './comment-filter.ts';
import type { Db } from './session.ts';

/** A comment that is to be screened with many others, as it stands now: `seen` is its latest screening, 0 for none. */
export interface ChosenScreening {
  readonly id: number;
  readonly seen: number;
  readonly state: ScreeningState;
}

/** The standing comments that a filter finds, by id. */
export async function chosenScreenings(
  db: Db,
  consultationId: number,
  filter: WrittenFilter,
): Promise<ChosenScreening[]> {
  if (filter.part !== '' && filter.part !== 'standing') return [];
  const standing: WrittenFilter = { ...filter, part: 'standing' };
  const { rows } = await sql<ChosenScreening>`
    select k.id, coalesce(v.id, 0) as seen, coalesce(v.verdict, 'waiting') as state from ${tablesOf(standing)}
    left join lateral (select id, verdict from screenings where comment_id = k.id order by id desc limit 1) v on true
    where k.consultation_id = ${consultationId} and ${allConditionsOf(standing)} order by k.id`.execute(db);
  return rows;
}
