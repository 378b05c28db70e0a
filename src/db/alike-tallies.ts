import { type RawBuilder, sql } from 'kysely';
import { isLate } from './late.ts';
import { within } from './tallies.ts';

/**
 * The columns of a table that tell apart what is tallied of grouped comments; the first three say which row of the
 * notice they share.
 */
export function alikeKeysOf(table: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${table}.group_id, ${table}.disposition, ${table}.reason_mark, ${table}.unprinted, ${table}.clause_id,
    ${table}.channel`;
}

/** alikeKeysOf `n`. */
export const alikeKeys = alikeKeysOf(sql`n`);

/**
 * The standing ones among the comments `k` of a relation, as alikeKeys tell them apart, with the rows that say so:
 * `member` and `latest`, 0 for none. The group is null where a comment is in no confirmed one.
 */
export function alikeOf(
  relation: RawBuilder<unknown>,
  besides: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  return sql`
    select ${besides} k.id, coalesce(k.clause_id, 0) as clause_id, s.channel, m.group_id,
      coalesce(d.outcome, 'undisposed') as disposition, md5(coalesce(d.reason, '')) as reason_mark,
      s.consent = 'no' or coalesce(g.verdict = 'hidden', false) as unprinted,
      coalesce(m.id, 0) as member, coalesce(d.id, 0) as latest
    from ${relation} k
    cross join lateral (select s.channel, s.consent from submissions s, consultations c
      where s.id = k.submission_id and c.id = k.consultation_id and s.withdrawn_at is null and not ${isLate} offset 0) s
    left join lateral (select id, case when joined then group_id end as group_id from comment_group_members
      where comment_id = k.id order by id desc limit 1) m on true
    left join lateral (select id, outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d
      on true
    left join lateral (select verdict from screenings where comment_id = k.id order by id desc limit 1) g on true`;
}

/** The comments of a consultation that are not counted, or were before something changed, with the segment they are of. */
export function looseOf(consultationId: number): RawBuilder<unknown> {
  return sql`
    select k.*, t.low as segment_low, t.high as segment_high from tally_segments t cross join lateral ${within} k
    where t.consultation_id = ${consultationId} and not t.counted
    union all
    select k.*, h.counted_to + 1, 9007199254740991 from tally_heads h cross join lateral (
      select * from comments where consultation_id = h.consultation_id and id > h.counted_to offset 0) k
    where h.consultation_id = ${consultationId}`;
}

/** Which grouped comments are meant: those of a consultation, or of one of its groups. */
export interface Alikes {
  readonly consultationId: number;
  readonly groupId?: number;
}

/**
 * What is tallied of grouped comments, exact at the instant of the snapshot, as the tables `loose` (those among them that
 * are counted now) and `summed`, which begin a statement.
 */
export function summedAlikes({ consultationId, groupId }: Alikes): RawBuilder<unknown> {
  const isMeant = groupId === undefined ? sql`n.group_id is not null` : sql`n.group_id = ${groupId}`;
  return sql`
    loose as materialized (
      select * from (${alikeOf(sql`(${looseOf(consultationId)})`)}) n where ${isMeant}
    ), summed as materialized (
      select ${alikeKeys}, sum(comments)::int as comments, max(member) as member, max(latest) as latest from (
        select ${alikeKeys}, n.comments, n.latest_member as member, n.latest_disposition as latest
        from alike_sums n where n.consultation_id = ${consultationId} and ${isMeant}
        union all
        select ${alikeKeys}, -n.comments, 0, 0 from tally_segments t join segment_alikes n on n.segment_id = t.id
        where t.consultation_id = ${consultationId} and not t.counted and ${isMeant}
        union all
        select ${alikeKeys}, 1, n.member, n.latest from loose n
      ) n group by ${alikeKeys} having sum(comments) > 0
    )`;
}
