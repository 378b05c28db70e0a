import type { Channel, CommenterKind, Consent, Stance } from '../domain/comment.ts';
import { isLate } from './comment-counts.ts';
import type { Db } from './session.ts';

/** What a receipt shows. */
export interface Receipt {
  readonly number: string;
  readonly token: string;
  readonly consultationId: number;
  readonly consultationNumber: string;
  readonly channel: Channel;
  readonly receivedAt: Date;
  /** Dated at the closing or after it. */
  readonly late: boolean;
  readonly withdrawnAt: Date | null;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly comments: readonly ReceiptComment[];
}

export interface ReceiptComment {
  readonly id: number;
  /** The version it was made on. */
  readonly draftId: number;
  readonly clauseId: number | null;
  readonly clauseLabel: string;
  readonly clauseHeading: string;
  readonly clauseAddress: string;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string;
}

/** The receipt at an unguessable address, or undefined. */
export async function receiptByToken(db: Db, token: string): Promise<Receipt | undefined> {
  const row = await db
    .selectFrom('submissions as s')
    .innerJoin('consultations as c', 'c.id', 's.consultation_id')
    .selectAll('s')
    .select(['c.number as consultation_number', isLate.as('late')])
    .where('s.receipt_token', '=', token)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    number: row.receipt_number,
    token: row.receipt_token,
    consultationId: row.consultation_id,
    consultationNumber: row.consultation_number,
    channel: row.channel,
    receivedAt: row.received_at,
    late: row.late,
    withdrawnAt: row.withdrawn_at,
    commenterKind: row.commenter_kind,
    name: row.name,
    phone: row.phone,
    email: row.email,
    consent: row.consent,
    comments: await commentsOfSubmission(db, row.id),
  };
}

async function commentsOfSubmission(db: Db, submissionId: number): Promise<ReceiptComment[]> {
  const rows = await db
    .selectFrom('comments as k')
    .leftJoin('clauses as l', 'l.id', 'k.clause_id')
    .select([
      'k.id',
      'k.draft_id',
      'k.clause_id',
      'k.stance',
      'k.text',
      'k.proposed_wording',
      'l.citation',
      'l.heading',
      'l.address',
    ])
    .where('k.submission_id', '=', submissionId)
    .orderBy('k.position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    draftId: row.draft_id,
    clauseId: row.clause_id,
    clauseLabel: row.citation ?? '',
    clauseHeading: row.heading ?? '',
    clauseAddress: row.address ?? '',
    stance: row.stance,
    text: row.text,
    proposedWording: row.proposed_wording,
  }));
}
