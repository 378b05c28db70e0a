import { type RawBuilder, sql } from 'kysely';
import { certainPairs } from '../domain/pairs.ts';
import { holdsOneOf } from './comment-filter.ts';
import type { Db } from './session.ts';

/**
 * Ids of the comments of a consultation that may hold one spelling of every word, whatever else they are: every one
 * that does is among them. Undefined where they are more than `most`, or the words are too short to be looked up.
 */
export async function commentsWithWords(
  db: Db,
  consultationId: number,
  words: readonly (readonly string[])[],
  most: number,
): Promise<number[] | undefined> {
  const asked = words.flatMap((spellings) => holdsPairs(consultationId, spellings) ?? []);
  if (asked.length === 0) return undefined;
  const { rows } = await sql<{ id: number }>`
    select id from (
      (select comment_id as id from comment_pairs w where ${sql.join(asked, sql` and `)} limit ${most + 1})
      union all
      (select k.id from ${unpaired(consultationId)} k cross join lateral (
          select receipt_number from submissions where id = k.submission_id offset 0) s
        where ${sql.join(words.map(holdsOneOf), sql` and `)} limit ${most + 1})
    ) found limit ${most + 1}`.execute(db);
  return rows.length > most ? undefined : rows.map(({ id }) => id);
}

// Found by their index, however many they may seem to be to whoever plans: as a rule there are none.
function unpaired(consultationId: number): RawBuilder<unknown> {
  const pairsTo = sql`select coalesce(max(pairs_to), 0) as pairs_to from pair_heads where consultation_id = ${consultationId}`;
  return sql`(select k.* from (${pairsTo}) p cross join lateral (
    select * from comments where consultation_id = ${consultationId} and id > p.pairs_to order by id offset 0) k)`;
}

// Undefined where a spelling has no pair by which it could be looked up.
function holdsPairs(consultationId: number, spellings: readonly string[]): RawBuilder<boolean> | undefined {
  const pairs = spellings.map((spelling) => certainPairs(consultationId, spelling));
  if (pairs.some((each) => each.length === 0)) return undefined;
  const different = new Map(pairs.map((each) => [each.join(), each]));
  const ways = [...different.values()].map((each) => sql`w.pairs @> ${each}::integer[]`);
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

/** Up to which id the comments of a consultation can be looked up by their words, and how many cannot, at most `most`. */
export async function withoutPairs(db: Db, consultationId: number, most: number): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from (
      select from comments where consultation_id = ${consultationId}
        and id > coalesce((select pairs_to from pair_heads where consultation_id = ${consultationId}), 0)
      limit ${most}) k`.execute(db);
  return rows[0]?.left ?? 0;
}
