import { sql } from 'kysely';
import { type Assignee, partsOfAssignee } from '../domain/assignment.ts';
import { portionsOf } from '../domain/portions.ts';
import { inTime } from './late.ts';
import type { Db, Trx } from './session.ts';
import { type Marked, type StandingChoice, standingComments } from './standing-comments.ts';

/** A comment as a page had it: `seen` is the id of the assignment it showed, 0 for none. */
export interface SeenAssignment {
  readonly id: number;
  readonly seen: number;
}

/** The chosen comments by id, with the mark of the set and the latest assignment of each. */
export function assignableComments(db: Db, choice: StandingChoice): Promise<Marked<SeenAssignment>> {
  const columns = sql`k.id, coalesce(h.id, 0) as seen`;
  return standingComments(db, choice, 'assignee', columns);
}

/** What of some comments is not as it was seen, and whose the others are. */
export interface AssignedAgain {
  /** True where one is late, withdrawn, or none of the consultation's. */
  readonly strange: boolean;
  /** True where somebody gave one to somebody meanwhile. */
  readonly changed: boolean;
  /** Ids of those that are not the assignee's yet. */
  readonly others: readonly number[];
}

/** Looks at comments again, however many, in one statement. */
export async function seeAssignedAgain(
  trx: Trx,
  consultationId: number,
  comments: readonly SeenAssignment[],
  to: Assignee,
): Promise<AssignedAgain> {
  const [ids, seen] = [comments.map(({ id }) => id), comments.map((comment) => comment.seen)];
  const { rows } = await sql<AssignedAgain>`
    select coalesce(bool_or(k.id is null), false) as strange,
      coalesce(bool_or(coalesce(a.id, 0) <> w.seen), false) as changed,
      coalesce(array_agg(distinct w.id) filter (where coalesce(a.assignee, '') <> ${to}), '{}')::float8[] as others
    from unnest(${ids}::bigint[], ${seen}::bigint[]) w (id, seen)
    left join (comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id)
      on k.id = w.id and k.consultation_id = ${consultationId} and ${inTime} and s.withdrawn_at is null
    left join lateral (
      select id, assignee from comment_assignments where comment_id = w.id order by id desc limit 1) a on true`.execute(
    trx,
  );
  return rows[0] ?? { strange: false, changed: false, others: [] };
}

/** Gives comments to somebody, or to nobody; earlier rows stay as history. */
export async function insertAssignments(
  trx: Trx,
  commentIds: readonly number[],
  assignment: { readonly to: Assignee; readonly remark: string; readonly officerId: number },
  now: Date,
): Promise<void> {
  const { officerId: toOfficer, departmentId } = partsOfAssignee(assignment.to);
  for (const ids of portionsOf(commentIds))
    await sql`
    insert into comment_assignments (comment_id, to_officer_id, department_id, remark, officer_id, created_at)
    select unnest(${ids}::bigint[]), ${toOfficer}::bigint, ${departmentId}::bigint, ${assignment.remark},
      ${assignment.officerId}::bigint, ${now}::timestamptz`.execute(trx);
}

/** The standing comments without a disposition that are an officer's in a consultation, by id. */
export async function undisposedIdsOf(
  db: Db,
  consultationId: number,
  assignee: Exclude<Assignee, ''>,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.id from (select distinct comment_id from comment_assignments where assignee = ${assignee} and assignee <> '') given
    join comments k on k.id = given.comment_id join submissions s on s.id = k.submission_id
    join consultations c on c.id = k.consultation_id
    where k.consultation_id = ${consultationId} and ${inTime} and s.withdrawn_at is null
      and (select assignee from comment_assignments where comment_id = k.id order by id desc limit 1) = ${assignee}
      and (select outcome from dispositions where comment_id = k.id order by id desc limit 1) is null
    order by k.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** An assignment of a comment as it stands in its history. */
export interface AssignmentEntry {
  readonly id: number;
  readonly commentId: number;
  readonly assignee: Assignee;
  readonly remark: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Every assignment of these comments, oldest first, by comment id. */
export async function assignmentsOf(
  db: Db,
  commentIds: readonly number[],
): Promise<Map<number, AssignmentEntry[]>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment_assignments as a')
    .innerJoin('officers as o', 'o.id', 'a.officer_id')
    .select(['a.id', 'a.comment_id as commentId', 'a.assignee', 'a.remark', 'o.name as officerName'])
    .select('a.created_at as createdAt')
    .where('a.comment_id', 'in', commentIds)
    .orderBy('a.id')
    .execute();
  const found = new Map<number, AssignmentEntry[]>();
  for (const row of rows) found.set(row.commentId, [...(found.get(row.commentId) ?? []), row]);
  return found;
}

/** The id of the latest assignment of all; 0 before the first. */
export async function latestAssignment(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from comment_assignments`.execute(db);
  return rows[0]?.id ?? 0;
}

/** A comment that somebody gave to somebody after a page was opened. */
export interface AssignedSince {
  readonly id: number;
  readonly receiptNumber: string;
  readonly assignee: Assignee;
  readonly officerName: string;
}

/** Comments of a consultation that were given to somebody after an assignment, or those of `ids` among them, as they stand now. */
export async function assignedSince(
  db: Db,
  consultationId: number,
  {
    after,
    ids,
    limit,
  }: { readonly after: number; readonly ids: readonly number[] | null; readonly limit: number },
): Promise<AssignedSince[]> {
  const among = ids ? sql`k.id = any(${[...ids]}::bigint[])` : sql`true`;
  const { rows } = await sql<AssignedSince>`
    select distinct on (k.id) k.id, s.receipt_number as "receiptNumber", a.assignee, o.name as "officerName"
    from comment_assignments a join comments k on k.id = a.comment_id join submissions s on s.id = k.submission_id
    join officers o on o.id = a.officer_id
    where a.id > ${after} and k.consultation_id = ${consultationId} and ${among}
    order by k.id, a.id desc limit ${limit}`.execute(db);
  return rows;
}
