import type { Consultation } from '../../db/consultations.ts';
import type { Announcement } from '../../domain/announcement-issues.ts';
import { type Asked, type Asks, askedChoices } from '../../domain/comment.ts';
import type { ConsultationKind } from '../../domain/consultation.ts';
import { readDay } from '../../domain/days.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, line, text } from '../forms.ts';
import { kindIn, readInstant, shownInstant } from './period.ts';

const oneLine = [
  'title',
  'documentNumber',
  'addressee',
  'agencyName',
  'agencyShort',
  'siteName',
  'purpose',
  'draftName',
  'mailbox',
  'phone',
  'fax',
  'address',
  'postcode',
  'contactPerson',
  'announcedOn',
] as const satisfies readonly (keyof Announcement)[];
const severalLines = ['text', 'reasonForShortening'] as const satisfies readonly (keyof Announcement)[];

const askFields = { name: 'asksName', phone: 'asksPhone', email: 'asksEmail' } as const;
const notOfTheText = ['kind', 'opensAt', 'closesAt', ...Object.values(askFields), 'showsComments'] as const;

/** The fields of the form, as they stand in it. */
export type AnnouncementValues = Readonly<Record<keyof Announcement | (typeof notOfTheText)[number], string>>;

/** The same, read. */
export interface AnnouncementRead {
  readonly kind: ConsultationKind;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly announcement: Announcement;
  readonly asks: Asks;
  readonly showsComments: boolean;
}

/** The form filled in with what is saved. */
export function savedValues(consultation: Consultation): AnnouncementValues {
  return {
    ...consultation.announcement,
    kind: consultation.kind,
    opensAt: shownInstant(consultation.opensAt, false),
    closesAt: shownInstant(consultation.closesAt, true),
    asksName: consultation.asks.name,
    asksPhone: consultation.asks.phone,
    asksEmail: consultation.asks.email,
    showsComments: consultation.showsComments ? 'yes' : '',
  };
}

/** The form as it was typed, cleaned. */
export function typedValues(body: FormBody): AnnouncementValues {
  const names = [...oneLine, ...notOfTheText];
  return Object.fromEntries([
    ...names.map((name) => [name, line(body, name)]),
    ...severalLines.map((name) => [name, text(body, name)]),
  ]) as AnnouncementValues;
}

/** What the form says, or what in it cannot be read; incomplete is no issue here. */
export function readAnnouncement(
  values: AnnouncementValues,
): AnnouncementRead | { readonly issues: readonly Issue[] } {
  const kind = kindIn(values.kind);
  const opensAt = readInstant(values.opensAt, false);
  const closesAt = readInstant(values.closesAt, true);
  const announcedOn = readDay(values.announcedOn);
  const asks = asksIn(values);
  const issues: Issue[] = [...('issues' in asks ? asks.issues : [])];
  if (!kind) issues.push({ field: 'kind', key: 'choose' });
  if (opensAt === undefined) issues.push({ field: 'opensAt', key: 'notATime' });
  if (closesAt === undefined) issues.push({ field: 'closesAt', key: 'notATime' });
  if (opensAt && closesAt && closesAt <= opensAt) issues.push({ field: 'closesAt', key: 'endBeforeStart' });
  if (announcedOn === undefined) issues.push({ field: 'announcedOn', key: 'notADay' });
  if (
    !kind ||
    opensAt === undefined ||
    closesAt === undefined ||
    announcedOn === undefined ||
    'issues' in asks ||
    issues.length > 0
  )
    return { issues };
  const showsComments = values.showsComments === 'yes';
  return { kind, opensAt, closesAt, announcement: { ...textOf(values), announcedOn }, asks, showsComments };
}

function asksIn(values: AnnouncementValues): Asks | { readonly issues: readonly Issue[] } {
  const issues = Object.values(askFields)
    .filter((field) => !(askedChoices as readonly string[]).includes(values[field]))
    .map((field) => ({ field, key: 'choose' }));
  if (issues.length > 0) return { issues };
  const [name, phone, email] = [values.asksName, values.asksPhone, values.asksEmail] as Asked[];
  return { name, phone, email } as Asks;
}

function textOf(values: AnnouncementValues): Announcement {
  const names = [...oneLine, ...severalLines];
  return Object.fromEntries(names.map((name) => [name, values[name]])) as unknown as Announcement;
}
