import { sql } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import type { Count } from '../domain/totals.ts';
import type { Db } from './session.ts';

/** How much came in time for a consultation, how many 条 of it wait for a disposition, and how much was late. */
export interface CommentCounts extends Count {
  readonly undisposed: number;
  readonly late: Count;
}

/** Counts by consultation id, for those given; where nothing came, in time or late, there is no entry. */
export async function commentCounts(
  db: Db,
  consultationIds: readonly number[],
): Promise<Map<number, CommentCounts>> {
  if (consultationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('comments as k')
    .innerJoin('submissions as s', 's.id', 'k.submission_id')
    .innerJoin('consultations as c', 'c.id', 'k.consultation_id')
    .where('k.consultation_id', 'in', consultationIds)
    .groupBy('k.consultation_id')
    .select([
      'k.consultation_id',
      ...countedWhere(inTime, 'submissions', 'comments'),
      ...countedWhere(isLate, 'late_submissions', 'late_comments'),
      sql<number>`(count(*) filter (where ${inTime} and s.withdrawn_at is null and (
        select outcome from dispositions where comment_id = k.id order by id desc limit 1) is null))::int`.as(
        'undisposed',
      ),
    ])
    .execute();
  return new Map(
    rows.map(({ consultation_id, late_submissions, late_comments, ...counts }) => [
      consultation_id,
      { ...counts, late: { submissions: late_submissions, comments: late_comments } },
    ]),
  );
}

/** What came in time by each channel that brought anything. */
export async function channelCounts(db: Db, consultationId: number): Promise<Map<Channel, Count>> {
  const rows = await db
    .selectFrom('comments as k')
    .innerJoin('submissions as s', 's.id', 'k.submission_id')
    .innerJoin('consultations as c', 'c.id', 'k.consultation_id')
    .where('k.consultation_id', '=', consultationId)
    .where(inTime)
    .groupBy('s.channel')
    .select(['s.channel', ...countedWhere(inTime, 'submissions', 'comments')])
    .execute();
  return new Map(rows.map(({ channel, ...count }) => [channel, count]));
}

/** True for a submission `s` of a consultation `c` that is dated at the closing or after it. */
export const isLate = sql<boolean>`s.dated_at >= c.closes_at`;
/** True for a submission `s` that is dated before the closing. */
export const inTime = sql<boolean>`s.dated_at < c.closes_at`;

function countedWhere<S extends string, C extends string>(which: typeof inTime, submissions: S, comments: C) {
  return [
    sql<number>`(count(distinct k.submission_id) filter (where ${which}))::int`.as(submissions),
    sql<number>`(count(*) filter (where ${which}))::int`.as(comments),
  ] as const;
}
