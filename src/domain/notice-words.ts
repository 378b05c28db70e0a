import type { Channel, CommenterKind } from './comment.ts';
import type { Outcome } from './disposition.ts';

/** The words around the facts: sentences with `{fact}` in them (views/sentences, under `notice`). */
export interface NoticeWords {
  readonly titleNothing: string;
  readonly title: string;
  readonly purpose: string;
  readonly asked: string;
  readonly nothingReceived: string;
  readonly received: string;
  readonly channels: string;
  readonly channel: string;
  readonly withdrawn: string;
  readonly late: string;
  readonly allAdopted: string;
  readonly onlyUnrelated: string;
  readonly outcomes: string;
  readonly outcome: string;
  readonly next: string;
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
