import { type Channel, channels } from './comment.ts';
import { type Outcome, outcomes } from './disposition.ts';

/** A count in 件 (submissions) and 条 (comments). */
export interface Count {
  readonly submissions: number;
  readonly comments: number;
}

/** One stored comment, reduced to what is counted. */
export interface CountedComment {
  readonly submissionId: number;
  readonly channel: Channel;
  readonly withdrawn: boolean;
  readonly outcome: Outcome | null;
}

export interface Totals {
  readonly received: Count;
  readonly byChannel: Readonly<Record<Channel, Count>>;
  readonly withdrawn: Count;
  /** Comments that were not withdrawn, by outcome of their latest disposition. */
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  readonly undisposed: number;
}

/** Counts comments; every comment lands in exactly one channel and in exactly one of outcome, undisposed, withdrawn. */
export function countTotals(comments: readonly CountedComment[]): Totals {
  const withdrawn = comments.filter((comment) => comment.withdrawn);
  const standing = comments.filter((comment) => !comment.withdrawn);
  return {
    received: count(comments),
    byChannel: record(channels, (channel) =>
      count(comments.filter((comment) => comment.channel === channel)),
    ),
    withdrawn: count(withdrawn),
    byOutcome: record(
      outcomes,
      (outcome) => standing.filter((comment) => comment.outcome === outcome).length,
    ),
    undisposed: standing.filter((comment) => comment.outcome === null).length,
  };
}

/** True when the numbers conserve what was received, in 件 and 条. */
export function addsUp(totals: Totals): boolean {
  const perChannel = Object.values(totals.byChannel);
  const disposed = sum(Object.values(totals.byOutcome)) + totals.undisposed;
  return (
    sum(perChannel.map((each) => each.submissions)) === totals.received.submissions &&
    sum(perChannel.map((each) => each.comments)) === totals.received.comments &&
    disposed + totals.withdrawn.comments === totals.received.comments
  );
}

function count(comments: readonly CountedComment[]): Count {
  return { submissions: new Set(comments.map((each) => each.submissionId)).size, comments: comments.length };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
