/** The largest message that is taken whole, in bytes as it was sent: 30 MB. */
export const largestMessage = 30_000_000;

/** Why a message did not become a submission by itself; each has a sentence under `desk.setAside` in views/sentences. */
export type SetAside =
  | 'bounce'
  | 'autoReply'
  | 'spam'
  | 'noConsultation'
  | 'empty'
  | 'tooLarge'
  | 'unreadable'
  | 'repeated';

/**
 * Why a mailbox could not be read, `message` when the server did not give one out; each has a sentence under
 * `desk.mailboxFailures` in views/sentences.
 */
export type MailboxFailure = 'refused' | 'noFolder' | 'unreachable' | 'tls' | 'broken' | 'message';

const unusable: ReadonlySet<SetAside> = new Set(['empty', 'tooLarge', 'unreadable']);

/** True for a message that can become a submission although it was set aside. */
export function canBeTaken(reason: SetAside): boolean {
  return !unusable.has(reason);
}

/** What the names end with that messages without a Message-ID get from us. */
export const withoutMessageId = '@without-message-id>';

/** One header field of a message: its name in lower case, its value unfolded. */
export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** A file that came with a message. */
export interface MailFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A message taken apart; every text is cleaned, and empty where the message has none. */
export interface Mail {
  /** With its angle brackets. */
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly files: readonly MailFile[];
  readonly headers: readonly MailHeader[];
}

/** Takes a message apart, within limits of time and memory; null when it cannot be read. */
export type MessageReader = (raw: Uint8Array) => Promise<Mail | null>;
