import { sql } from 'kysely';
import { type Finding, fewestAtOnce, findingIn, type Span } from './latest-rows.ts';
import type { Db } from './session.ts';

/**
 * The span of a consultation's comments where more than half of them are not counted, or changed since they were: to
 * count them all at once is quicker then than to look at each of those. Undefined otherwise, and where the span holds
 * mostly comments of others.
 */
export async function spanToCount(db: Db, consultationId: number): Promise<Span | undefined> {
  const { rows } = await sql<Span>`
    select low, high from (
      select h.counted_comments as counted,
        (select coalesce(sum(size), 0) from tally_segments
          where consultation_id = h.consultation_id and not counted) as changed,
        (select count(*) from comments where consultation_id = h.consultation_id and id > h.counted_to) as fresh,
        (select min(id) from comments where consultation_id = h.consultation_id) as low,
        (select max(id) from comments where consultation_id = h.consultation_id) as high
      from tally_heads h where h.consultation_id = ${consultationId}) n
    where changed + fresh >= ${fewestAtOnce} and 2 * (changed + fresh) > counted + fresh
      and high - low < 4 * (counted + fresh)`.execute(db);
  return rows[0];
}

/** Whichever way is quicker to find what stands beside the comments of some segments. */
export async function findingOf(db: Db, segments: readonly number[]): Promise<Finding> {
  const { rows } = await sql<Span & { readonly comments: number }>`
    select min(low) as low, max(high) as high, sum(size)::int as comments from tally_segments
    where id = any(${[...segments]}::bigint[])`.execute(db);
  const { comments, ...span } = rows[0] as Span & { readonly comments: number };
  return findingIn(span, comments);
}
