import { type RawBuilder, sql } from 'kysely';
import { isLate } from './late.ts';
import { type Finding, ofAll, oneByOne, type Span } from './latest-rows.ts';
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
  { latest, end, own }: Finding = oneByOne,
): RawBuilder<unknown> {
  return sql`
    select ${besides} k.id, coalesce(k.clause_id, 0) as clause_id, s.channel, m.group_id,
      coalesce(d.outcome, 'undisposed') as disposition, md5(coalesce(d.reason, '')) as reason_mark,
      s.consent = 'no' or coalesce(g.verdict = 'hidden', false) as unprinted,
      coalesce(m.id, 0) as member, coalesce(d.id, 0) as latest
    from ${relation} k
    cross join lateral (select s.channel, s.consent from submissions s, consultations c
      where s.id = k.submission_id and c.id = k.consultation_id and s.withdrawn_at is null and not ${isLate} ${end}) s
    ${latest('comment_group_members', sql`id, case when joined then group_id end as group_id`, 'm')}
    ${latest('dispositions', sql`id, outcome, reason`, 'd')}
    ${latest('screenings', sql`verdict`, 'g')}
    ${own}`;
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
 * What is tallied of grouped comments, exact at the instant of the snapshot once the `comments` of those that agree are
 * added up, as the table `alikes`, which begins a statement; `first` is the id of one that is counted now. With a span
 * all of them are.
 */
export function alikesOf({ consultationId, groupId }: Alikes, span: Span | undefined): RawBuilder<unknown> {
  const isMeant = groupId === undefined ? sql`n.group_id is not null` : sql`n.group_id = ${groupId}`;
  const now = sql`select ${alikeKeys}, 1 as comments, n.member, n.latest, n.id as first`;
  const kept = (comments: RawBuilder<unknown>) => sql`
    select ${alikeKeys}, ${comments} as comments, n.latest_member as member, n.latest_disposition as latest,
      null::bigint as first
    from alike_sums n where n.consultation_id = ${consultationId} and ${isMeant}`;
  const counted = span
    ? // Nothing but how late the latest rows are is taken from what is kept: that only grows.
      sql`
        ${kept(sql`0`)}
        union all
        ${now} from (${ofAll(consultationId, span, (relation, finding) => alikeOf(relation, sql``, finding))}) n
        where ${isMeant}`
    : sql`
        ${kept(sql`n.comments`)}
        union all
        select ${alikeKeys}, -n.comments, 0, 0, null::bigint from tally_segments t join segment_alikes n on n.segment_id = t.id
        where t.consultation_id = ${consultationId} and not t.counted and ${isMeant}
        union all
        ${now} from (${alikeOf(sql`(${looseOf(consultationId)})`)}) n where ${isMeant}`;
  return sql`alikes as materialized (${counted})`;
}
