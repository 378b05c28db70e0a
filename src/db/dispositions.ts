import type { Channel } from '../domain/comment.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { Db, Trx } from './session.ts';

/** Adds a disposition; earlier ones stay as history. */
export async function insertDisposition(
  trx: Trx,
  commentId: number,
  disposition: Disposition,
  officerId: number,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('dispositions')
    .values({ comment_id: commentId, ...disposition, officer_id: officerId, created_at: now })
    .execute();
}

/** Latest dispositions by comment id, for the comments given. */
export async function latestDispositions(
  db: Db,
  commentIds: readonly number[],
): Promise<Map<number, Disposition>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('dispositions')
    .distinctOn('comment_id')
    .select(['comment_id', 'outcome', 'reason'])
    .where('comment_id', 'in', commentIds)
    .orderBy('comment_id')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.comment_id, { outcome: row.outcome, reason: row.reason }]));
}

/** Ticks a channel as looked through, or takes the tick back. */
export async function insertChannelCheck(
  trx: Trx,
  check: {
    readonly consultationId: number;
    readonly channel: Channel;
    readonly checked: boolean;
    readonly officerId: number;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('channel_checks')
    .values({
      consultation_id: check.consultationId,
      channel: check.channel,
      checked: check.checked,
      officer_id: check.officerId,
      created_at: now,
    })
    .execute();
}
