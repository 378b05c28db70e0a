import type { Draft } from '../../../db/drafts.ts';
import {
  type Asks,
  type CommentInput,
  commentIssues,
  type Quotation,
  type SubmissionInput,
} from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { quotationIn } from '../../../domain/quotation.ts';
import type { Basket, TypedComment } from './basket.ts';
import { shownWords } from './shown-words.ts';

/** The first comment of a basket with which something is wrong, and what; undefined when all are well. */
export function firstFaulty(
  basket: Basket,
  draft: Draft | undefined,
): { readonly index: number; readonly issues: Issue[] } | undefined {
  return basket.comments
    .map((_, index) => ({ index, issues: issuesOf(basket, index, draft) }))
    .find(({ issues }) => issues.length > 0);
}

/** What must be put right in one comment of a basket, beside the draft that it is about. */
export function issuesOf({ comments }: Basket, index: number, draft: Draft | undefined): Issue[] {
  const comment = comments[index];
  if (!comment) return [];
  if (!draft || !hasClause(draft, comment.clause))
    return [{ field: `clause-${index}`, key: 'unknownClause' }, ...commentIssues(inputOf(comment), index)];
  const quotation = quotationOf(comment, draft);
  const misquoted = comment.quotation !== '' && !quotation;
  const issues = commentIssues(inputOf(comment, quotation), index);
  return misquoted ? [...issues, { field: `quotation-${index}`, key: 'notInClause' }] : issues;
}

/** True for a clause of this draft, and for none: a comment may be on the whole draft. */
export function hasClause(draft: Draft, address: string): boolean {
  return address === '' || draft.clauses.some((clause) => clause.address === address);
}

/** A basket as it may be judged. `draft` is asked for only where words are quoted; what is not found is no quotation. */
export function submissionIn(basket: Basket, asks: Asks, draft: Draft | undefined): SubmissionInput {
  const { commenterKind = '', name = '', phone = '', email = '', consent = '' } = basket.fields;
  return {
    comments: basket.comments.map((comment) => inputOf(comment, draft && quotationOf(comment, draft))),
    commenterKind,
    name: asks.name === 'no' ? '' : name,
    phone: asks.phone === 'no' ? '' : phone,
    email: asks.email === 'no' ? '' : email,
    consent: asks.name === 'no' && consent === 'withName' ? '' : consent,
  };
}

/** What was typed as a quotation and was not found in its clause. */
export function misquotes({ comments }: Basket, input: SubmissionInput): Issue[] {
  return comments.flatMap(({ quotation }, index) =>
    quotation !== '' && !input.comments[index]?.quotation
      ? [{ field: `quotation-${index}`, key: 'notInClause' }]
      : [],
  );
}

function inputOf(
  { clause, stance, text, proposedWording }: TypedComment,
  quotation: Quotation | null = null,
): CommentInput {
  return { clause, stance, text, proposedWording, quotation };
}

function quotationOf({ clause, quotation }: TypedComment, draft: Draft): Quotation | null {
  return quotation === '' ? null : quotationIn(shownWords(draft, clause), quotation);
}
