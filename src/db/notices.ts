import type { Channel } from '../domain/comment.ts';
import type { Notice } from '../domain/feedback-notice.ts';
import { isKept } from './kept-notices.ts';
import { signedRowCount } from './notice-rows.ts';
import type { Db, Trx } from './session.ts';

/** A feedback notice and how far it has come. `content` is frozen by the signing. */
export interface NoticeState {
  readonly id: number;
  readonly sequence: number;
  readonly drawnUpAt: Date;
  /** What it corrects of the one before it, and why; empty on the first. */
  readonly correction: string;
  readonly signing: Signing | null;
  readonly publishedAt: Date | null;
}

export interface Signing {
  readonly id: number;
  readonly officerId: number;
  readonly officerName: string;
  readonly verdict: 'signed' | 'returned';
  readonly remark: string;
  readonly content: Notice | null;
  readonly createdAt: Date;
}

/** A channel's latest tick: who said, when, that it was looked through (or took that back). */
export interface ChannelCheck {
  readonly id: number;
  readonly channel: Channel;
  readonly checked: boolean;
  /** How many 件 were found there in time; null where this was not asked. */
  readonly found: number | null;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** The newest feedback notice of a consultation that was not given up, with its latest signing, or undefined. */
export async function noticeState(db: Db, consultationId: number): Promise<NoticeState | undefined> {
  const row = await db
    .selectFrom('feedback_notices as n')
    .leftJoin('notice_publications as p', 'p.notice_id', 'n.id')
    .select(['n.id', 'n.sequence', 'n.drawn_up_at', 'n.correction', 'p.published_at'])
    .where('n.consultation_id', '=', consultationId)
    .where(isKept)
    .orderBy('n.sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const signing = await latestSigning(db, row.id);
  return {
    id: row.id,
    sequence: row.sequence,
    drawnUpAt: row.drawn_up_at,
    correction: row.correction,
    signing: signing ?? null,
    publishedAt: row.published_at,
  };
}

/** A published notice as signed; its rows are read by the signing (notice-rows.ts). */
export interface PublishedNotice {
  readonly sequence: number;
  readonly publishedAt: Date;
  readonly signingId: number;
  readonly notice: Notice;
  readonly rowCount: number;
}

/** The published notices of a consultation, oldest first: each but the last was corrected. */
export async function publishedNotices(
  db: Db,
  consultationId: number,
): Promise<(Pick<PublishedNotice, 'sequence' | 'publishedAt'> & Pick<NoticeState, 'correction'>)[]> {
  return db
    .selectFrom('feedback_notices as n')
    .innerJoin('notice_publications as p', 'p.notice_id', 'n.id')
    .select(['n.sequence', 'n.correction', 'p.published_at as publishedAt'])
    .where('n.consultation_id', '=', consultationId)
    .orderBy('n.sequence')
    .execute();
}

/** The published feedback notice of a consultation, the newest or the one with this number, or undefined. */
export async function publishedNotice(
  db: Db,
  consultationId: number,
  sequence?: number,
): Promise<PublishedNotice | undefined> {
  let query = db
    .selectFrom('feedback_notices as n')
    .innerJoin('notice_publications as p', 'p.notice_id', 'n.id')
    .innerJoin('notice_signings as g', 'g.id', 'p.signing_id')
    .select(['n.sequence', 'p.published_at', 'g.id', 'g.content'])
    .where('n.consultation_id', '=', consultationId);
  if (sequence !== undefined) query = query.where('n.sequence', '=', sequence);
  const row = await query.orderBy('n.sequence', 'desc').limit(1).executeTakeFirst();
  if (!row?.content) return undefined;
  const { id, content, published_at } = row;
  const rowCount = await signedRowCount(db, id);
  return { sequence: row.sequence, publishedAt: published_at, signingId: id, notice: content, rowCount };
}

/** Draws up the first notice of a consultation; says nothing when there is one already. */
export async function insertNotice(trx: Trx, consultationId: number, now: Date): Promise<void> {
  await trx
    .insertInto('feedback_notices')
    .values({ consultation_id: consultationId, sequence: 1, drawn_up_at: now, begun_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Latest tick of each channel that was ever ticked. */
export async function channelChecks(db: Db, consultationId: number): Promise<ChannelCheck[]> {
  const rows = await db
    .selectFrom('channel_checks as k')
    .innerJoin('officers as o', 'o.id', 'k.officer_id')
    .distinctOn('k.channel')
    .select(['k.id', 'k.channel', 'k.checked', 'k.found', 'k.created_at', 'o.name'])
    .where('k.consultation_id', '=', consultationId)
    .orderBy('k.channel')
    .orderBy('k.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    checked: row.checked,
    found: row.found,
    officerName: row.name,
    createdAt: row.created_at,
  }));
}

/** The id of the latest of these ticks, 0 for none. */
export function latestCheck(checks: readonly ChannelCheck[]): number {
  return Math.max(0, ...checks.map(({ id }) => id));
}

async function latestSigning(db: Db, noticeId: number): Promise<Signing | undefined> {
  const row = await db
    .selectFrom('notice_signings as g')
    .innerJoin('officers as o', 'o.id', 'g.officer_id')
    .select(['g.id', 'g.officer_id', 'o.name', 'g.verdict', 'g.remark', 'g.content', 'g.created_at'])
    .where('g.notice_id', '=', noticeId)
    .orderBy('g.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      officerId: row.officer_id,
      officerName: row.name,
      verdict: row.verdict,
      remark: row.remark,
      content: row.content,
      createdAt: row.created_at,
    }
  );
}
