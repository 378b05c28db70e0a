import { sql } from 'kysely';
import type { ChannelCounts } from '../domain/notice-row.ts';
import { type Alikes, alikesOf } from './alike-tallies.ts';
import { spanToCount } from './changed-share.ts';
import type { Db } from './session.ts';

/** Standing comments of one confirmed group with one disposition: they share a row of the notice's table. */
export interface SharedRow {
  readonly groupId: number;
  /** The comment whose words stand there: the first of those that may be printed, if there is any. */
  readonly head: number;
  /** The clause that it is on; 0 for the whole draft. */
  readonly headClause: number;
  readonly alike: number;
  readonly channels: ChannelCounts;
  /** What they are on, in the order of the drafts; 0 for the whole draft. */
  readonly clauseIds: readonly number[];
  /** At least the ids of the latest rows that put one of them into the group and gave it a disposition, 0 for none. */
  readonly latestMember: number;
  readonly latestDisposition: number;
}

/** The rows that grouped comments share, in no order. What it takes goes by clauses and rows, not by comments. */
export async function sharedRows(db: Db, consultationId: number): Promise<SharedRow[]> {
  return (await hasGroups(db, consultationId)) ? sharedRowsOf(db, { consultationId }) : [];
}

/** As sharedRows, of the groups that are meant; without a look at whether there are any. */
export async function sharedRowsOf(db: Db, alikes: Alikes): Promise<SharedRow[]> {
  const { rows } = await sql<SharedRow>`
    with ${alikesOf(alikes, await spanToCount(db, alikes.consultationId))},
    by_clause as (
      select ${row}, n.unprinted, n.clause_id, sum(n.comments) as comments, max(n.member) as member,
        max(n.latest) as latest, min(n.first) as first
      from alikes n group by ${row}, n.unprinted, n.clause_id having sum(n.comments) > 0
    ), placed as (
      select n.*, coalesce(l.position, -1) as position,
        row_number() over (partition by ${row} order by n.unprinted, coalesce(l.position, -1), n.clause_id) as place,
        row_number() over (partition by ${row}, n.clause_id) as nth
      from by_clause n left join clauses l on l.id = n.clause_id
    ), channels as (
      select ${row}, jsonb_object_agg(n.channel, n.comments) as channels from (
        select ${row}, n.channel, sum(n.comments) as comments from alikes n
        group by ${row}, n.channel having sum(n.comments) > 0) n group by ${row}
    ), drawn as (
      select ${row}, sum(n.comments)::int as alike, max(n.member) as "latestMember", max(n.latest) as "latestDisposition",
        array_agg(n.clause_id::float8 order by n.position, n.clause_id) filter (where n.nth = 1) as "clauseIds"
      from placed n group by ${row}
    )
    select group_id as "groupId", d.alike, d."clauseIds", d."latestMember", d."latestDisposition", c.channels, p.clause_id as "headClause", least(kept.id, p.first) as head
    from drawn d join channels c using (group_id, disposition, reason_mark)
    join placed p using (group_id, disposition, reason_mark) left join lateral (
      select a.first_id as id from segment_alikes a join tally_segments t on t.id = a.segment_id and t.counted
      where (a.group_id, a.clause_id, a.disposition, a.reason_mark, a.unprinted)
        = (p.group_id, p.clause_id, p.disposition, p.reason_mark, p.unprinted)
      order by a.first_id limit 1) kept on true
    where p.place = 1`.execute(db);
  return rows;
}

// Those of `n` that agree in this share a row.
const row = sql`n.group_id, n.disposition, n.reason_mark`;

/** How many standing comments of a consultation are in the row of another, and how many are in the group of another. */
export async function mergedCounts(
  db: Db,
  consultationId: number,
): Promise<{ readonly inRows: number; readonly inGroups: number }> {
  const none = { inRows: 0, inGroups: 0 };
  if (!(await hasGroups(db, consultationId))) return none;
  const { rows } = await sql<{ inRows: number; inGroups: number }>`
    with ${alikesOf({ consultationId }, await spanToCount(db, consultationId))}
    select coalesce(sum(n.comments) - count(*), 0)::int as "inRows",
      coalesce(sum(n.comments) - count(distinct n.group_id), 0)::int as "inGroups"
    from (
      select n.group_id, sum(n.comments) as comments from alikes n group by ${row} having sum(n.comments) > 0) n`.execute(
    db,
  );
  return rows[0] ?? none;
}

/** True when comments of a consultation are in confirmed groups. */
async function hasGroups(db: Db, consultationId: number): Promise<boolean> {
  const found = await db
    .selectFrom('comment_groups')
    .select('id')
    .where('consultation_id', '=', consultationId)
    .where('members', '>', 0)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** A clause that comments of a row are on, empty for the whole draft, with the version it is of. */
export interface RowClause {
  readonly clause: string;
  readonly draftId: number;
}

/** How these clauses are cited, by id. */
export async function rowClauses(db: Db, clauseIds: readonly number[]): Promise<Map<number, RowClause>> {
  if (clauseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('clauses')
    .select(['id', 'citation as clause', 'draft_id as draftId'])
    .where('id', 'in', [...clauseIds])
    .execute();
  return new Map(rows.map(({ id, ...clause }) => [id, clause]));
}
