import type { CommenterKind, Consent, Stance } from '../domain/comment.ts';
import type { ConsultationKind, Phase } from '../domain/consultation.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { Role } from '../domain/officer.ts';

export type SampleAgencyKey = 'housing' | 'office';

/** An agency of the fictional county, with the contacts its announcements give. */
export interface SampleAgency {
  readonly key: SampleAgencyKey;
  /** The full name it signs with. */
  readonly name: string;
  /** What it calls itself inside a document. */
  readonly shortName: string;
  readonly siteName: string;
  readonly address: string;
  readonly postcode: string;
  readonly phone: string;
  readonly fax: string;
  readonly mailbox: string;
  readonly contact: string;
  /** Departments that are asked for their opinion; its administrator keeps them. */
  readonly departments: readonly string[];
}

export interface SampleOfficer {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly agency: SampleAgencyKey;
}

/** One point; `clause` is a label (`第七条`), label and heading together (`（五）规范施工管理`), or null for the whole draft. */
export interface SampleComment {
  readonly clause: string | null;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string | null;
  readonly disposition?: Disposition;
  /** Passages that an officer covered before it was shown. */
  readonly covered?: { readonly passages: readonly string[]; readonly reason: string };
  /** True for a comment that is not screened yet. */
  readonly waits?: true;
  readonly desk?: SampleWork;
}

/** What officers did with a comment after the closing. */
export interface SampleWork {
  /** Given to the caseworker, or to a department by its name, with a remark. */
  readonly given?: { readonly to: string; readonly remark: string };
  readonly note?: string;
  /** Label of the confirmed group that it is in. */
  readonly group?: string;
  /** Why it is not shown to the public. */
  readonly hidden?: string;
}

/** A message that came to the mailbox of an agency. */
export interface SampleMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly daysAfterOpening: number;
}

/** A table of what came on paper, that was brought and is not entered yet: name and rows, the head first. */
export interface SampleTable {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

export interface SampleSubmission {
  readonly commenterKind: CommenterKind;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly consent: Consent;
  readonly daysAfterOpening: number;
  readonly comments: readonly SampleComment[];
}

/** A next version of a draft; comments sent after it are on it. */
export interface SampleVersion {
  /** Name of its text in `texts/`: the whole draft, nothing to be filled in. */
  readonly file: string;
  readonly daysAfterOpening: number;
  /** What is new, for the public. */
  readonly note: string;
}

/** A consultation to seed. Days are relative to the clock at seeding (negative: past), in Asia/Shanghai. */
export interface Sample {
  readonly key: string;
  /** Name of the text in `texts/`, with `{{announcedOn}}` and `{{closesAt}}` to be filled in. */
  readonly file: string;
  readonly kind: ConsultationKind;
  readonly agency: SampleAgencyKey;
  readonly siteName: string;
  readonly phase: Exclude<Phase, 'withdrawn'>;
  readonly opensInDays: number;
  readonly closesInDays: number;
  readonly closesAtHour: 18 | 24;
  /** True where comments are shown to the public once they are screened. */
  readonly showsComments?: boolean;
  readonly comments: readonly SampleSubmission[];
  readonly nextVersion?: SampleVersion;
  readonly mails?: readonly SampleMail[];
  readonly table?: SampleTable;
}
