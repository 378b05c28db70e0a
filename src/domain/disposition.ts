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
// A reason that only says that the comment arrived, or only gives thanks, gives no reason.
const sayingNothing =
  /^(您|你|贵单位|贵公司)?的?(宝贵)?(意见|建议|意见建议|意见和建议|来信|来函)?(已|均已|我们已|我局已|我单位已)?(收悉|收到|知悉|阅|阅知|研究|记录|转交|转有关部门|认真研究|研究处理)?了?$/u;
const thanks = /^(非常)?(感谢|谢谢).{0,30}$/u;

function saysNothing(reason: string): boolean {
  const sentences = reason.split(/[\s，,。．.！!；;、]+/u).filter((each) => each !== '');
  return sentences.every((each) => sayingNothing.test(each) || thanks.test(each));
}

/** Either a disposition that may be stored, or issues on `outcome` and `reason`. */
export function judgeDisposition(input: {
  readonly outcome: string;
  readonly reason: string;
}): Disposition | { readonly issues: Issue[] } {
  const { outcome, reason } = input;
  if (!(outcomes as readonly string[]).includes(outcome))
    return { issues: [{ field: 'outcome', key: 'choose' }] };
  if (outcome !== 'adopted' && !reason) return { issues: [{ field: 'reason', key: 'required' }] };
  if (outcome !== 'adopted' && saysNothing(reason))
    return { issues: [{ field: 'reason', key: 'saysNothing' }] };
  if (characters(reason) > longestReason)
    return {
      issues: [
        { field: 'reason', key: 'tooLong', values: { limit: longestReason, length: characters(reason) } },
      ],
    };
  return { outcome: outcome as Outcome, reason };
}
