import type { NoticeRow } from '../../domain/notice-row.ts';
import type { Day } from '../../domain/shanghai.ts';
import type { ShownCount } from './shown/contexts.ts';

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
  readonly withdrawnAt: Date | null;
  /** Days until it opens or closes, or since it closed; 0 in the first 24 hours after closing. */
  readonly days: number;
  /** Three days or less until it closes. */
  readonly soon: boolean;
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
  /** The same as a button of the form around it: what it sends, and what it says. */
  readonly askStep?: string;
  readonly askText?: string;
  /** How many comments on it are shown to readers; absent for none. */
  readonly shown?: ShownCount;
  /** Its own page; empty where pages are not linked. */
  readonly pageTo: string;
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

/** The published feedback notice. */
export interface NoticeView extends Letterlike {
  readonly rows: readonly (NoticeRow & {
    /** Too tall to be kept on one page in print. */
    readonly tall: boolean;
  })[];
}
