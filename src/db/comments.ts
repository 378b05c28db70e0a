import { sql } from 'kysely';
import type { Channel, CommenterKind, Consent } from '../domain/comment.ts';
import type { Outcome } from '../domain/disposition.ts';
import { isLate } from './late.ts';
import type { ReceiptComment } from './receipts.ts';
import type { Db } from './session.ts';

/** A comment as the desk reads it, with its latest disposition and the person who sent it. */
export interface DeskComment extends ReceiptComment {
  readonly submissionId: number;
  readonly consultationId: number;
  readonly receiptNumber: string;
  readonly channel: Channel;
  readonly receivedAt: Date;
  /** Dated at the closing or after it; it needs no disposition. */
  readonly late: boolean;
  readonly withdrawn: boolean;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly disposedBy: number | null;
  /** Id of the latest disposition, 0 before the first: what a stale page is known by. */
  readonly dispositionId: number;
}

/** Every comment of a consultation: whole-draft ones first, then in the order of the clauses, oldest first. */
export async function deskComments(db: Db, consultationId: number): Promise<DeskComment[]> {
  const rows = await deskCommentQuery(db)
    .where('k.consultation_id', '=', consultationId)
    .orderBy(sql`l.position nulls first`)
    .orderBy('l.id')
    .orderBy('k.id')
    .execute();
  return rows.map(toDeskComment);
}

/** Some comments as the desk reads them, in the order of the ids. */
export async function deskCommentsWith(db: Db, ids: readonly number[]): Promise<DeskComment[]> {
  if (ids.length === 0) return [];
  const rows = await deskCommentQuery(db).where('k.id', 'in', ids).execute();
  const comments = new Map(rows.map((row) => [row.id, toDeskComment(row)]));
  return ids.flatMap((id) => comments.get(id) ?? []);
}

/** One comment as the desk reads it, or undefined. */
export async function deskComment(db: Db, id: number): Promise<DeskComment | undefined> {
  const row = await deskCommentQuery(db).where('k.id', '=', id).executeTakeFirst();
  return row && toDeskComment(row);
}

function deskCommentQuery(db: Db) {
  return db
    .selectFrom('comments as k')
    .innerJoin('submissions as s', 's.id', 'k.submission_id')
    .innerJoin('consultations as c', 'c.id', 'k.consultation_id')
    .leftJoin('clauses as l', 'l.id', 'k.clause_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('dispositions')
          .select(['id as disposition_id', 'outcome', 'reason', 'officer_id'])
          .whereRef('dispositions.comment_id', '=', 'k.id')
          .orderBy('dispositions.id', 'desc')
          .limit(1)
          .as('d'),
      (join) => join.onTrue(),
    )
    .select([
      'k.id',
      'k.submission_id',
      'k.consultation_id',
      'k.draft_id',
      'k.clause_id',
      'k.stance',
      'k.text',
    ])
    .select(['k.proposed_wording', 's.receipt_number', 's.channel', 's.received_at', 's.withdrawn_at'])
    .select([
      's.commenter_kind',
      's.name',
      's.phone',
      's.email',
      's.consent',
      'l.citation',
      'l.heading',
      'l.address',
    ])
    .select(['d.disposition_id', 'd.outcome', 'd.reason', 'd.officer_id'])
    .select(isLate.as('late'));
}

type DeskRow = Awaited<ReturnType<ReturnType<typeof deskCommentQuery>['executeTakeFirstOrThrow']>>;

function toDeskComment(row: DeskRow): DeskComment {
  return {
    id: row.id,
    submissionId: row.submission_id,
    consultationId: row.consultation_id,
    draftId: row.draft_id,
    clauseId: row.clause_id,
    clauseLabel: row.citation ?? '',
    clauseHeading: row.heading ?? '',
    clauseAddress: row.address ?? '',
    stance: row.stance,
    text: row.text,
    proposedWording: row.proposed_wording,
    receiptNumber: row.receipt_number,
    channel: row.channel,
    receivedAt: row.received_at,
    late: row.late,
    withdrawn: row.withdrawn_at !== null,
    commenterKind: row.commenter_kind,
    name: row.name,
    phone: row.phone,
    email: row.email,
    consent: row.consent,
    outcome: row.outcome,
    reason: row.reason ?? '',
    disposedBy: row.officer_id,
    dispositionId: row.disposition_id ?? 0,
  };
}
