import type { PublishedConsultation } from '../../db/consultations.ts';
import type { Receipt, SentComment } from '../../db/receipts.ts';
import { redactionsOf, screeningsOf } from '../../db/screenings.ts';
import type { Site } from '../site.ts';
import type { ReceiptComment } from './receipt-contexts.ts';
import { commentsAnchor } from './shown/counts.ts';

type Screened = (comment: SentComment) => ReceiptComment['screening'];

/** Where the screening of each comment stands, with the reasons that its sender may know. */
export async function receiptScreenings(
  site: Site,
  { comments, consent, late, withdrawnAt }: Receipt,
  { number, showsComments }: PublishedConsultation,
): Promise<Screened> {
  if (!showsComments || consent === 'no' || late || withdrawnAt) return () => null;
  const ids = comments.map(({ id }) => id);
  const screenings = await screeningsOf(site.db, ids);
  const redactions = await redactionsOf(site.db, ids);
  return (comment) => {
    const latest = screenings.get(comment.id)?.at(-1);
    if (!latest) return { state: 'waiting', reason: '', shownTo: '' };
    if (latest.verdict === 'hidden') return { state: 'hidden', reason: latest.reason, shownTo: '' };
    const reason = redactions.get(comment.id)?.at(-1)?.reason ?? '';
    return { state: 'shown', reason, shownTo: shownAt(comment, `/consultations/${number}`) };
  };
}

/** Where readers see a comment: on the page of its clause in the version it was made on, else among all. */
function shownAt({ clauseAddress, draftVersion }: SentComment, base: string): string {
  if (clauseAddress === '') return `${base}/comments`;
  return `${base}/versions/${draftVersion}/clauses/${encodeURIComponent(clauseAddress)}${commentsAnchor}`;
}
