import { type RawBuilder, sql } from 'kysely';
import { countAlikes } from './alike-segments.ts';
import { findingOf } from './changed-share.ts';
import { findingIn } from './latest-rows.ts';
import type { Db, Trx } from './session.ts';
import { eachOf, keys, within } from './tallies.ts';
import type { TallyHead } from './tally-heads.ts';

/** Texts of comments of a consultation between two ids, the first `limit` after `after` and none beyond `end`, in order. */
export async function textsToCount(
  db: Db,
  consultationId: number,
  { after, end, limit }: { readonly after: number; readonly end: number; readonly limit: number },
): Promise<{ readonly id: number; readonly text: string }[]> {
  return db
    .selectFrom('comments')
    .select(['id', 'text'])
    .where('consultation_id', '=', consultationId)
    .where('id', '>', after)
    .where('id', '<=', end)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Notes comments whose words hold personal numbers. */
export async function noteNumbers(trx: Trx, commentIds: readonly number[]): Promise<void> {
  await sql`
    insert into comments_with_numbers (comment_id) select unnest(${[...commentIds]}::bigint[])
    on conflict do nothing`.execute(trx);
}

/** Counts the comments of a held consultation up to an id into segments: into the last of their clause, while it has fewer than `most`, or new ones. */
export async function countUpTo(trx: Trx, head: TallyHead, end: number, most: number): Promise<void> {
  const { consultationId, countedTo } = head;
  const portion = sql`consultation_id = ${consultationId} and id > ${countedTo} and id <= ${end}`;
  const { rows } = await sql<{ id: number; fresh: number }>`
    with fresh as materialized (
      select clause_id, piece, min(id) as low, max(id) as high, count(*)::int as size from (
        select id, coalesce(clause_id, 0) as clause_id,
          (row_number() over (partition by coalesce(clause_id, 0) order by id) - 1) / ${most}::int as piece
        from comments where ${portion}) k
      group by 1, 2
    ), latest as (
      select distinct on (clause_id) id, clause_id, size from tally_segments
      where consultation_id = ${consultationId} order by clause_id, low desc
    ), grown as (
      update tally_segments t set high = fresh.high, size = t.size + fresh.size
      from fresh join latest using (clause_id) where t.id = latest.id and latest.size < ${most} and piece = 0
      returning t.id, t.clause_id
    ), begun as (
      insert into tally_segments (consultation_id, clause_id, low, high, size, counted)
      select ${consultationId}, clause_id, low, high, size, true from fresh
      where piece > 0 or clause_id not in (select clause_id from grown) returning id
    )
    select id, (select sum(size) from fresh)::int as fresh from (select id from grown union all select id from begun) t`.execute(
    trx,
  );
  const segments = rows.map(({ id }) => id);
  const finding = findingIn({ low: countedTo + 1, high: end }, rows[0]?.fresh ?? 0);
  const each = eachOf(sql`(select * from comments where ${portion})`, sql`k.id, k.clause_id,`, finding);
  await sql`
    with fresh as materialized (${each}), added as (
      insert into segment_tallies (segment_id, ${columns})
      select t.id, ${keys}, ${added} from fresh n
      join tally_segments t on t.consultation_id = ${consultationId} and t.clause_id = coalesce(n.clause_id, 0)
        and n.id between t.low and t.high and t.id = any(${segments}::bigint[])
      group by t.id, ${keys} returning *
    ), stood as (
      update tally_segments t set standing = t.standing + n.comments
      from (select segment_id, sum(comments) as comments from added where part = 'standing' group by 1) n
      where t.id = n.segment_id
    )
    ${addToSums(consultationId, sql`added`, 1)}`.execute(trx);
  await countAlikes(trx, consultationId, segments);
  await sql`
    update tally_heads set counted_to = ${end},
      counted_comments = counted_comments + (select count(*) from comments where ${portion})
    where consultation_id = ${consultationId}`.execute(trx);
}

// Rows of segment_tallies, added to the sums of their consultation, or (-1) taken off.
function addToSums(consultationId: number, rows: RawBuilder<unknown>, sign: 1 | -1): RawBuilder<unknown> {
  return sql`
    insert into tally_sums (consultation_id, ${columns})
    select ${consultationId}, ${keys}, ${sign} * sum(n.submissions), ${sign} * sum(n.comments), ${addedMarks}
    from ${rows} n group by ${keys}
    on conflict (consultation_id, channel, part, screening, disposition, stance, numbers, assignee) do update
    set submissions = tally_sums.submissions + excluded.submissions,
      comments = tally_sums.comments + excluded.comments,
      disposition_mark = tally_sums.disposition_mark # excluded.disposition_mark,
      screening_mark = tally_sums.screening_mark # excluded.screening_mark,
      assignee_mark = tally_sums.assignee_mark # excluded.assignee_mark`;
}

const columns = sql`channel, part, screening, disposition, stance, numbers, assignee, submissions, comments,
  disposition_mark, screening_mark, assignee_mark`;
// What is added twice to a mark is taken off it.
const addedMarks = sql`bit_xor(n.disposition_mark), bit_xor(n.screening_mark), bit_xor(n.assignee_mark)`;
const added = sql`sum(n.submissions), sum(n.comments), ${addedMarks}`;

/** Adds up what stands in more rows than need be, in the segments of a held consultation. */
export async function packTallies(trx: Trx, consultationId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select n.segment_id as id from segment_tallies n
    where n.segment_id in (select id from tally_segments where consultation_id = ${consultationId})
    group by n.segment_id having count(*) > 8 + 2 * count(distinct (${keys}))`.execute(trx);
  const segments = rows.map(({ id }) => id);
  if (segments.length === 0) return;
  await sql`
    with gone as (delete from segment_tallies where segment_id = any(${segments}::bigint[]) returning *)
    insert into segment_tallies (segment_id, ${columns})
    select n.segment_id, ${keys}, ${added}
    from gone n group by n.segment_id, ${keys}`.execute(trx);
}

/** Counts the submissions of a held consultation as far as they may be. */
export async function countSubmissions(
  trx: Trx,
  { consultationId, nextSubmission }: TallyHead,
): Promise<void> {
  await sql`
    update tally_heads h set submissions_to = ${nextSubmission},
      counted_submissions = counted_submissions + (select count(*) from submissions
        where consultation_id = h.consultation_id and id > h.submissions_to and id <= ${nextSubmission})
    where consultation_id = ${consultationId}`.execute(trx);
}

/** Counts changed segments of a held consultation anew, at most `limit`; gives how many. */
export async function countAnew(trx: Trx, consultationId: number, limit: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from tally_segments where consultation_id = ${consultationId} and not counted
    order by id limit ${limit}`.execute(trx);
  const segments = rows.map(({ id }) => id);
  if (segments.length === 0) return 0;
  await sql`
    with gone as (delete from segment_tallies where segment_id = any(${segments}::bigint[]) returning *)
    ${addToSums(consultationId, sql`gone`, -1)}`.execute(trx);
  await sql`
    with members as (
      select t.id as segment_id, k.* from tally_segments t cross join lateral ${within} k
      where t.id = any(${segments}::bigint[])
    ), added as (
      insert into segment_tallies (segment_id, ${columns})
      select n.segment_id, ${keys}, ${added}
      from (${eachOf(sql`members`, sql`k.segment_id,`, await findingOf(trx, segments))}) n group by n.segment_id, ${keys} returning *
    )
    ${addToSums(consultationId, sql`added`, 1)}`.execute(trx);
  await sql`
    update tally_segments t set counted = true, size = n.size, standing = n.standing
    from unnest(${segments}::bigint[]) as given(id) cross join lateral (
      select coalesce(sum(comments), 0) as size,
        coalesce(sum(comments) filter (where part = 'standing'), 0) as standing
      from segment_tallies where segment_id = given.id) n
    where t.id = given.id`.execute(trx);
  await countAlikes(trx, consultationId, segments);
  return segments.length;
}
