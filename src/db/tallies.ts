import { type RawBuilder, sql } from 'kysely';
import type { Tally } from '../domain/tallies.ts';
import type { Count } from '../domain/totals.ts';
import { spanToCount } from './changed-share.ts';
import { isLate } from './late.ts';
import { type Finding, ofAll, oneByOne } from './latest-rows.ts';
import type { Db } from './session.ts';

/** Which comments are tallied: those of a consultation, or of one of its clauses (0: on the whole draft). */
export interface Tallied {
  readonly consultationId: number;
  readonly clauseId?: number | undefined;
}

/**
 * What a consultation received, counted by everything that tallies tell apart, exact at the instant of its snapshot:
 * the kept sums, without the segments where something has changed, and a count of the comments in those and in none.
 */
export async function talliesOf(db: Db, { consultationId, clauseId }: Tallied): Promise<Tally[]> {
  return (await talliesByConsultation(db, [consultationId], clauseId)).get(consultationId) ?? [];
}

// Kept sums, without what has changed since it was counted.
function sums(ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select n.consultation_id, ${keys}, n.submissions, n.comments, ${marks} from tally_sums n
    where n.consultation_id = ${ids}
    union all
    select t.consultation_id, ${keys}, -n.submissions, -n.comments, ${marks}
    from tally_segments t join segment_tallies n on n.segment_id = t.id
    where t.consultation_id = ${ids} and not t.counted`;
}

// The same of some segments, one by one.
function counted(ids: RawBuilder<unknown>, only: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select t.consultation_id, ${keys}, n.submissions, n.comments, ${marks}
    from tally_segments t join segment_tallies n on n.segment_id = t.id
    where t.consultation_id = ${ids} and t.counted and ${only}`;
}

/** As talliesOf, for several consultations at once; one that received nothing has no entry. */
export async function talliesByConsultation(
  db: Db,
  consultationIds: readonly number[],
  clauseId?: number,
): Promise<Map<number, Tally[]>> {
  if (consultationIds.length === 0) return new Map();
  const { rows } = await sql<Tally & { readonly consultationId: number }>`
    select n.consultation_id as "consultationId", ${keys}, sum(submissions)::int as submissions,
      sum(comments)::int as comments
    from (${await talliedRows(db, { consultationIds, clauseId })}) n
    group by n.consultation_id, ${keys} having sum(comments) > 0`.execute(db);
  const found = new Map<number, Tally[]>();
  for (const { consultationId, ...tally } of rows)
    found.set(consultationId, [...(found.get(consultationId) ?? []), tally]);
  return found;
}

/**
 * What adds up to the tallies of consultations, or of a clause, whichever way is quicker: counts of comments that agree in
 * their `consultation_id` and all `keys`, with the marks by which these comments and their latest deeds are known.
 */
export async function talliedRows(
  db: Db,
  { consultationIds, clauseId }: Pick<Tallied, 'clauseId'> & { readonly consultationIds: readonly number[] },
): Promise<RawBuilder<unknown>> {
  const [id = 0, ...others] = consultationIds;
  const span = clauseId === undefined && others.length === 0 ? await spanToCount(db, id) : undefined;
  if (span) return ofAll(id, span, (relation, finding) => eachOf(relation, ofConsultation, finding));
  const ids = sql`any(${[...consultationIds]}::bigint[])`;
  const only = clauseId === undefined ? sql`true` : sql`t.clause_id = ${clauseId}`;
  const onClause = clauseId === undefined ? sql`true` : sql`coalesce(k.clause_id, 0) = ${clauseId}`;
  return sql`
    with loose as (
      select k.* from tally_heads h cross join lateral (
        select * from comments where consultation_id = h.consultation_id and id > h.counted_to offset 0) k
      where h.consultation_id = ${ids} and ${onClause}
      union all
      select k.* from tally_segments t cross join lateral ${within} k
      where t.consultation_id = ${ids} and not t.counted and ${only}
    )
    ${clauseId === undefined ? sums(ids) : counted(ids, only)}
    union all ${eachOf(sql`loose`, ofConsultation)}`;
}

const ofConsultation = sql`k.consultation_id,`;

/** How much a consultation received, counted by itself: what everything else has to add up to. */
export async function receivedCount(db: Db, consultationId: number): Promise<Count> {
  const { rows } = await sql<Count>`
    select (h.counted_submissions + (select count(*) from submissions
        where consultation_id = h.consultation_id and id > h.submissions_to))::int as submissions,
      (h.counted_comments + (select count(*) from comments
        where consultation_id = h.consultation_id and id > h.counted_to))::int as comments
    from tally_heads h where h.consultation_id = ${consultationId}`.execute(db);
  return rows[0] ?? { submissions: 0, comments: 0 };
}

/** Up to which id the comments of a consultation are counted in segments, and how many are left, at most `most`. */
export async function uncounted(
  db: Db,
  consultationId: number,
  most: number,
): Promise<{ readonly countedTo: number; readonly left: number }> {
  const { rows } = await sql<{ countedTo: number; left: number }>`
    select h.counted_to as "countedTo", (select count(*) from (
      select from comments where consultation_id = h.consultation_id and id > h.counted_to limit ${most}) k)::int as left
    from tally_heads h where h.consultation_id = ${consultationId}`.execute(db);
  return rows[0] ?? { countedTo: 0, left: 0 };
}

/** How many of the comments that a consultation received are counted in segments where nothing changed since. */
export async function countingOf(
  db: Db,
  consultationId: number,
): Promise<{ readonly done: number; readonly total: number }> {
  const { comments: total } = await receivedCount(db, consultationId);
  const { rows } = await sql<{ done: number }>`
    select greatest(0, h.counted_comments - (select coalesce(sum(size), 0) from tally_segments
      where consultation_id = h.consultation_id and not counted))::int as done
    from tally_heads h where h.consultation_id = ${consultationId}`.execute(db);
  return { done: rows[0]?.done ?? 0, total };
}

/** A number that changes whenever what is counted or printed of a stored comment does. */
export async function changesOf(db: Db, consultationId: number): Promise<number> {
  const row = await db
    .selectFrom('tally_heads')
    .select('changes')
    .where('consultation_id', '=', consultationId)
    .executeTakeFirst();
  return row?.changes ?? 0;
}

/** Ids of the clauses that comments were made on, of every version. */
export async function commentedClauses(db: Db, consultationId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select l.id from clauses l join drafts d on d.id = l.draft_id
    where d.consultation_id = ${consultationId} and exists (select 1 from comments where clause_id = l.id)
    order by l.position, l.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** The columns of `n` that tell tallies apart. */
export const keys = sql`n.channel, n.part, n.screening, n.disposition, n.stance, n.numbers, n.assignee`;

const marks = sql`n.disposition_mark, n.screening_mark, n.assignee_mark`;

/** The comments of a segment `t`, by the index of its clause or of the whole draft: these columns of them. */
export function columnsWithin(columns: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select ${columns} from comments where t.clause_id > 0 and clause_id = t.clause_id and id between t.low and t.high
    union all
    select ${columns} from comments where t.clause_id = 0 and clause_id is null
      and consultation_id = t.consultation_id and id between t.low and t.high offset 0)`;
}

/** The same with all their columns. */
export const within = columnsWithin(sql`*`);

/**
 * Each comment `k` of a relation as `n`: what tallies tell apart of it, with `submissions` 1 for the first of its
 * submission, and its marks.
 */
export function eachOf(
  relation: RawBuilder<unknown>,
  besides: RawBuilder<unknown> = sql``,
  { latest, end, own }: Finding = oneByOne,
): RawBuilder<unknown> {
  return sql`
    select ${besides} s.channel, s.part, coalesce(g.verdict, 'waiting') as screening,
      coalesce(d.outcome, 'undisposed') as disposition, k.stance,
      case when s.consent = 'no' then 'unprinted' when w.noted is null then 'none' when w.covered then 'covered' else 'bare' end as numbers,
      coalesce(a.assignee, '') as assignee,
      case when k.position = 0 then 1 else 0 end as submissions, 1 as comments,
      deed_mark(k.id, coalesce(d.id, 0)) as disposition_mark, deed_mark(k.id, coalesce(g.id, 0)) as screening_mark,
      deed_mark(k.id, coalesce(a.id, 0)) as assignee_mark
    from ${relation} k
    cross join lateral (select s.channel, s.consent, case when ${isLate} then 'late'
        when s.withdrawn_at is not null then 'withdrawn' else 'standing' end as part
      from submissions s, consultations c where s.id = k.submission_id and c.id = k.consultation_id ${end}) s
    ${latest('screenings', sql`id, verdict`, 'g')}
    ${latest('dispositions', sql`id, outcome`, 'd')}
    ${latest('comment_assignments', sql`id, assignee`, 'a')}
    left join lateral (select true as noted, exists (select from redactions where comment_id = k.id) as covered
      from comments_with_numbers where comment_id = k.id ${end}) w on true
    ${own}`;
}
