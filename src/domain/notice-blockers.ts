import type { Channel } from './comment.ts';
import { addsUp, type Totals } from './totals.ts';

/** What can keep a notice from being signed, in the order in which it is put right. */
export const blockers = [
  'noticeNotDrawnUp',
  'beingCounted',
  'sheetsOpen',
  'clausesGuessed',
  'undisposed',
  'personalNumbers',
  'channelsUnchecked',
  'wordsOutdated',
  'doesNotAddUp',
] as const;
export type Blocker = (typeof blockers)[number];

/** What was looked at before signing: how many of each kind stand in the way. */
export type NoticeChecks = Readonly<Record<Blocker, number>>;

/** Counts what stands in the way of signing, kind by kind; 0 is fine. */
export function noticeChecks(input: {
  readonly drawnUp: boolean;
  readonly totals: Totals;
  /** False while comments are still being searched for personal numbers in the background; true when absent. */
  readonly isCounted?: boolean;
  /** True when it would print personal numbers of comments that nobody set to shown. */
  readonly printsNumbers: boolean;
  readonly openChannels: readonly Channel[];
  readonly checkedChannels: readonly Channel[];
  /** Tables of entries that are neither entered nor discarded. */
  readonly openSheets?: number;
  /** Comments from mail whose clause nobody confirmed. */
  readonly guessedClauses?: number;
  /** Paragraphs whose edited words were written for another case. */
  readonly outdatedWords?: number;
}): NoticeChecks {
  const unchecked = input.openChannels.filter((channel) => !input.checkedChannels.includes(channel));
  return {
    noticeNotDrawnUp: input.drawnUp ? 0 : 1,
    beingCounted: input.isCounted === false ? 1 : 0,
    sheetsOpen: input.openSheets ?? 0,
    clausesGuessed: input.guessedClauses ?? 0,
    undisposed: input.totals.undisposed,
    personalNumbers: input.printsNumbers ? 1 : 0,
    channelsUnchecked: unchecked.length,
    wordsOutdated: input.outdatedWords ?? 0,
    doesNotAddUp: addsUp(input.totals) ? 0 : 1,
  };
}

/** What blocks signing by these checks; empty when nothing does. */
export function blockersIn(checks: NoticeChecks): Blocker[] {
  return blockers.filter((blocker) => checks[blocker] > 0);
}

/** The same at once. */
export function blockersOf(input: Parameters<typeof noticeChecks>[0]): Blocker[] {
  return blockersIn(noticeChecks(input));
}
