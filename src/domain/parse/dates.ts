import { numberOf } from '../numerals.ts';

/** A day, and the time of day if one is given. */
export interface Moment {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** Minutes after midnight, China Standard Time; null when no time is given. */
  readonly minutes: number | null;
  /** Where in the text the words stand. */
  readonly start: number;
  readonly end: number;
}

const digit = '[0-9０-９]';
const numeral = '[0-9０-９〇○零OＯ一二三四五六七八九十]';
const gap = '\\s{0,3}';
const time = `(?:${gap}(上午|下午|中午|晚上?|凌晨|早上?)?${gap}(${digit}{1,2}|[一二三四五六七八九十]{1,3})${gap}(?:[:：]${gap}(${digit}{2})(?:[:：]${digit}{2})?|[时時点點](?:${gap}(${digit}{1,2})${gap}分|(半))?))?`;
const written = new RegExp(
  `(?:(${numeral}{4})${gap}年${gap})?(?<!${digit})(${numeral}{1,3})${gap}月${gap}(?:(${numeral}{1,3})${gap}[日号號]?)${time}`,
  'g',
);
const numeric = new RegExp(
  `(?<!${digit})(${digit}{4})[-/.．／－](${digit}{1,2})[-/.．／－](${digit}{1,2})(?!${digit})${time}`,
  'g',
);

/** Every date in a text, in order. `2021年8月3日下午6时`, `8月3日`, `2021-08-03 18:00`, full-width digits too. */
export function momentsIn(text: string): Moment[] {
  if (!/[月0-9０-９]/.test(text)) return [];
  const found = [...text.matchAll(written), ...text.matchAll(numeric)].map(momentOf);
  return found.filter((moment) => moment !== null).sort((one, other) => one.start - other.start);
}

/** `2021-08-03` for a moment; null without a year. */
export function isoDay(moment: Moment): string | null {
  if (moment.year === null) return null;
  return `${moment.year}-${two(moment.month)}-${two(moment.day)}`;
}

/**
 * The first instant that is too late, with offset: `2021-08-03T18:00:00+08:00`. A day without a time ends at
 * 24:00, which is 00:00 of the next day.
 */
export function closingInstant(year: number, { month, day, minutes }: Omit<Moment, 'year'>): string {
  const date = new Date(Date.UTC(year, month - 1, day, 0, minutes ?? 24 * 60));
  return `${date.toISOString().slice(0, 19)}+08:00`;
}

/** The day that lies a number of days after a day: `2021-08-31` for `2021-08-01` and 30. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function momentOf(match: RegExpMatchArray): Moment | null {
  const [words, year, month, day, half, hour, colonMinutes, minutes, halfHour] = match;
  const number = (text: string | undefined) => numberOf((text ?? '').replace(/[OＯ]/g, '〇'));
  const [monthNumber, dayNumber] = [number(month), number(day)];
  if (!monthNumber || !dayNumber || monthNumber > 12 || dayNumber > 31) return null;
  const clock = minutesOf(half, number(hour), halfHour ? 30 : (number(colonMinutes ?? minutes) ?? 0));
  const start = match.index ?? 0;
  return {
    year: number(year),
    month: monthNumber,
    day: dayNumber,
    minutes: clock,
    start,
    end: start + words.length,
  };
}

function minutesOf(half: string | undefined, hour: number | null, minutes: number): number | null {
  if (hour === null || hour > 24 || minutes > 59) return null;
  const later = hour < 12 && (half === '下午' || half?.startsWith('晚') === true);
  return (hour + (later ? 12 : 0)) * 60 + minutes;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
