import type { Receipt } from '../../../db/receipts.ts';
import type { Submission } from '../../../domain/comment.ts';

/** True when a receipt is for just what a form says. */
export function saysTheSame(receipt: Receipt, submission: Submission): boolean {
  const received = receipt.comments.map(({ clauseAddress, ...comment }) => ({
    ...comment,
    clause: clauseAddress,
  }));
  const [a, b] = [wordsOf({ ...receipt, comments: received }), wordsOf(submission)];
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

type Said = Pick<Submission, 'commenterKind' | 'name' | 'phone' | 'email' | 'consent'> & {
  readonly comments: readonly Pick<
    Submission['comments'][number],
    'clause' | 'stance' | 'text' | 'proposedWording' | 'quotation'
  >[];
};

function wordsOf({ comments, commenterKind, name, phone, email, consent }: Said): string[] {
  const written = comments.flatMap((each) => [
    each.clause,
    each.stance,
    each.text,
    each.proposedWording,
    each.quotation?.exact ?? '',
  ]);
  return [commenterKind, name, phone, email, consent, ...written];
}
