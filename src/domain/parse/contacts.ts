import type { AnnouncementField, FoundField, FoundFields } from '../announcement.ts';
import { folded } from './fold.ts';
import type { Line } from './lines.ts';

type ContactField = Extract<
  AnnouncementField,
  'mailbox' | 'phone' | 'fax' | 'address' | 'postcode' | 'contactPerson'
>;

const g = '\\s{0,6}';
const spread = (word: string) => [...word].join(g);
const words: readonly [ContactField, string][] = [
  [
    'contactPerson',
    `${spread('联系人')}(?:${g}及${g}(?:${spread('联系')})?${spread('电话')})?|${spread('联络人')}`,
  ],
  ['fax', spread('传真')],
  [
    'phone',
    `(?:${spread('联系')}|${spread('咨询')}|${spread('办公')}|${spread('监督')})?${g}${spread('电话')}|${spread('热线')}`,
  ],
  ['postcode', `${spread('邮政编码')}|${spread('邮编')}`],
  [
    'mailbox',
    `${spread('电子')}${g}(?:${spread('邮箱')}|${spread('邮件')}|${spread('信箱')})|${spread('邮箱')}|[Ee]-?[Mm]ail`,
  ],
  [
    'address',
    `(?:${['通讯', '通信', '邮寄', '联系', '寄送', '单位', '办公', '收件', '来信'].map(spread).join('|')})?${g}${spread('地址')}`,
  ],
];
const anyLabel = new RegExp(
  `(${words.map(([, word]) => `(?:${word})`).join('|')})${g}(?:号码)?${g}(?:[:为]|(?=\\d)|$)`,
  'g',
);
const separators = /^[\s:为至,]{0,8}/;
const mailSent = /^(?:发送?至|请?发送?到|寄至|请寄至)?(?:电子邮箱)?[:\s]{0,4}/;
const posted = /(?:邮寄至|寄至|寄到|寄往|信函邮寄至|送交)\s{0,3}:?\s{0,3}([^。;]{4,80})/;
const phoneNumber = /\(?\+?\d[\d\s\-()*—–－]{4,24}[\d*](?:\s{0,2}转\s{0,2}\d{1,6})?/g;

/** Finds the ways to send comments in the lines of an announcement; of each kind the first value behind its label counts. */
export function contactsOf(lines: readonly Line[]): FoundFields {
  const found: { [field in ContactField]?: FoundField } = {};
  const usable = lines.filter(({ text }) => text.length < 4000);
  for (const find of [labelledContacts, looseContacts])
    for (const [index, line] of usable.entries())
      for (const [field, value] of find(line.text, usable[index + 1]?.text ?? ''))
        if (value !== '') found[field] ??= { value, words: line.text.slice(0, 200), line: line.number };
  return found;
}

/** Values behind a label: 电话：…; a label that ends its line is followed by its value on the next. */
function labelledContacts(text: string, next: string): [ContactField, string][] {
  const plain = folded(text);
  const labels = [...plain.matchAll(anyLabel)];
  return labels.flatMap((match, index) => {
    const start = match.index + match[0].length;
    const value = text.slice(start, labels[index + 1]?.index);
    const below = value.trim() === '' && index === labels.length - 1 && isBareValue(next);
    return valuesOf(fieldOf(match[1] ?? ''), below ? next : value);
  });
}

/** A short line without a label of its own. */
function isBareValue(text: string): boolean {
  return text.length < 60 && folded(text).search(anyLabel) < 0;
}

/** A mailbox without a label, and the place behind 寄至. */
function looseContacts(text: string): [ContactField, string][] {
  const plain = folded(text);
  const match = posted.exec(plain);
  const place = match
    ? text.slice(match.index + match[0].length - (match[1] ?? '').length, match.index + match[0].length)
    : '';
  return [['mailbox', mailboxIn(plain, 0) ?? ''], ...postedAddress(place)];
}

function fieldOf(word: string): ContactField {
  return words.find(([, pattern]) => new RegExp(`^(?:${pattern})$`).test(word))?.[0] ?? 'phone';
}

function valuesOf(field: ContactField, behind: string): [ContactField, string][] {
  const text = behind.slice(separators.exec(folded(behind.slice(0, 8)))?.[0].length ?? 0);
  const value = folded(text);
  if (field === 'mailbox') return [[field, mailboxIn(value.replace(mailSent, ''), 0) ?? '']];
  if (field === 'postcode') return [[field, /^\d{6}/.exec(value)?.[0] ?? '']];
  if (field === 'phone' || field === 'fax') return [[field, phonesIn(value)]];
  if (field === 'contactPerson')
    return [
      [field, personIn(value)],
      ['phone', phonesIn(value)],
    ];
  return [
    [field, addressIn(text)],
    ['postcode', bracketedPostcode(value)],
  ];
}

/** A mailbox written as usual or with space before @. */
function mailboxIn(plain: string, from: number): string | null {
  const at = plain.indexOf('@', from);
  if (at < 0) return null;
  const name = /[\w.+-]{1,64}\s{0,2}$/.exec(plain.slice(Math.max(0, at - 66), at))?.[0].trim();
  const host = /^\s{0,2}([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})/.exec(
    plain.slice(at + 1, at + 200),
  )?.[1];
  return name && host ? `${name}@${host}` : mailboxIn(plain, at + 1);
}

function phonesIn(value: string): string {
  const end = value.search(/[。;@]/);
  const numbers = [...value.slice(0, end < 0 ? 120 : end).matchAll(phoneNumber)].map((match) =>
    match[0].trim(),
  );
  return numbers.filter((number) => number.replace(/\D/g, '').length >= 5).join('、');
}

function personIn(value: string): string {
  const name = /^[^\d;。:(（@]{0,40}/.exec(value)?.[0] ?? '';
  return name
    .replace(/[\s,，、及]+$/, '')
    .trim()
    .replace(/,/g, '、');
}

function addressIn(text: string): string {
  const end = text.search(
    /[；;。]|[，,]\s*(?:$|邮|郵|收件|联系|聯|并|並)|[（(](?:邮编|邮政编码|郵編|郵政編碼|\d{6}|请|請|收)/,
  );
  return (end < 0 ? text : text.slice(0, end)).replace(/[\s，,、(（]+$/, '').slice(0, 200);
}

function postedAddress(text: string): [ContactField, string][] {
  const address = addressIn(text.replace(/^[“"「]/, ''));
  const isPlace = /[省市区區县縣路街道号號镇鎮村信箱]/.test(address) && !address.includes('@');
  return isPlace ? [['address', address]] : [];
}

function bracketedPostcode(value: string): string {
  return /\((\d{6})\)/.exec(value)?.[1] ?? '';
}
