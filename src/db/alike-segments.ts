import { sql } from 'kysely';
import { alikeKeys, alikeKeysOf, alikeOf } from './alike-tallies.ts';
import { findingOf } from './changed-share.ts';
import type { Trx } from './session.ts';
import { within } from './tallies.ts';

/** Tallies the grouped comments of some segments of a held consultation anew, and notes which of the others are alone. */
export async function countAlikes(
  trx: Trx,
  consultationId: number,
  segments: readonly number[],
): Promise<void> {
  if (segments.length === 0 || !(await wasGrouped(trx, consultationId))) return;
  const these = sql`any(${[...segments]}::bigint[])`;
  await sql`
    with gone as (delete from segment_alikes where segment_id = ${these} returning *)
    update alike_sums n set comments = n.comments - gone.comments from (
      select ${alikeKeys}, sum(comments) as comments from gone n group by ${alikeKeys}) gone
    where n.consultation_id = ${consultationId} and (${alikeKeys}) = (${alikeKeysOf(sql`gone`)})`.execute(
    trx,
  );
  await sql`
    with members as materialized (
      ${alikeOf(
        sql`(select t.id as segment_id, k.* from tally_segments t cross join lateral ${within} k where t.id = ${these})`,
        sql`k.segment_id,`,
        await findingOf(trx, segments),
      )}
    ), portions as (
      update tally_segments t set grouped = coalesce(m.grouped, 0),
        lone_ids = case when m.grouped > 0 then coalesce(m.lone, '{}') end
      from unnest(${[...segments]}::bigint[]) as given(id) left join (
        select segment_id, count(group_id) as grouped, array_agg(id order by id) filter (where group_id is null) as lone
        from members group by segment_id) m on m.segment_id = given.id
      where t.id = given.id
    ), added as (
      insert into segment_alikes (segment_id, ${columns}, first_id)
      select n.segment_id, ${alikeKeys}, count(*), min(n.id) from members n
      where n.group_id is not null group by n.segment_id, ${alikeKeys}
    )
    insert into alike_sums as kept (consultation_id, ${columns}, latest_member, latest_disposition)
    select ${consultationId}, ${alikeKeys}, count(*), max(n.member), max(n.latest) from members n
    where n.group_id is not null group by ${alikeKeys}
    on conflict (consultation_id, group_id, clause_id, channel, disposition, reason_mark, unprinted) do update
    set comments = kept.comments + excluded.comments,
      latest_member = greatest(kept.latest_member, excluded.latest_member),
      latest_disposition = greatest(kept.latest_disposition, excluded.latest_disposition)`.execute(trx);
  await sql`delete from alike_sums where consultation_id = ${consultationId} and comments = 0`.execute(trx);
}

const columns = sql`group_id, disposition, reason_mark, unprinted, clause_id, channel, comments`;

async function wasGrouped(trx: Trx, consultationId: number): Promise<boolean> {
  const row = await trx
    .selectFrom('comment_groups')
    .select('id')
    .where('consultation_id', '=', consultationId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
