import type { CommenterKind, Consent, Stance } from '../domain/comment.ts';
import type { ConsultationKind, Phase } from '../domain/consultation.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { Role } from '../domain/officer.ts';
import { onDogs } from './texts/on-dogs.ts';
import { onElevator } from './texts/on-elevator.ts';
import { onWater } from './texts/on-water.ts';

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
  readonly comments: readonly SampleSubmission[];
}

const siteName = '清源县人民政府网';

/** The two agencies that ask for comments; the county, its places and its people are invented. */
export const sampleAgencies: readonly SampleAgency[] = [
  {
    key: 'housing',
    name: '清源县住房和城乡建设局',
    shortName: '县住建局',
    siteName,
    address: '云岭省清源县沁园街道建设路26号',
    postcode: '098700',
    phone: '0600-5550126',
    fax: '0600-5550127',
    mailbox: 'qyzjj@example.cn',
    contact: '苏文澜',
  },
  {
    key: 'office',
    name: '清源县人民政府办公室',
    shortName: '县政府办',
    siteName,
    address: '云岭省清源县沁园街道府前路1号',
    postcode: '098701',
    phone: '0600-5550101',
    fax: '0600-5550102',
    mailbox: 'qyzfb@example.cn',
    contact: '陆明谦',
  },
];

/** Officers of both agencies; their passwords are made at start. */
export const sampleOfficers: readonly SampleOfficer[] = [
  { login: 'suwenlan', name: '苏文澜', role: 'caseworker', agency: 'housing' },
  { login: 'fangjingzhou', name: '方敬舟', role: 'approver', agency: 'housing' },
  { login: 'qiaomingyue', name: '乔明悦', role: 'administrator', agency: 'housing' },
  { login: 'lumingqian', name: '陆明谦', role: 'caseworker', agency: 'office' },
  { login: 'tanshouyi', name: '谭守一', role: 'approver', agency: 'office' },
];

/** One consultation for each phase (two open), in the order in which they open. */
export const samples: readonly Sample[] = [
  {
    key: 'water',
    file: 'water.txt',
    kind: 'majorDecision',
    agency: 'office',
    siteName,
    phase: 'answered',
    opensInDays: -75,
    closesInDays: -42,
    closesAtHour: 24,
    comments: onWater,
  },
  {
    key: 'recycling',
    file: 'recycling.txt',
    kind: 'normativeDocument',
    agency: 'housing',
    siteName,
    phase: 'answered',
    opensInDays: -53,
    closesInDays: -36,
    closesAtHour: 18,
    comments: [],
  },
  {
    key: 'dogs',
    file: 'dogs.txt',
    kind: 'normativeDocument',
    agency: 'office',
    siteName,
    phase: 'closed',
    opensInDays: -41,
    closesInDays: -6,
    closesAtHour: 18,
    comments: onDogs,
  },
  {
    key: 'elevator',
    file: 'elevator.txt',
    kind: 'majorDecision',
    agency: 'housing',
    siteName,
    phase: 'open',
    opensInDays: -29,
    closesInDays: 2,
    closesAtHour: 18,
    comments: onElevator,
  },
  {
    key: 'charging',
    file: 'charging.txt',
    kind: 'normativeDocumentMarket',
    agency: 'housing',
    siteName,
    phase: 'open',
    opensInDays: -9,
    closesInDays: 23,
    closesAtHour: 24,
    comments: [],
  },
  {
    key: 'bus',
    file: 'bus.txt',
    kind: 'majorDecision',
    agency: 'office',
    siteName,
    phase: 'upcoming',
    opensInDays: 4,
    closesInDays: 36,
    closesAtHour: 24,
    comments: [],
  },
];
