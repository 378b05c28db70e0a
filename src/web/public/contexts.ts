import type { Marks } from '../origin-marks.ts';
import type { PageOf } from '../pager.ts';
import type { CommentPages } from './comment/contexts.ts';
import type { FingerprintsPage } from './fingerprints.ts';
import type { Life } from './life.ts';
import type { PaperPage } from './papers/view.ts';
import type { PublishedNoticeView } from './published-notice.ts';
import type { ReceiptPages } from './receipt-contexts.ts';
import type { BlockView, Contacts, Letterlike, Link, Listed, NoticeView } from './shapes.ts';
import type { ShownCount, ShownPages } from './shown/contexts.ts';
import type { VersionPages, VersionsView } from './version-contexts.ts';

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

export interface ConsultationPage {
  readonly crumbs: readonly Link[];
  readonly number: string;
  readonly to: string;
  readonly agencyName: string;
  readonly siteName: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly answeredAt: Date | null;
  readonly correctedAt: Date | null;
  readonly publishedAt: Date;
  readonly days: number;
  /** Where to comment on the whole draft; empty unless open. */
  readonly commentTo: string;
  readonly announcement: Letterlike;
  readonly reasonForShortening: string;
  readonly contacts: Contacts;
  readonly blocks: readonly BlockView[];
  readonly contents: readonly Link[];
  /** Null while there is only one. */
  readonly versions: VersionsView | null;
  /** Null where comments are not shown. */
  readonly shown: ShownCount | null;
  readonly life: Life;
}

export interface AnsweredPage extends ConsultationPage, PublishedNoticeView {}

/** A published notice at its own address. */
export interface NumberedNoticePage {
  readonly crumbs: readonly Link[];
  readonly sequence: number;
  readonly publishedAt: Date;
  /** When a later one corrected it; null for the newest. */
  readonly correctedAt: Date | null;
  readonly newestTo: string;
  /** Its own address. */
  readonly ownTo: string;
  /** With one page of its rows. */
  readonly notice: NoticeView;
  readonly pages: readonly PageOf[];
  readonly older: readonly Link[];
}

/** A page of the table that says what became of every comment. */
export interface OutcomesPage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly rows: NoticeView['rows'];
  readonly rowCount: number;
  readonly pages: readonly PageOf[];
}

export interface WithdrawnPage extends ConsultationPage {
  readonly withdrawnAt: Date;
  readonly withdrawnReason: string;
  /** Null until its notice is published. */
  readonly answer: PublishedNoticeView | null;
}

/** What is not published yet, for the holder of a secret link. */
export interface PreviewPage {
  readonly agencyName: string;
  readonly expiresAt: Date;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly announcement: Letterlike;
  readonly reasonForShortening: string;
  readonly contacts: Contacts;
  readonly blocks: readonly BlockView[];
}

/** Where the link of a letter is confirmed. */
export interface ProofPage {
  readonly postTo: string;
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
  readonly letter: Letterlike;
  readonly reasonForShortening: string;
  readonly rows: NoticeView['rows'];
  /** How many rows stand in an annex apart, since they are too many to print with it; 0 for none. */
  readonly rowsApart: number;
  /** What happened after an announcement; null on a notice. */
  readonly life: Life | null;
  /** Names as they stand where seals are set, and how many side by side; null where none is. */
  readonly seals: { readonly inRow: number; readonly rows: readonly (readonly string[])[] } | null;
  readonly marks: Marks;
}

/** Every public page with the context its template is rendered from. */
export interface PublicPages extends CommentPages, ReceiptPages, ShownPages, VersionPages {
  'public/home': HomePage;
  'public/upcoming': ConsultationPage;
  'public/open': ConsultationPage;
  'public/closed': ConsultationPage;
  'public/answered': AnsweredPage;
  'public/notice': NumberedNoticePage;
  'public/outcomes': OutcomesPage;
  'public/fingerprints': FingerprintsPage;
  'public/withdrawn': WithdrawnPage;
  'public/preview': PreviewPage;
  'public/proof': ProofPage;
  'public/proof-confirmed': ProofPage;
  'public/proof-gone': object;
  'public/error': ErrorPage;
  'public/help': HelpPage;
  'sheets/announcement': SheetPage;
  'sheets/notice': SheetPage;
  'sheets/paper': PaperPage;
}
