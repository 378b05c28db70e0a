import type { Channel } from '../domain/comment.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { Trx } from './session.ts';

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

/** Ticks a channel as looked through, or takes the tick back. */
export async function insertChannelCheck(
  trx: Trx,
  check: {
    readonly consultationId: number;
    readonly channel: Channel;
    readonly checked: boolean;
    /** How many 件 were found there in time. */
    readonly found: number | null;
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
      found: check.found,
      officer_id: check.officerId,
      created_at: now,
    })
    .execute();
}
