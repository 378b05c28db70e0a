import type { Issue } from './issue.ts';
import { characters } from './text.ts';

export const channels = ['online', 'email', 'phone', 'fax', 'letter', 'inPerson'] as const;
export type Channel = (typeof channels)[number];
export const stances = ['support', 'amend', 'delete', 'add', 'question', 'other'] as const;
export type Stance = (typeof stances)[number];
export const commenterKinds = ['individual', 'organisation'] as const;
export type CommenterKind = (typeof commenterKinds)[number];
export const consents = ['withName', 'withoutName', 'no'] as const;
export type Consent = (typeof consents)[number];

/** The longest comment, in characters; whoever needs more can send a second one. */
export const longestComment = 20_000;
const longestLine = 200;

/** One point on one clause (`clause` is its address) or on the whole draft (`clause` is empty). */
export interface CommentInput {
  readonly clause: string;
  readonly stance: string;
  readonly text: string;
  readonly proposedWording: string;
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

/** Either a submission that may be stored, or what must be put right. Fields of comments: `text`, `stance`, `proposedWording`. */
export function judgeSubmission(input: SubmissionInput): Submission | { readonly issues: Issue[] } {
  const issues = [...input.comments.flatMap(commentIssues), ...commenterIssues(input)];
  return issues.length > 0 ? { issues } : (input as Submission);
}

function commentIssues(comment: CommentInput): Issue[] {
  const issues: Issue[] = [];
  if (!isOneOf(stances, comment.stance)) issues.push({ field: 'stance', key: 'required' });
  if (!comment.text) issues.push({ field: 'text', key: 'required' });
  return [
    ...issues,
    ...tooLong('text', comment.text),
    ...tooLong('proposedWording', comment.proposedWording),
  ];
}

function commenterIssues(input: SubmissionInput): Issue[] {
  const issues: Issue[] = [];
  if (!isOneOf(commenterKinds, input.commenterKind)) issues.push({ field: 'commenterKind', key: 'required' });
  for (const field of ['name', 'phone', 'email'] as const)
    issues.push(...tooLong(field, input[field], longestLine));
  if (input.email && !looksLikeAddress(input.email)) issues.push({ field: 'email', key: 'notAnAddress' });
  if (!isOneOf(consents, input.consent)) issues.push({ field: 'consent', key: 'required' });
  if (input.consent === 'withName' && !input.name) issues.push({ field: 'name', key: 'neededForConsent' });
  return issues;
}

/** True for text that can be a mailbox: one @, something on both sides, no space. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,180}$/u.test(text);
}

function tooLong(field: string, text: string, limit = longestComment): Issue[] {
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
