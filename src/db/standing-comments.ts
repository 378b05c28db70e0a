import { type RawBuilder, sql } from 'kysely';
import { allConditionsOf, tablesOf, type WrittenFilter } from './comment-filter.ts';
import { commentsWithWords } from './comment-words.ts';
import type { Db } from './session.ts';

/** The standing comments that a filter finds, or those of `ids` among them. */
export interface StandingChoice {
  readonly consultationId: number;
  readonly filter: WrittenFilter;
  readonly ids: readonly number[] | null;
}

// Words that more comments hold are looked for in all of them.
const mostLookedUp = 2_000;

/**
 * The chosen comments `k` by id, each with what stands in the latest row `h` of its history, where it has one: the
 * `columns` make a Row.
 */
export async function standingComments<Row>(
  db: Db,
  { consultationId, filter, ids }: StandingChoice,
  history: 'dispositions' | 'screenings' | 'comment_assignments',
  columns: RawBuilder<unknown>,
): Promise<Row[]> {
  if (filter.part !== '' && filter.part !== 'standing') return [];
  const standing: WrittenFilter = { ...filter, part: 'standing' };
  const found = ids ?? (await commentsWithWords(db, consultationId, filter.spellings, mostLookedUp));
  const among = found ? sql`k.id = any(${[...found]}::bigint[])` : sql`true`;
  const { rows } = await sql<Row>`
    select ${columns} from ${tablesOf(standing)}
    left join lateral (
      select * from ${sql.table(history)} where comment_id = k.id order by id desc limit 1) h on true
    where k.consultation_id = ${consultationId} and ${allConditionsOf(standing)} and ${among}
    order by k.id`.execute(db);
  return rows;
}
