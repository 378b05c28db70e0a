import { type Day, dayOf, startOf } from './shanghai.ts';

const whole = /^(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})[日号]?$/;
const short = /^(\d{1,2})[-月./](\d{1,2})[日号]?$/;

/** The day that was typed (`2021-08-01`, `2021年8月1日`), empty for none, undefined when it cannot be read. */
export function readDay(typed: string): Day | undefined {
  if (typed === '') return '';
  const [, year = '', month = '', date = ''] = whole.exec(typed) ?? [];
  return realDay(year, month, date);
}

/** As readDay; a day without a year (`4-7`, `4月7日`) is the last one that is not after `today`. */
export function readPastDay(typed: string, today: Day): Day | undefined {
  const [, month, date] = short.exec(typed) ?? [];
  if (month === undefined || date === undefined) return readDay(typed);
  const year = Number(today.slice(0, 4));
  const day = realDay(String(year), month, date);
  return day !== undefined && day <= today ? day : realDay(String(year - 1), month, date);
}

function realDay(year: string, month: string, date: string): Day | undefined {
  try {
    return dayOf(startOf(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`));
  } catch {
    return undefined;
  }
}
