import { type CommenterKind, type Consent, maskName } from './comment.ts';
import type { Issue } from './issue.ts';
import { characters } from './text.ts';

export const verdicts = ['shown', 'hidden'] as const;
export type Verdict = (typeof verdicts)[number];

/** Where the screening of a comment stands: whether it is shown, not whether it is right. */
export const screeningStates = ['waiting', ...verdicts] as const;
export type ScreeningState = (typeof screeningStates)[number];

/** One decision on whether a comment is shown; one that hides it has a reason. */
export interface Screening {
  readonly verdict: Verdict;
  readonly reason: string;
}

const longestReason = 2_000;

/** Either a screening that may be stored, or issues on `verdict` and `screeningReason`. */
export function judgeScreening(input: {
  readonly verdict: string;
  readonly reason: string;
}): Screening | { readonly issues: Issue[] } {
  const { verdict, reason } = input;
  if (!(verdicts as readonly string[]).includes(verdict))
    return { issues: [{ field: 'verdict', key: 'choose' }] };
  if (verdict === 'hidden' && !reason) return { issues: [{ field: 'screeningReason', key: 'required' }] };
  const length = characters(reason);
  if (length > longestReason)
    return {
      issues: [{ field: 'screeningReason', key: 'tooLong', values: { limit: longestReason, length } }],
    };
  return { verdict: verdict as Verdict, reason };
}

/** The words of a comment that people read; the quotation is empty when there is none. */
export interface Words {
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
}

/** The texts among the words of a comment. */
export function textsOf({ text, proposedWording, quotation }: Words): string[] {
  return [text, proposedWording, quotation];
}

/** What decides whether the public may read a comment. */
export interface Publicity {
  readonly screening: ScreeningState;
  readonly consent: Consent;
  readonly withdrawn: boolean;
  /** Dated at the closing or after it. */
  readonly late: boolean;
  /** Whether the consultation shows comments at all. */
  readonly showsComments: boolean;
}

/** True when the public may read a comment: it was set to shown, came in time, its sender agreed and did not withdraw it. */
export function isPublic({ screening, consent, withdrawn, late, showsComments }: Publicity): boolean {
  return showsComments && screening === 'shown' && consent !== 'no' && !withdrawn && !late;
}

/** A commenter's name as the public reads it: a person's masked, an organisation's in full, empty without consent. */
export function publicName(commenter: {
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly consent: Consent;
}): string {
  const { commenterKind, name, consent } = commenter;
  if (consent !== 'withName') return '';
  return commenterKind === 'organisation' ? name.trim() : maskName(name);
}
