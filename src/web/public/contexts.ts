import type { CommenterKind, Consent, Stance } from '../../domain/comment.ts';
import type { Outcome } from '../../domain/disposition.ts';
import type { Day } from '../../domain/shanghai.ts';
import type { FormState } from '../forms.ts';

/** A link: `to` is an internal address without the mode's prefix. */
export interface Link {
  readonly to: string;
  readonly text: string;
}

/** A choice of a select or of radios. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One consultation in a list. */
export interface Listed {
  readonly to: string;
  readonly title: string;
  readonly agencyName: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly answeredAt: Date | null;
  /** Days until it opens or closes, or since it closed; 0 in the first 24 hours after closing. */
  readonly days: number;
  /** Three days or less until it closes. */
  readonly soon: boolean;
}

export interface HomePage {
  readonly isHome: true;
  readonly search: { readonly words: string; readonly agency: string };
  readonly agencies: readonly string[];
  readonly searching: boolean;
  readonly nothingFound: boolean;
  readonly open: readonly Listed[];
  readonly upcoming: readonly Listed[];
  readonly closed: readonly Listed[];
  readonly answered: readonly Listed[];
  readonly withdrawn: readonly Listed[];
}

/** How to reach the agency; what the announcement does not name is empty. */
export interface Contacts {
  readonly contactPerson: string;
  readonly phone: string;
  readonly fax: string;
  readonly mailbox: string;
  readonly address: string;
  readonly postcode: string;
}

/** The announcement's text, taken apart for setting. */
export interface Letterlike {
  readonly heading: string;
  readonly number: string;
  readonly addressee: string;
  readonly paragraphs: readonly string[];
  readonly signatures: readonly string[];
  readonly date: Day;
  /** True when the date is wider than the last signature (GB/T 9704-2012, 7.3.5.2). */
  readonly longDate: boolean;
}

/** One block of the draft; `view` names the partial that shows it. */
export interface BlockView {
  readonly view:
    | 'draft-title'
    | 'draft-line'
    | 'draft-heading'
    | 'draft-clause'
    | 'draft-item'
    | 'draft-paragraph';
  /** The address: id and anchor. */
  readonly id: string;
  /** Its level, or its kind where it has none: the class that sets it. */
  readonly level: string;
  readonly label: string;
  readonly heading: string;
  /** The text on the line of the label; empty where text starts on a line of its own. */
  readonly opening: string;
  readonly passages: readonly Passage[];
  /** Where to comment on it; empty when it takes no comment of its own or the consultation is not open. */
  readonly askTo: string;
  /** What a reader calls it: `第三条`, `（一）指导思想`. */
  readonly name: string;
  /** What stands below it and takes no comment of its own; one level only. */
  readonly children: readonly BlockView[];
}

/** A paragraph, or a table. */
export interface Passage {
  readonly text: string;
  readonly table: TableView | null;
}

export interface TableView {
  /** What the heading above it says; read aloud, not shown twice. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ConsultationPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly to: string;
  readonly agencyName: string;
  readonly siteName: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly answeredAt: Date | null;
  readonly publishedAt: Date;
  readonly days: number;
  /** Where to comment on the whole draft; empty unless open. */
  readonly commentTo: string;
  readonly announcement: Letterlike;
  readonly reasonForShortening: string;
  readonly contacts: Contacts;
  readonly blocks: readonly BlockView[];
  readonly contents: readonly Link[];
}

export interface AnsweredPage extends ConsultationPage {
  readonly notice: NoticeView;
}

export interface WithdrawnPage extends ConsultationPage {
  readonly withdrawnAt: Date;
  readonly withdrawnReason: string;
}

/** The published feedback notice. */
export interface NoticeView extends Letterlike {
  readonly rows: readonly {
    readonly number: number;
    readonly clause: string;
    readonly text: string;
    readonly commenter: string;
    readonly outcome: Outcome | null;
    readonly reason: string;
  }[];
}

/** The clause a comment is about, as quoted on the form. */
export interface Quoted {
  readonly name: string;
  readonly paragraphs: readonly string[];
}

export interface CommentFormPage {
  readonly crumbs: readonly Link[];
  readonly consultationTitle: string;
  readonly agencyName: string;
  readonly closesAt: Date;
  readonly postTo: string;
  readonly backTo: string;
  readonly form: FormState;
  /** Null for a comment on the whole draft. */
  readonly quoted: Quoted | null;
  /** Filled only when the clause asked for is unknown and another must be chosen. */
  readonly clauses: readonly Choice[];
  readonly stances: readonly Choice[];
  readonly consents: readonly Choice[];
  readonly commenterKinds: readonly Choice[];
  readonly formToken: string;
  readonly captchaId: string;
  readonly contacts: Contacts;
}

/** The words of a refused form, for the commenter to keep. */
export interface LatePage {
  readonly crumbs: readonly Link[];
  readonly consultationTitle: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly to: string;
  readonly words: readonly { readonly label: string; readonly text: string }[];
  readonly contacts: Contacts;
}

export interface ReceiptPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly url: string;
  readonly consultationTitle: string;
  readonly agencyName: string;
  readonly consultationTo: string;
  readonly receivedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly closesAt: Date;
  readonly answeredAt: Date | null;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly consent: Consent;
  readonly commenterKind: CommenterKind;
  readonly comments: readonly {
    readonly clause: string;
    readonly stance: Stance;
    readonly text: string;
    readonly proposedWording: string;
    /** Null until the feedback notice is published. */
    readonly outcome: Outcome | null;
    readonly reason: string;
  }[];
}

export interface HelpPage {
  readonly isHelp: true;
}

export interface ErrorPage {
  readonly text: string;
  /** The request's number, for faults of ours; else empty. */
  readonly reference: string;
}

/** A document on A4 by GB/T 9704-2012. */
export interface SheetPage {
  readonly backTo: string;
  readonly headingWords: readonly string[];
  readonly letter: Letterlike;
  readonly reasonForShortening: string;
  readonly rows: NoticeView['rows'];
}

/** Every public page with the context its template is rendered from. */
export interface PublicPages {
  'public/home': HomePage;
  'public/upcoming': ConsultationPage;
  'public/open': ConsultationPage;
  'public/closed': ConsultationPage;
  'public/answered': AnsweredPage;
  'public/withdrawn': WithdrawnPage;
  'public/comment-form': CommentFormPage;
  'public/too-late': LatePage;
  'public/too-early': LatePage;
  'public/receipt': ReceiptPage;
  'public/receipt-answered': ReceiptPage;
  'public/error': ErrorPage;
  'public/help': HelpPage;
  'sheets/announcement': SheetPage;
  'sheets/notice': SheetPage;
}
