/** The facts an announcement states; every one may be missing in a pasted text. */
export const announcementFields = [
  'title',
  'documentNumber',
  'addressee',
  'agencyName',
  'agencyShort',
  'purpose',
  'draftName',
  'closesAt',
  'mailbox',
  'phone',
  'fax',
  'address',
  'postcode',
  'contactPerson',
  'announcedOn',
] as const;
export type AnnouncementField = (typeof announcementFields)[number];

/**
 * A value found in a pasted announcement, with the words it came from.
 * `closesAt` is an ISO instant with offset (`2021-08-03T18:00:00+08:00`), `announcedOn` a date (`2021-08-01`);
 * all others are plain text. Year missing in the source: taken from `announcedOn`.
 */
export interface FoundField {
  readonly value: string;
  readonly words: string;
  readonly line: number;
}
export type FoundFields = { readonly [field in AnnouncementField]?: FoundField };
