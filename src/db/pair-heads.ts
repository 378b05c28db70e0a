import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** With fewer comments left, whoever searches reads them all as quickly as they are looked up. */
export const fewestPaired = 500;

/** How many comments of a consultation cannot be looked up by their words yet. */
export async function unpairedComments(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from comments k where k.consultation_id = ${consultationId} and k.id > coalesce(
      (select pairs_to from pair_heads p where p.consultation_id = ${consultationId}), 0)`.execute(db);
  return rows[0]?.left ?? 0;
}

/** Ids of the consultations of which at least `least` comments cannot be looked up by their words yet, but may be. */
export async function consultationsToPair(db: Db, least: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select h.consultation_id as id from tally_heads h left join pair_heads p using (consultation_id)
    where exists (select from comments k where k.consultation_id = h.consultation_id
      and k.id > coalesce(p.pairs_to, 0) and k.id <= h.counted_to offset ${least - 1})
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

/** True while nobody is in a hurry: the portal did not receive so many submissions since an instant. */
export async function isQuiet(db: Db, most: number, since: Date): Promise<boolean> {
  const { rows } = await sql<{ receivedAt: Date }>`
    select received_at as "receivedAt" from submissions order by id desc offset ${most - 1} limit 1`.execute(
    db,
  );
  return !rows[0] || rows[0].receivedAt <= since;
}

/** Up to which comment a consultation's can be looked up, held; undefined while somebody else holds it. */
export async function holdPairHead(trx: Trx, consultationId: number): Promise<number | undefined> {
  await sql`
    insert into pair_heads (consultation_id) values (${consultationId}) on conflict do nothing`.execute(trx);
  const { rows } = await sql<{ pairsTo: number }>`
    select pairs_to as "pairsTo" from pair_heads where consultation_id = ${consultationId}
    for update skip locked`.execute(trx);
  return rows[0]?.pairsTo;
}

/** A comment with everything a search looks at. */
export interface SearchedComment {
  readonly id: number;
  readonly texts: readonly string[];
}

/**
 * The next comments of a consultation after one, at most `limit`, as far as they are counted: before those nothing can
 * appear any more.
 */
export async function searchedComments(
  db: Db,
  consultationId: number,
  after: number,
  limit: number,
): Promise<SearchedComment[]> {
  const { rows } = await sql<SearchedComment>`
    select k.id, array[k.text, k.proposed_wording, s.receipt_number] as texts
    from tally_heads h join comments k on k.consultation_id = h.consultation_id and k.id <= h.counted_to
    join submissions s on s.id = k.submission_id
    where h.consultation_id = ${consultationId} and k.id > ${after} order by k.id limit ${limit}`.execute(db);
  return rows;
}

/** Stores the pairs of comments of a held consultation, and that it has them up to an id. */
export async function insertPairs(
  trx: Trx,
  consultationId: number,
  comments: readonly { readonly id: number; readonly pairs: readonly number[] }[],
  upTo: number,
): Promise<void> {
  const ids = comments.map(({ id }) => id);
  const pairs = comments.map((each) => `{${each.pairs.join()}}`);
  await sql`
    insert into comment_pairs (comment_id, pairs)
    select id, pairs::integer[] from unnest(${ids}::bigint[], ${pairs}::text[]) as given(id, pairs)
    on conflict do nothing`.execute(trx);
  await sql`
    update pair_heads set pairs_to = ${upTo} where consultation_id = ${consultationId}`.execute(trx);
}
