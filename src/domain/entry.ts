import { type Channel, channels } from './comment.ts';
import type { Phase } from './consultation.ts';
import { readPastDay } from './days.ts';
import type { Issue, Rule } from './issue.ts';
import { type Day, startOf } from './shanghai.ts';

/** A channel by which something reaches an office that officers then enter. */
export type EnteredChannel = Exclude<Channel, 'online'>;

export const enteredChannels = channels.filter((channel): channel is EnteredChannel => channel !== 'online');

/** How and when something came, as typed. */
export interface ArrivalInput {
  readonly channel: string;
  readonly receivedOn: string;
  readonly postmarkedOn: string;
}

/** The same, judged; `postmarkedOn` is empty for none. */
export interface Arrival {
  readonly channel: EnteredChannel;
  readonly receivedOn: Day;
  readonly postmarkedOn: Day | '';
}

/** How and when something came, or issues on `channel`, `receivedOn`, `postmarkedOn`. */
export function judgeArrival(input: ArrivalInput, today: Day): Arrival | { readonly issues: Issue[] } {
  const channel = enteredChannels.find((each) => each === input.channel);
  const receivedOn = readPastDay(input.receivedOn, today);
  const postmarkedOn = readPastDay(input.postmarkedOn, today);
  const issues: Issue[] = [];
  if (!channel) issues.push({ field: 'channel', key: 'choose' });
  if (receivedOn === '') issues.push({ field: 'receivedOn', key: 'required' });
  if (receivedOn === undefined) issues.push({ field: 'receivedOn', key: 'notADay' });
  if (receivedOn && receivedOn > today) issues.push({ field: 'receivedOn', key: 'inTheFuture' });
  if (postmarkedOn === undefined) issues.push({ field: 'postmarkedOn', key: 'notADay' });
  else if (postmarkedOn && channel && channel !== 'letter')
    issues.push({ field: 'postmarkedOn', key: 'postmarkOnLetters' });
  else if (postmarkedOn && postmarkedOn > (receivedOn || today))
    issues.push({ field: 'postmarkedOn', key: 'postmarkAfterReceipt' });
  return issues.length > 0 || !channel || !receivedOn || postmarkedOn === undefined
    ? { issues }
    : { channel, receivedOn, postmarkedOn };
}

/** The instant that decides whether it came in time: the first of the postmark's day, else of the day it came. */
export function datedAt({ receivedOn, postmarkedOn }: Pick<Arrival, 'receivedOn' | 'postmarkedOn'>): Date {
  return startOf(postmarkedOn || receivedOn);
}

/** Why nothing can be entered for a consultation; null while it can: from the opening until its notice is signed, and while a correction is worked on. */
export function entryRefusal(state: {
  readonly phase: Phase | 'draft';
  readonly isSigned: boolean;
}): Rule | null {
  if (state.phase === 'draft') return 'notPublished';
  if (state.phase === 'upcoming') return 'notOpenYet';
  return state.isSigned ? 'noticeSigned' : null;
}
