import type { PublishedConsultation } from '../../db/consultations.ts';
import { publishedDispositions } from '../../db/published-dispositions.ts';
import type { Receipt, SentComment } from '../../db/receipts.ts';
import type { Disposition } from '../../domain/disposition.ts';
import type { Site } from '../site.ts';
import type { ReceiptComment } from './receipt-contexts.ts';
import { type ReceiptPlace, receiptPlaces } from './receipt-places.ts';
import { receiptScreenings } from './receipt-screening.ts';

/** The comments of a receipt in the order of sending, each with where it stands and, once published, its answer. */
export async function receiptComments(
  site: Site,
  receipt: Receipt,
  consultation: PublishedConsultation,
): Promise<ReceiptComment[]> {
  const { comments } = receipt;
  const ids = consultation.answeredAt ? comments.map(({ id }) => id) : [];
  const dispositions = await publishedDispositions(site.db, consultation.id, ids);
  const placeOf = await receiptPlaces(site, consultation, comments);
  const screeningOf = await receiptScreenings(site, receipt, consultation);
  return comments.map((comment, index) => ({
    nr: index + 1,
    ...commentView(site, comment, dispositions.get(comment.id)),
    ...placeOf(comment),
    screening: screeningOf(comment),
  }));
}

function commentView(
  site: Site,
  comment: SentComment,
  disposition: Disposition | undefined,
): Omit<ReceiptComment, 'nr' | 'screening' | keyof ReceiptPlace> {
  const { stance, text, proposedWording, quotation, clauseFrom, clauseId } = comment;
  return {
    clause: clauseName(comment, site.sentences.notice.wholeDraft),
    guessed: clauseFrom === 'guess' && clauseId !== null,
    stance,
    text,
    proposedWording,
    quotation: quotation?.exact ?? '',
    outcome: disposition?.outcome ?? null,
    reason: disposition?.reason ?? '',
  };
}

/** What the holder of a receipt calls the clause of a comment; `wholeDraft` where it has none. */
export function clauseName(comment: SentComment, wholeDraft: string): string {
  const { clauseId, clauseLabel, clauseHeading, clauseAddress } = comment;
  const name = [clauseLabel, clauseHeading].filter((part) => part !== '').join('　');
  return clauseId === null ? wholeDraft : name || clauseAddress;
}
