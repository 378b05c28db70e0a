import type { Channel, CommenterKind, Consent, Stance } from '../../domain/comment.ts';
import type { Outcome } from '../../domain/disposition.ts';
import type { ScreeningState } from '../../domain/screening.ts';
import type { Day } from '../../domain/shanghai.ts';
import type { AttachmentLink } from '../attachments/links.ts';
import type { FormState } from '../forms.ts';
import type { ReceiptPlace } from './receipt-places.ts';
import type { Contacts, Link } from './shapes.ts';

/** One comment on its receipt. */
export interface ReceiptComment extends ReceiptPlace {
  /** Its place in the submission, from 1. */
  readonly nr: number;
  readonly clause: string;
  /** True while only the program has said which clause is meant. */
  readonly guessed: boolean;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string;
  /** The words of the clause that it quotes; empty for none. */
  readonly quotation: string;
  /** Whether readers see it; null where nobody would, whatever the screening. */
  readonly screening: {
    readonly state: ScreeningState;
    /** Why it is hidden, or why passages are covered; empty where nothing is said. */
    readonly reason: string;
    /** Where readers see it; empty unless they do. */
    readonly shownTo: string;
  } | null;
  /** Null until the feedback notice is published. */
  readonly outcome: Outcome | null;
  readonly reason: string;
}

/** What proves a submission's text, or why nothing does. */
export interface SealView {
  /** `none`: stored before submissions were sealed; `differs`: what is stored is not what was sealed. */
  readonly state: 'whole' | 'differs' | 'none';
  readonly salt: string;
  readonly hash: string;
  readonly canonicalTo: string;
  readonly sealTo: string;
}

export interface ReceiptPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly url: string;
  /** The picture of its address. */
  readonly qrTo: string;
  readonly consultationTitle: string;
  readonly consultationNumber: string;
  readonly agencyName: string;
  readonly consultationTo: string;
  readonly channel: Channel;
  /** A day's first instant where only the day is known. */
  readonly receivedAt: Date;
  /** Empty for none. */
  readonly postmarkedOn: Day | '';
  readonly enteredAt: Date | null;
  readonly late: boolean;
  readonly withdrawnAt: Date | null;
  readonly answeredAt: Date | null;
  /** The latest correction of the notice; null for none. */
  readonly correction: ReceiptCorrection | null;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly commenterKind: CommenterKind;
  readonly comments: readonly ReceiptComment[];
  readonly attachments: readonly AttachmentLink[];
  /** What happens next, a sentence each. */
  readonly next: readonly string[];
  /** Where to withdraw; empty when that is not possible. */
  readonly withdrawTo: string;
  readonly seal: SealView;
}

/** What a correction says that it changes, when it was published, and the notices that it corrects. */
export interface ReceiptCorrection {
  readonly at: Date;
  readonly what: string;
  readonly older: readonly Link[];
}

/** What is asked before a submission is withdrawn. */
export interface WithdrawPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly closesAt: Date;
  readonly count: number;
  readonly comments: readonly { readonly clause: string; readonly text: string }[];
  readonly receiptTo: string;
  readonly postTo: string;
  readonly formToken: string;
  readonly form: FormState;
}

/** Why a submission is not withdrawn, and whom to ask. */
export interface WithdrawRefusedPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly text: string;
  readonly receiptTo: string;
  readonly contacts: Contacts;
}

/** Why there is no canonical text to download. */
export interface SealMissingPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly state: SealView['state'];
  readonly receiptTo: string;
}

/** Every page of a receipt. */
export interface ReceiptPages {
  'public/receipt': ReceiptPage;
  'public/receipt-answered': ReceiptPage;
  'public/receipt-withdrawn': ReceiptPage;
  'public/withdraw': WithdrawPage;
  'public/withdraw-refused': WithdrawRefusedPage;
  'public/seal-missing': SealMissingPage;
}
