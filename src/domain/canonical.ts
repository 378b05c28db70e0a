import type { Channel, CommenterKind, Consent, Quotation, Stance } from './comment.ts';
import type { Day } from './shanghai.ts';

/** Everything of a submission that its seal covers: what its sender said, when and how it came. */
export interface SealedFacts {
  readonly consultationNumber: string;
  readonly draftVersion: number;
  readonly channel: Channel;
  readonly receivedAt: Date;
  /** Empty for none. */
  readonly postmarkedOn: Day;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly comments: readonly SealedComment[];
  readonly attachments: readonly SealedAttachment[];
}

/** `clause` is the address that the sender named, empty for the whole draft or a clause that somebody else guessed. */
export interface SealedComment {
  readonly clause: string;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: Quotation | null;
}

/** A file as it was kept; `sha256` in lower-case hexadecimal digits, `size` in bytes. */
export interface SealedAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

/** The canonical text of a submission (docs/ledger.md): the same facts always give the same bytes in UTF-8. */
export function canonicalSubmission(facts: SealedFacts): string {
  const { receivedAt, consultationNumber: consultation, commenterKind: kind, name, phone, email } = facts;
  const { draftVersion, channel, postmarkedOn, consent, comments, attachments } = facts;
  return canonicalJson({
    format: 'jianyan-submission-1',
    ...{ consultation, draftVersion, channel, postmarkedOn, consent },
    receivedAt: receivedAt.toISOString(),
    commenter: { kind, name, phone, email },
    comments: comments.map(({ clause, stance, text, proposedWording, quotation }) => ({
      ...{ clause, stance, text, proposedWording },
      quotation: quotation && { exact: quotation.exact, prefix: quotation.prefix, suffix: quotation.suffix },
    })),
    attachments: attachments.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 })),
  });
}

/** A value that JSON can say; numbers are integers here. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON as RFC 8785 writes it: no white space, keys in the order of their UTF-16 code units. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${pairs.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}
