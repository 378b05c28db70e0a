import type { Issue } from './issue.ts';
import { characters } from './text.ts';

export const outcomes = ['adopted', 'partlyAdopted', 'notAdopted', 'alreadyProvided', 'outOfScope'] as const;
export type Outcome = (typeof outcomes)[number];

/** How one comment was treated, and why. */
export interface Disposition {
  readonly outcome: Outcome;
  readonly reason: string;
}

const longestReason = 5_000;
// A reason that only says that the comment arrived gives no reason.
const emptyPhrases =
  /^(您的)?(意见|建议|意见建议|意见和建议|来信)?(已|均已)?(收悉|收到|知悉|阅|研究)[。.！!]?(谢谢|感谢.{0,20})?[。.！!]?$/u;

/** Either a disposition that may be stored, or issues on `outcome` and `reason`. */
export function judgeDisposition(input: {
  readonly outcome: string;
  readonly reason: string;
}): Disposition | { readonly issues: Issue[] } {
  const { outcome, reason } = input;
  if (!(outcomes as readonly string[]).includes(outcome))
    return { issues: [{ field: 'outcome', key: 'required' }] };
  if (outcome !== 'adopted' && !reason) return { issues: [{ field: 'reason', key: 'required' }] };
  if (outcome !== 'adopted' && emptyPhrases.test(reason))
    return { issues: [{ field: 'reason', key: 'saysNothing' }] };
  if (characters(reason) > longestReason)
    return {
      issues: [
        { field: 'reason', key: 'tooLong', values: { limit: longestReason, length: characters(reason) } },
      ],
    };
  return { outcome: outcome as Outcome, reason };
}
