import type { Channel, CommenterKind, Consent, Stance } from './comment.ts';
import type { Part } from './comment-filter.ts';
import type { Outcome } from './disposition.ts';
import type { ScreeningState } from './screening.ts';
import { inputMinute } from './shanghai.ts';
import type { Cell } from './summary-table.ts';

/** Columns of the list of all comments, in their order. */
export const commentColumns = [
  'number',
  'receiptNumber',
  'position',
  'channel',
  'receivedAt',
  'part',
  'clause',
  'stance',
  'text',
  'proposedWording',
  'quotation',
  'commenterKind',
  'consent',
  'screening',
  'screeningReason',
  'group',
  'outcome',
  'reason',
] as const;
/** Columns that only the list with names has, behind the others. */
export const personColumns = ['name', 'phone', 'email'] as const;
export type CommentColumn = (typeof commentColumns)[number] | (typeof personColumns)[number];

/** A comment as the list tells it. */
export interface ListedComment {
  readonly receiptNumber: string;
  /** From 0. */
  readonly position: number;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly part: Part;
  /** As readers cite it. */
  readonly clause: string;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
  readonly commenterKind: CommenterKind;
  readonly consent: Consent;
  readonly screening: ScreeningState;
  readonly screeningReason: string;
  /** The number of its group, 0 for none. */
  readonly group: number;
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

/** What the list calls things (views/sentences). */
export interface ListWords {
  readonly channels: Readonly<Record<Channel, string>>;
  readonly stances: Readonly<Record<Stance, string>>;
  readonly commenterKinds: Readonly<Record<CommenterKind, string>>;
  readonly consents: Readonly<Record<Consent, string>>;
  readonly screenings: Readonly<Record<ScreeningState, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly parts: Readonly<Record<Part, string>>;
  readonly undisposed: string;
}

/** A row of the list, by column; only what stands needs a disposition, so that of the others the cell is empty. */
export function commentRow(
  comment: ListedComment,
  number: number,
  words: ListWords,
): Readonly<Record<CommentColumn, Cell>> {
  const { receiptNumber, clause, text, proposedWording, quotation, screeningReason, reason } = comment;
  const { name, phone, email, part, outcome } = comment;
  return {
    ...{ number, receiptNumber, clause, text, proposedWording, quotation, screeningReason, reason },
    ...{ name, phone, email },
    position: comment.position + 1,
    channel: words.channels[comment.channel],
    receivedAt: inputMinute(comment.receivedAt).replace('T', ' '),
    part: words.parts[part],
    stance: words.stances[comment.stance],
    commenterKind: words.commenterKinds[comment.commenterKind],
    consent: words.consents[comment.consent],
    screening: words.screenings[comment.screening],
    group: comment.group || '',
    outcome: outcome ? words.outcomes[outcome] : part === 'standing' ? words.undisposed : '',
  };
}
