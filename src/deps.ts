import type { Config } from './config.ts';
import type { DueLetter } from './db/letters.ts';
import type { Db } from './db/session.ts';
import type { CheckAttachment } from './domain/attachment.ts';
import type { IsWorkingDay } from './domain/consultation.ts';
import type { FeedbackSetting } from './domain/feedback-clock.ts';
import type { MessageReader } from './domain/mail.ts';
import type { Printers } from './domain/official-document.ts';
import type { Mail } from './mail/letters.ts';
import type { SecretBox } from './secret-box.ts';
import type { Sentences } from './sentences.ts';

/** How often one sender (an IPv4 address, or a /64 of IPv6) may do a thing in `windowMs` milliseconds. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** Everything the application needs from outside; tests pass their own. */
export interface Deps {
  readonly db: Db;
  readonly config: Config;
  readonly clock: () => Date;
  /** Unguessable bytes. */
  readonly random: (bytes: number) => Buffer;
  readonly sentences: Sentences;
  readonly isWorkingDay: IsWorkingDay;
  readonly limits: Limits;
}

/** How the feedback clock is set. */
export function feedbackSetting({
  config,
  isWorkingDay,
}: Pick<Deps, 'config' | 'isWorkingDay'>): FeedbackSetting {
  return { days: config.feedbackDays, isWorkingDay };
}

/** The deps of an application that takes files and messages and shows letters. */
export interface AppDeps extends Deps {
  /** The version of what is public; never older than the call. */
  readonly publicVersion: () => Promise<number>;
  readonly checkAttachment: CheckAttachment;
  readonly secrets: SecretBox;
  /** Writes a letter from what the database says now, as it is sent. */
  readonly composeLetter: (letter: DueLetter) => Promise<Mail>;
  readonly readMessage: MessageReader;
  readonly printers: Printers;
}

export interface Limits {
  readonly submissions: Limit;
  readonly forms: Limit;
  readonly signIns: Limit;
  /** Files that people add to forms. */
  readonly files: Limit;
  /** Documents to download: each takes the processor for a moment. */
  readonly documents: Limit;
  /** How much one consultation receives, from everybody. */
  readonly bursts: Limit;
  /** Letters that prove a person: how many one sender may ask for, and how many one address may get. */
  readonly proofLetters: Limit;
  readonly proofLettersTo: Limit;
}

/** A network (a /24, or a /48 of IPv6) may do so many times what one sender may. */
export const networkShare = 10;

const minute = 60_000;

export const usualLimits: Limits = {
  submissions: { max: 30, windowMs: minute },
  forms: { max: 120, windowMs: minute },
  signIns: { max: 10, windowMs: 15 * minute },
  files: { max: 60, windowMs: 60 * minute },
  documents: { max: 30, windowMs: minute },
  // About a third of what one process stores: a flood on one consultation leaves room for the others.
  bursts: { max: 60_000, windowMs: minute },
  proofLetters: { max: 20, windowMs: 60 * minute },
  proofLettersTo: { max: 5, windowMs: 60 * minute },
};
