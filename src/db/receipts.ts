import type { SealedAttachment, SealedFacts } from '../domain/canonical.ts';
import type { Channel, ClauseFrom, CommenterKind, Consent, Quotation, Stance } from '../domain/comment.ts';
import type { Day } from '../domain/shanghai.ts';
import { isLate } from './late.ts';
import type { Db } from './session.ts';

/** All that was stored of one submission: what its receipt shows and what its seal covers. */
export interface Receipt {
  readonly id: number;
  readonly number: string;
  readonly token: string;
  readonly consultationId: number;
  readonly consultationNumber: string;
  readonly channel: Channel;
  readonly receivedAt: Date;
  /** Dated at the closing or after it. */
  readonly late: boolean;
  /** Empty for none. */
  readonly postmarkedOn: Day | '';
  /** When an officer entered it at the desk; null for what came in by itself. */
  readonly enteredAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly comments: readonly SentComment[];
  readonly attachments: readonly SentFile[];
  /** In hexadecimal digits; null for what was stored before submissions were sealed. */
  readonly seal: { readonly salt: string; readonly hash: string } | null;
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

/** A comment as its sender sees it. */
export interface SentComment extends ReceiptComment {
  readonly draftVersion: number;
  readonly clauseFrom: ClauseFrom;
  readonly quotation: Quotation | null;
}

/** A file that came with a submission, as it is kept. */
export type SentFile = SealedAttachment & { readonly id: number };

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
    id: row.id,
    number: row.receipt_number,
    token: row.receipt_token,
    consultationId: row.consultation_id,
    consultationNumber: row.consultation_number,
    channel: row.channel,
    receivedAt: row.received_at,
    late: row.late,
    postmarkedOn: row.postmarked_on ?? '',
    enteredAt: row.entered_at,
    withdrawnAt: row.withdrawn_at,
    commenterKind: row.commenter_kind,
    name: row.name,
    phone: row.phone,
    email: row.email,
    consent: row.consent,
    comments: await commentsOfSubmission(db, row.id),
    attachments: await filesOfSubmission(db, row.id),
    seal: row.salt && row.hash && { salt: row.salt.toString('hex'), hash: row.hash.toString('hex') },
  };
}

/** The facts under a submission's seal as they are stored now; throws an Error for a submission without comments. */
export function sealedFactsOf(receipt: Receipt): SealedFacts {
  const [first] = receipt.comments;
  if (!first) throw new Error(`submission ${receipt.id} has no comment`);
  const comments = receipt.comments.map(({ clauseFrom, clauseAddress, ...comment }) => ({
    ...comment,
    clause: clauseFrom === 'sender' ? clauseAddress : '',
  }));
  return { ...receipt, draftVersion: first.draftVersion, comments };
}

async function commentsOfSubmission(db: Db, submissionId: number): Promise<SentComment[]> {
  const rows = await db
    .selectFrom('comments as k')
    .innerJoin('drafts as d', 'd.id', 'k.draft_id')
    .leftJoin('clauses as l', 'l.id', 'k.clause_id')
    .select([
      'k.id',
      'k.draft_id',
      'k.clause_id',
      'k.clause_from',
      'k.stance',
      'k.text',
      'k.proposed_wording',
    ])
    .select(['k.quotation', 'd.version', 'l.citation', 'l.heading', 'l.address'])
    .where('k.submission_id', '=', submissionId)
    .orderBy('k.position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    draftId: row.draft_id,
    draftVersion: row.version,
    clauseId: row.clause_id,
    clauseFrom: row.clause_from,
    clauseLabel: row.citation ?? '',
    clauseHeading: row.heading ?? '',
    clauseAddress: row.address ?? '',
    stance: row.stance,
    text: row.text,
    proposedWording: row.proposed_wording,
    quotation: row.quotation,
  }));
}

async function filesOfSubmission(db: Db, submissionId: number): Promise<SentFile[]> {
  const rows = await db
    .selectFrom('attachments')
    .select(['id', 'name', 'media_type as mediaType', 'size', 'sha256'])
    .where('submission_id', '=', submissionId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, sha256: row.sha256.toString('hex') }));
}
