import type { Channel } from './comment.ts';
import { addsUp, type Totals } from './totals.ts';

/** What still keeps a notice from being signed; empty when it may be. */
export const blockers = [
  'noticeNotDrawnUp',
  'undisposed',
  'personalNumbers',
  'channelsUnchecked',
  'doesNotAddUp',
] as const;
export type Blocker = (typeof blockers)[number];

/** Lists what blocks signing: comments without a disposition, numbers nobody looked at, channels not ticked as checked. */
export function blockersOf(input: {
  readonly drawnUp: boolean;
  readonly totals: Totals;
  /** True when it would print personal numbers of comments that nobody set to shown. */
  readonly printsNumbers: boolean;
  readonly openChannels: readonly Channel[];
  readonly checkedChannels: readonly Channel[];
}): Blocker[] {
  const found: Blocker[] = [];
  if (!input.drawnUp) found.push('noticeNotDrawnUp');
  if (input.totals.undisposed > 0) found.push('undisposed');
  if (input.printsNumbers) found.push('personalNumbers');
  if (input.openChannels.some((channel) => !input.checkedChannels.includes(channel)))
    found.push('channelsUnchecked');
  if (!addsUp(input.totals)) found.push('doesNotAddUp');
  return found;
}
