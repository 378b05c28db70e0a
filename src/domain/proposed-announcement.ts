import type { Announcement } from './announcement-issues.ts';
import type { Paste } from './parse/paste.ts';

/** The agency that asks, as far as an announcement names it. */
export interface AskingAgency {
  readonly name: string;
  readonly short_name: string;
  readonly site_name: string;
}

/** The announcement before anything is known but who asks. */
export function bareAnnouncement(agency: AskingAgency | undefined): Announcement {
  return {
    title: '',
    documentNumber: '',
    addressee: '',
    agencyName: agency?.name ?? '',
    agencyShort: agency?.short_name ?? '',
    siteName: agency?.site_name ?? '',
    purpose: '',
    draftName: '',
    mailbox: '',
    phone: '',
    fax: '',
    address: '',
    postcode: '',
    contactPerson: '',
    announcedOn: '',
    text: '',
    reasonForShortening: '',
  };
}

/**
 * The announcement with what a paste says, in every field that is still empty or still as in `bare`; without a date it
 * is dated `today`.
 */
export function withFound(
  current: Announcement,
  bare: Announcement,
  { fields, text }: Paste['announcement'],
  today: string,
): Announcement {
  const filled = (field: Exclude<keyof Announcement, 'siteName' | 'reasonForShortening'>): string => {
    const value = field === 'text' ? text : (fields[field]?.value ?? '');
    const found = field === 'purpose' ? value.replace(/^为/, '') : value;
    const isFresh = current[field] === '' || current[field] === bare[field];
    return isFresh && found !== '' ? found : current[field];
  };
  const agencyName = filled('agencyName');
  // The short name of the officer's own agency is not that of the agency the text names.
  const isOther = agencyName !== current.agencyName && !fields.agencyShort;
  return {
    title: filled('title'),
    documentNumber: filled('documentNumber'),
    addressee: filled('addressee'),
    agencyName,
    agencyShort: isOther ? '' : filled('agencyShort'),
    siteName: current.siteName,
    purpose: filled('purpose'),
    draftName: filled('draftName'),
    mailbox: filled('mailbox'),
    phone: filled('phone'),
    fax: filled('fax'),
    address: filled('address'),
    postcode: filled('postcode'),
    contactPerson: filled('contactPerson'),
    announcedOn: filled('announcedOn') || today,
    text: filled('text'),
    reasonForShortening: current.reasonForShortening,
  };
}

/** The deadline a paste states; null when it states none or one that is over: the database refuses an end before the start. */
export function deadlineIn({ fields }: Paste['announcement'], after: Date): Date | null {
  const closesAt = new Date(fields.closesAt?.value ?? '');
  return closesAt > after ? closesAt : null;
}
