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
  /** Dated at the closing or after it. */
  readonly late: boolean;
  readonly withdrawn: boolean;
  readonly outcome: Outcome | null;
}

export interface Totals {
  /** What came in time; late ones stand in none of the other numbers. */
  readonly received: Count;
  readonly byChannel: Readonly<Record<Channel, Count>>;
  readonly withdrawn: Count;
  readonly late: Count;
  /** Comments that were not withdrawn, by outcome of their latest disposition. */
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  readonly undisposed: number;
}

/**
 * Counts comments. Every one is late or received; what was received lands in exactly one channel and in exactly one of
 * outcome, undisposed, withdrawn.
 */
export function countTotals(comments: readonly CountedComment[]): Totals {
  const received = comments.filter((comment) => !comment.late);
  const withdrawn = received.filter((comment) => comment.withdrawn);
  const standing = received.filter((comment) => !comment.withdrawn);
  return {
    received: count(received),
    byChannel: record(channels, (channel) =>
      count(received.filter((comment) => comment.channel === channel)),
    ),
    withdrawn: count(withdrawn),
    late: count(comments.filter((comment) => comment.late)),
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
