import type { ProofOffer } from '../../../db/captchas.ts';
import type { Asks, Stance } from '../../../domain/comment.ts';
import type { FormState } from '../../forms.ts';
import type { FormFiles } from '../attachments/contexts.ts';
import type { Life } from '../life.ts';
import type { BlockView, Choice, Contacts, Link } from '../shapes.ts';

/** What the pages of one comment form share. */
export interface CommentPage {
  readonly crumbs: readonly Link[];
  readonly consultationTitle: string;
  readonly closesAt: Date;
  readonly postTo: string;
  /** Where the same page comes in the other mode, with the step that leads to it. */
  readonly modeTo: string;
  readonly here: string;
  /** What was typed on other pages, to be carried along. */
  readonly carried: readonly { readonly name: string; readonly value: string }[];
  /** What the comment that was deleted last was about; empty: none was. */
  readonly removed: string;
}

/** The page for writing one comment. */
export interface WritePage extends CommentPage {
  readonly form: FormState;
  /** The names of the comment's fields, which carry its index. */
  readonly names: Readonly<Record<'clause' | 'stance' | 'text' | 'proposedWording' | 'quotation', string>>;
  /** The clause as the draft shows it; null for a comment on the whole draft. */
  readonly about: { readonly name: string; readonly blocks: readonly BlockView[] } | null;
  /** True where words of the draft are shown, or were quoted already. */
  readonly takesQuotation: boolean;
  /** Filled only when the clause asked for is unknown and another must be chosen. */
  readonly clauses: readonly Choice[];
  readonly stances: readonly Choice[];
  /** What the other comments in the basket are about. */
  readonly others: readonly string[];
}

/** The whole draft, to choose a clause from. */
export interface PickPage extends CommentPage {
  readonly blocks: readonly BlockView[];
  readonly contents: readonly Link[];
  /** The comment that is to be moved to another clause; null when one more is to be written. */
  readonly moving: { readonly index: number } | null;
  /** How many comments are in the basket. */
  readonly count: number;
}

/** Everything that is about to be sent, to be checked. */
export interface CheckPage extends CommentPage, FormFiles {
  readonly form: FormState;
  readonly agencyName: string;
  readonly comments: readonly CommentCard[];
  /** False once the basket is full. */
  readonly takesMore: boolean;
  readonly asks: Asks;
  /** What it asks for, in words; empty for nothing. */
  readonly collects: string;
  readonly consents: readonly Choice[];
  readonly commenterKinds: readonly Choice[];
  readonly proof: ProofView;
  readonly contacts: Contacts;
}

/** How a form can be proven to come from a person. */
export interface ProofView extends ProofOffer {
  readonly captchaId: string;
  /** Into how many pieces the work is divided. */
  readonly pieces: number;
}

export interface CommentCard {
  readonly index: number;
  readonly clause: string;
  /** Empty while none is chosen. */
  readonly stance: Stance | '';
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
}

/** Words of a refused form, for the commenter to keep. */
export interface KeptWords {
  readonly heading: string;
  readonly words: readonly { readonly label: string; readonly text: string }[];
}

/** A form that came too late, too early, or after the consultation was stopped. */
export interface LatePage {
  readonly crumbs: readonly Link[];
  readonly consultationTitle: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly stopped: Life['stopped'];
  readonly to: string;
  readonly kept: readonly KeptWords[];
  readonly contacts: Contacts;
}

/** A comment that could not be stored. */
export interface NotStoredPage {
  readonly text: string;
  /** The request's number, for faults of ours; else empty. */
  readonly reference: string;
  readonly kept: readonly KeptWords[];
  /** The whole form, to be sent once more; empty when that must not be. */
  readonly again: CommentPage['carried'];
  readonly againTo: string;
}

/** Every page of commenting with the context its template is rendered from. */
export interface CommentPages {
  'public/comment-write': WritePage;
  'public/comment-pick': PickPage;
  'public/comment-check': CheckPage;
  'public/too-late': LatePage;
  'public/too-early': LatePage;
  'public/stopped': LatePage;
  'public/not-stored': NotStoredPage;
}
