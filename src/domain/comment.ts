import type { Issue } from './issue.ts';
import { characters } from './text.ts';

export const channels = ['online', 'email', 'phone', 'fax', 'letter', 'inPerson', 'hearing'] as const;
export type Channel = (typeof channels)[number];
export const stances = ['support', 'amend', 'delete', 'add', 'question', 'other'] as const;
export type Stance = (typeof stances)[number];
export const commenterKinds = ['individual', 'organisation'] as const;
export type CommenterKind = (typeof commenterKinds)[number];
export const consents = ['withName', 'withoutName', 'no'] as const;
export type Consent = (typeof consents)[number];

/** Whether a consultation asks for a name, a phone number or an e-mail address. */
export const askedChoices = ['no', 'optional', 'required'] as const;
export type Asked = (typeof askedChoices)[number];

/** What a consultation asks of those who comment. */
export interface Asks {
  readonly name: Asked;
  readonly phone: Asked;
  readonly email: Asked;
}

/** Who said which clause a comment is on: whoever sent it, the program, or the officer who corrected the program. */
export type ClauseFrom = 'sender' | 'guess' | 'officer';

/** Words of the clause that a comment is about, with up to 32 characters on both sides (W3C TextQuoteSelector). */
export interface Quotation {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** The most comments that one submission carries. */
export const mostComments = 100;

/** The longest comment, in characters; whoever needs more can send a second one. */
export const longestComment = 20_000;
const longestLine = 200;

/** One point on one clause (`clause` is its address) or on the whole draft (`clause` is empty). */
export interface CommentInput {
  readonly clause: string;
  readonly stance: string;
  readonly text: string;
  readonly proposedWording: string;
  /** Null when no words of the clause were quoted. */
  readonly quotation: Quotation | null;
}

/** A form as typed, cleaned but not yet judged. */
export interface SubmissionInput {
  readonly comments: readonly CommentInput[];
  readonly commenterKind: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: string;
}

/** The same, judged. */
export interface Submission {
  readonly comments: readonly (CommentInput & { readonly stance: Stance })[];
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
}

/**
 * Either a submission that may be stored, or what must be put right. Fields of comments carry their index: `text-0`,
 * `stance-0`, `proposedWording-0`, `quotation-0`.
 */
export function judgeSubmission(
  input: SubmissionInput,
  asks: Asks,
): Submission | { readonly issues: Issue[] } {
  const issues = [...commentsIssues(input.comments), ...commenterIssues(input, asks)];
  return issues.length > 0 ? { issues } : (input as Submission);
}

function commentsIssues(comments: readonly CommentInput[]): Issue[] {
  if (comments.length === 0) return [{ field: 'text-0', key: 'required' }];
  if (comments.length > mostComments)
    return [{ field: 'text-0', key: 'tooManyComments', values: { limit: mostComments } }];
  return comments.flatMap(commentIssues);
}

/** What must be put right in one comment of a submission; its fields carry the index. */
export function commentIssues(comment: CommentInput, index: number): Issue[] {
  const issues: Issue[] = [];
  if (!isOneOf(stances, comment.stance)) issues.push({ field: `stance-${index}`, key: 'choose' });
  if (!comment.text) issues.push({ field: `text-${index}`, key: 'required' });
  return [
    ...issues,
    ...tooLong(`text-${index}`, comment.text),
    ...tooLong(`proposedWording-${index}`, comment.proposedWording),
    ...tooLong(`quotation-${index}`, comment.quotation?.exact ?? ''),
  ];
}

function commenterIssues(input: SubmissionInput, asks: Asks): Issue[] {
  const issues: Issue[] = [];
  if (!isOneOf(commenterKinds, input.commenterKind)) issues.push({ field: 'commenterKind', key: 'choose' });
  for (const field of ['name', 'phone', 'email'] as const) {
    if (asks[field] === 'required' && !input[field]) issues.push({ field, key: 'required' });
    issues.push(...tooLong(field, input[field], longestLine));
  }
  if (input.email && !looksLikeAddress(input.email)) issues.push({ field: 'email', key: 'notAnAddress' });
  if (!isOneOf(consents, input.consent)) issues.push({ field: 'consent', key: 'choose' });
  if (input.consent === 'withName' && !input.name && asks.name !== 'required')
    issues.push({ field: 'name', key: 'neededForConsent' });
  return issues;
}

/** True for text that can be a mailbox: one @, something on both sides, no space. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,180}$/u.test(text);
}

function tooLong(field: string, text: string, limit = longestComment): Issue[] {
  // Never more characters than units.
  if (text.length <= limit) return [];
  const length = characters(text);
  return length > limit ? [{ field, key: 'tooLong', values: { limit, length } }] : [];
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}

/** A person's name as the public sees it: the first character, then two asterisks (朱**). Empty stays empty. */
export function maskName(name: string): string {
  const first = [...name.trim()][0];
  return first ? `${first}**` : '';
}

/** A mailbox as staff see it: the first character, two asterisks and the domain (z**@example.cn). Empty stays empty. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? maskName(address) : maskName(address.slice(0, at)) + address.slice(at);
}
