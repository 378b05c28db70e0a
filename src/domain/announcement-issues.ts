import type { Channel } from './comment.ts';
import { looksLikeAddress } from './comment.ts';
import type { Issue } from './issue.ts';
import { characters } from './text.ts';

/** The announcement as an officer confirms it; every field is a cleaned string, `announcedOn` a day or empty. */
export interface Announcement {
  readonly title: string;
  readonly documentNumber: string;
  readonly addressee: string;
  readonly agencyName: string;
  readonly agencyShort: string;
  readonly siteName: string;
  readonly purpose: string;
  readonly draftName: string;
  readonly mailbox: string;
  readonly phone: string;
  readonly fax: string;
  readonly address: string;
  readonly postcode: string;
  readonly contactPerson: string;
  readonly announcedOn: string;
  readonly text: string;
  readonly reasonForShortening: string;
}

const longestText = 100_000;
const longestLine = 500;
const needed = ['title', 'agencyName', 'siteName', 'draftName', 'announcedOn', 'text'] as const;

/** What stands in the way of publishing this announcement; issues carry the field's name. */
export function announcementIssues(announcement: Announcement): Issue[] {
  return [
    ...needed.filter((field) => !announcement[field]).map((field) => ({ field, key: 'required' })),
    ...lengthIssues(announcement),
    ...contactIssues(announcement),
    ...(['title', 'draftName', 'purpose', 'text'] as const)
      .filter((field) => !isBalanced(announcement[field]))
      .map((field) => ({ field, key: 'unbalanced' })),
  ];
}

function lengthIssues(announcement: Announcement): Issue[] {
  return Object.entries(announcement).flatMap(([field, value]: [string, string]) => {
    const limit = field === 'text' ? longestText : longestLine;
    const length = characters(value);
    return length > limit ? [{ field, key: 'tooLong', values: { limit, length } }] : [];
  });
}

function contactIssues(announcement: Announcement): Issue[] {
  const { mailbox, phone, contactPerson } = announcement;
  const issues: Issue[] = [];
  if (!mailbox && !phone && !announcement.address) issues.push({ field: 'phone', key: 'noContact' });
  if (mailbox && !looksLikeAddress(mailbox)) issues.push({ field: 'mailbox', key: 'notAnAddress' });
  const [isNoPhone, isPhone] = [phone !== '' && !/\d{3}/.test(phone), /\d{5}/.test(contactPerson)];
  if (isNoPhone && isPhone) return [...issues, { field: 'contactPerson', key: 'swapped' }];
  if (isNoPhone) issues.push({ field: 'phone', key: 'notAPhone' });
  if (isPhone) issues.push({ field: 'contactPerson', key: 'isAPhone' });
  return issues;
}

const pairs: Readonly<Record<string, string>> = {
  '》': '《',
  '）': '（',
  ')': '(',
  '〉': '〈',
  '】': '【',
  '”': '“',
};
const folded: Readonly<Record<string, string>> = { '(': '（', ')': '）' };
const openers = new Set(['《', '（', '〈', '【', '“']);

/** True when brackets and quotation marks close in the order they opened; ( and （ count as one, `1）` as a label. */
export function isBalanced(text: string): boolean {
  const open: string[] = [];
  let before = '';
  for (const character of text) {
    // A straight mark closes what a curved one opened: typists mix them.
    const mark = character === '"' && open.at(-1) === '“' ? '”' : (folded[character] ?? character);
    const closesLabel = mark === '）' && open.length === 0 && /[\d一二三四五六七八九十]/.test(before);
    if (openers.has(mark)) open.push(mark);
    else if (pairs[mark] && !closesLabel && open.pop() !== pairs[mark]) return false;
    before = character;
  }
  return open.length === 0;
}

/** The channels an announcement opened: online always, the others where it names the way. */
export function openChannels(
  announcement: Pick<Announcement, 'mailbox' | 'phone' | 'fax' | 'address'>,
): Channel[] {
  const opened: Channel[] = ['online'];
  if (announcement.mailbox) opened.push('email');
  if (announcement.phone) opened.push('phone');
  if (announcement.fax) opened.push('fax');
  if (announcement.address) opened.push('letter', 'inPerson');
  return opened;
}
