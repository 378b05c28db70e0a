import { type RawBuilder, sql } from 'kysely';
import { type MeantPart, markOf } from '../domain/meant.ts';
import type { Tally, Work } from '../domain/tallies.ts';
import { allConditionsOf, tablesOf, type WrittenFilter } from './comment-filter.ts';
import { commentsWithWords } from './comment-words.ts';
import type { Db } from './session.ts';

/** The standing comments that a filter finds, or those of `ids` among them. */
export interface StandingChoice {
  readonly consultationId: number;
  readonly filter: WrittenFilter;
  readonly ids: readonly number[] | null;
}

/** Comments as they were read, with the mark of the set. */
export interface Marked<Row> {
  readonly comments: readonly Row[];
  readonly mark: string;
}

// Words that more comments hold are looked for in all of them.
const mostLookedUp = 2_000;

// What the latest row `h` of each history says of a comment.
const states: Readonly<Record<Work, RawBuilder<unknown>>> = {
  disposition: sql`coalesce(h.outcome, 'undisposed')`,
  screening: sql`coalesce(h.verdict, 'waiting')`,
  assignee: sql`coalesce(h.assignee, '')`,
};

const histories: Readonly<Record<Work, string>> = {
  disposition: 'dispositions',
  screening: 'screenings',
  assignee: 'comment_assignments',
};

// Tallies keep the same of the same comments.
const hash = sql`deed_mark(k.id, coalesce(h.id, 0))`;

/**
 * The chosen comments `k` by id, each with what stands in the latest row `h` of its history, where it has one: the
 * `columns` make a Row.
 */
export async function standingComments<Row>(
  db: Db,
  choice: StandingChoice,
  work: Work,
  columns: RawBuilder<unknown>,
): Promise<Marked<Row>> {
  const found = await standing(db, choice, work);
  if (!found) return { comments: [], mark: markOf(0, '0') };
  const { rows } = await sql<Row & { readonly hash: string }>`
    select ${columns}, ${hash}::text as hash from ${found} order by k.id`.execute(db);
  // Added up here: the database can send the first rows while it looks for the others.
  const all = rows.reduce((sum, row) => sum ^ BigInt(row.hash), 0n);
  return { comments: rows, mark: markOf(rows.length, String(all)) };
}

/** The chosen comments by what the latest row of their history says. */
export async function standingParts<W extends Work>(
  db: Db,
  choice: StandingChoice,
  work: W,
): Promise<MeantPart<Tally[W]>[]> {
  const found = await standing(db, choice, work);
  if (!found) return [];
  const { rows } = await sql<MeantPart<Tally[W]>>`
    select ${states[work]} as state, count(*)::int as comments, bit_xor(${hash})::text as hash from ${found} group by 1`.execute(
    db,
  );
  return rows;
}

// The tables with the chosen comments, and which are; undefined where none can be.
async function standing(
  db: Db,
  { consultationId, filter, ids }: StandingChoice,
  work: Work,
): Promise<RawBuilder<unknown> | undefined> {
  if (filter.part !== '' && filter.part !== 'standing') return undefined;
  const standing: WrittenFilter = { ...filter, part: 'standing' };
  const found = ids ?? (await commentsWithWords(db, consultationId, filter.spellings, mostLookedUp));
  const among = found ? sql`k.id = any(${[...found]}::bigint[])` : sql`true`;
  return sql`${tablesOf(standing)}
    left join lateral (
      select * from ${sql.table(histories[work])} where comment_id = k.id order by id desc limit 1) h on true
    where k.consultation_id = ${consultationId} and ${allConditionsOf(standing)} and ${among}`;
}
