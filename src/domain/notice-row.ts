import { type Channel, type CommenterKind, type Consent, maskName } from './comment.ts';
import type { Outcome } from './disposition.ts';
import type { NoticeWords } from './notice-words.ts';
import type { ScreeningState } from './screening.ts';

/** How many comments came through which channel; channels that brought none are absent. */
export type ChannelCounts = Readonly<Partial<Record<Channel, number>>>;

/** A comment that has a row in the table of a notice, with all that the row says. */
export interface NoticeComment {
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** The clause as readers cite it (`第七条`); empty for the whole draft. */
  readonly clause: string;
  /** As it may be published: with passages covered. */
  readonly text: string;
  readonly screening: ScreeningState;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly consent: Consent;
  /** How many alike comments its row stands for, itself included. */
  readonly alike: number;
  readonly channels: ChannelCounts;
}

/** A row of the table, numbered from 1: one comment, or several alike ones with the words of one of them. */
export interface NoticeRow {
  readonly number: number;
  readonly clause: string;
  readonly text: string;
  readonly commenter: string;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** How many comments it stands for, and through which channels they came. */
  readonly alike: number;
  readonly channels: ChannelCounts;
}

/** What the table says of a comment: no word that its sender kept back or screening hid, names masked. */
export function noticeRow(comment: NoticeComment, number: number, words: NoticeWords): NoticeRow {
  return {
    number,
    clause: comment.clause || words.wholeDraft,
    text: textOf(comment, words),
    commenter: commenterOf(comment, words),
    outcome: comment.outcome,
    reason: comment.reason,
    alike: comment.alike,
    channels: comment.channels,
  };
}

function textOf(comment: NoticeComment, words: NoticeWords): string {
  if (isPrinted(comment)) return comment.text;
  return comment.consent === 'no' ? words.withheld : words.hidden;
}

/** True when a row prints the text of its comment: the sender agreed, and screening did not hide it. */
export function isPrinted({ consent, screening }: Pick<NoticeComment, 'consent' | 'screening'>): boolean {
  return consent !== 'no' && screening !== 'hidden';
}

function commenterOf(comment: NoticeComment, words: NoticeWords): string {
  if (comment.consent !== 'withName' || !comment.name) return words.anonymous[comment.commenterKind];
  return comment.commenterKind === 'organisation' ? comment.name : maskName(comment.name);
}
