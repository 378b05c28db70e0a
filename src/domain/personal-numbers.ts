import { type FoldedText, foldForNumbers, groupsOf, type NumberGroup } from './number-groups.ts';
import { textsOf, type Words } from './screening.ts';

export const personalNumberKinds = ['phone', 'residentId', 'bankCard', 'email'] as const;
export type PersonalNumberKind = (typeof personalNumberKinds)[number];

/** A number by which a person can be reached or known, and where it stands: [start, end) in UTF-16 units. */
export interface PersonalNumber {
  readonly kind: PersonalNumberKind;
  readonly start: number;
  readonly end: number;
}

/**
 * Phone numbers, resident identity numbers, bank cards and e-mail addresses in a text, in order, none overlapping.
 * Full-width digits, spaces, hyphens and invisible characters inside hide none. Linear in the length of the text.
 */
export function personalNumbers(text: string): PersonalNumber[] {
  if (!mayHoldNumbers(text)) return [];
  const folded = foldForNumbers(text);
  const found = [...addressesIn(folded), ...numbersIn(folded)].sort((a, b) => a.start - b.start);
  return found.filter(({ start }, index) => index === 0 || start >= (found[index - 1] as PersonalNumber).end);
}

const digits = /[\p{Nd}\p{No}]/gu;
const han = /[\u3400-\u9fff]+/g;

// Most texts are done with here, and sooner without their Han characters, none of which is a digit.
function mayHoldNumbers(text: string): boolean {
  const rest = text.replace(han, '');
  return /[@\uff20]/.test(rest) || (rest.match(digits)?.length ?? 0) >= shortest;
}

/** True when any of the words holds a personal number. */
export function hasPersonalNumbers(words: Words): boolean {
  return textsOf(words).some((text) => personalNumbers(text).length > 0);
}

// A local number without its area code.
const shortest = 7;
// More groups than these are no number that anybody writes.
const mostGroups = 5;

function numbersIn(folded: FoldedText): PersonalNumber[] {
  const groups = groupsOf(folded);
  const found: PersonalNumber[] = [];
  for (let at = 0; at < groups.length; ) {
    const number = longestAt(folded, groups, at);
    if (number) found.push(number.found);
    at += number?.groups ?? 1;
  }
  return found;
}

function longestAt(folded: FoldedText, groups: readonly NumberGroup[], at: number) {
  const run = runFrom(groups, at);
  for (let count = run.length; count > 0; count -= 1) {
    const part = run.slice(0, count);
    const kind = kindOf(part, folded);
    const [first, last] = [part[0] as NumberGroup, part[count - 1] as NumberGroup];
    if (kind)
      return {
        found: { kind, start: folded.startOf(first.start), end: folded.endOf(last.end) },
        groups: count,
      };
  }
  return undefined;
}

// Groups that only single separators part.
function runFrom(groups: readonly NumberGroup[], at: number): NumberGroup[] {
  const run = [groups[at] as NumberGroup];
  for (const next of groups.slice(at + 1, at + mostGroups)) {
    if (!next.joined) break;
    run.push(next);
  }
  return run;
}

function kindOf(part: readonly NumberGroup[], folded: FoldedText): PersonalNumberKind | undefined {
  const [first, last] = [part[0] as NumberGroup, part.at(-1) as NumberGroup];
  if (isAmount(folded.text, first.start, last.end)) return undefined;
  const number = part.map((group) => group.digits).join('');
  if (number.length < shortest) return undefined;
  const shape = part.map((group) => group.digits.length).join(' ');
  if (isPhone(number, shape)) return 'phone';
  if (isLabelled(folded.text, first.start) && localShape.test(shape)) return 'phone';
  if (/[a-z0-9]/.test(folded.text.slice(Math.max(0, first.start - 1), first.start))) return undefined;
  if (/^[a-z]/.test(folded.text.slice(last.end))) return undefined;
  if (isResidentId(number, shape)) return 'residentId';
  return isBankCard(number, shape) ? 'bankCard' : undefined;
}

function isAmount(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 5)];
  return /[¥￥$€] ?$/.test(before) || /^\.\d{1,2}(?!\d)|^ ?[百千万亿]{0,2}元|^ ?亿|^ ?[%％]/.test(after);
}

const mobileShape = /^((2|4) )?(11|3 4 4|4 4 3|3 8|4 7|7 4|3 3 5|4 3 4|5 6|5 3 3)$/;
const mobile = /^(0{0,2}86)?1[3-9]\d{9}$/;
const landlineShape = /^((2|4) )?([34] ([78]|3 4|4 3|4 4|3 5)|1[012])$/;
const landline = /^(0{0,2}86)?0(10|2\d|[3-9]\d\d)[2-8]\d{6,7}$/;
const localShape = /^([78]|3 4|4 4)$/;

function isPhone(number: string, shape: string): boolean {
  if (mobile.test(number)) return mobileShape.test(shape) || /^1[345]$/.test(shape);
  return landlineShape.test(shape) && landline.test(number);
}

// A number without its area code is one only where it is called so.
function isLabelled(text: string, start: number): boolean {
  return /(电话|座机|固话|传真|tel)[^a-z0-9]{0,4}$/.test(text.slice(Math.max(0, start - 8), start));
}

const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// The old numbers have no check digit: a date between other figures is not to be taken for one.
const oldIdShape = /^(15|6 6 3|6 2 2 2 3|3 3 6 3|3 3 3 3 3|5 5 5)$/;

/** True for a resident identity number: 18 characters that check (GB 11643), or the old 15 digits with a possible birthday. */
function isResidentId(number: string, shape: string): boolean {
  if (!provinces.test(number)) return false;
  if (/^\d{15}$/.test(number)) return oldIdShape.test(shape) && isBirthday(number.slice(8, 12));
  if (!/^\d{17}[\dx]$/.test(number) || !isBirthday(number.slice(10, 14))) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return number[17] === '10x98765432'[sum % 11];
}

function isBirthday(monthAndDay: string): boolean {
  const [month, day] = [Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(2))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const cardShape = /^(1[6-9]|4 4 4 4( [123])?|6 1[0-3])$/;

function isBankCard(number: string, shape: string): boolean {
  return cardShape.test(shape) && /^[3-9]\d+$/.test(number) && checksByLuhn(number);
}

function checksByLuhn(number: string): boolean {
  let sum = 0;
  for (let index = 0; index < number.length; index += 1) {
    const digit = Number(number.at(-1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const longestLocal = 64;
const longestHost = 100;

function addressesIn(folded: FoldedText): PersonalNumber[] {
  const found: PersonalNumber[] = [];
  for (let at = folded.text.indexOf('@'); at >= 0; at = folded.text.indexOf('@', at + 1)) {
    const [local] = /[a-z0-9._%+-]*$/.exec(folded.text.slice(Math.max(0, at - longestLocal), at)) ?? [''];
    const [host] = /^[a-z0-9-]+(\.[a-z0-9-]+)+/.exec(folded.text.slice(at + 1, at + 1 + longestHost)) ?? [''];
    if (local && host)
      found.push({
        kind: 'email',
        start: folded.startOf(at - local.length),
        end: folded.endOf(at + 1 + host.length),
      });
  }
  return found;
}
