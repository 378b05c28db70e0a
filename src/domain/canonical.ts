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

/**
 * The canonical text of a submission (docs/ledger.md): the same facts always give the same bytes in UTF-8. Members stand
 * here in the order in which RFC 8785 wants them, so that JSON.stringify writes them as it says.
 */
export function canonicalSubmission(facts: SealedFacts): string {
  const { commenterKind, name, phone, email } = facts;
  return JSON.stringify({
    attachments: facts.attachments.map(attachmentMembers),
    channel: facts.channel,
    commenter: { email, kind: commenterKind, name, phone },
    comments: facts.comments.map(commentMembers),
    consent: facts.consent,
    consultation: facts.consultationNumber,
    draftVersion: facts.draftVersion,
    format: 'jianyan-submission-1',
    postmarkedOn: facts.postmarkedOn,
    receivedAt: facts.receivedAt.toISOString(),
  });
}

function attachmentMembers({ mediaType, name, sha256, size }: SealedAttachment) {
  return { mediaType, name, sha256, size };
}

function commentMembers({ clause, proposedWording, quotation, stance, text }: SealedComment) {
  return { clause, proposedWording, quotation: quotation && quotationMembers(quotation), stance, text };
}

function quotationMembers({ exact, prefix, suffix }: Quotation) {
  return { exact, prefix, suffix };
}
