import type { Channel, CommenterKind } from './comment.ts';
import type { Outcome } from './disposition.ts';

/** The words around the facts: sentences with `{fact}` in them (views/sentences, under `notice`). */
export interface NoticeWords {
  /** What each fact is called while the words around it are edited. */
  readonly facts: Readonly<Record<string, string>>;
  readonly titleNothing: string;
  readonly title: string;
  readonly titleStopped: string;
  readonly titleDropped: string;
  /** Follows the title of a further notice. */
  readonly corrected: string;
  readonly correction: string;
  readonly purpose: string;
  readonly asked: string;
  /** The same where it was stopped before its deadline. */
  readonly askedUntilStopped: string;
  readonly stopped: string;
  readonly dropped: string;
  readonly nothingReceived: string;
  readonly received: string;
  readonly channels: string;
  readonly channel: string;
  /** Told where alike comments were grouped. */
  readonly kinds: string;
  readonly withdrawn: string;
  readonly late: string;
  readonly allWithdrawn: string;
  readonly allAdopted: string;
  readonly onlyUnrelated: string;
  readonly outcomes: string;
  readonly outcome: string;
  readonly next: string;
  /** The same where nothing was adopted. */
  readonly nextUnchanged: string;
  readonly tableFollows: string;
  readonly thanks: string;
  readonly wholeDraft: string;
  /** A clause where there are several versions: `第三条（第1稿）`. */
  readonly clauseOfVersion: string;
  readonly anonymous: Readonly<Record<CommenterKind, string>>;
  readonly withheld: string;
  readonly hidden: string;
  readonly channelNames: Readonly<Record<Channel, string>>;
  readonly outcomeNames: Readonly<Record<Outcome, string>>;
}
