/** Civil time in China: UTC+8 without daylight saving time since 1992. */
const offsetMs = 8 * 3_600_000;
export const dayMs = 86_400_000;

/** A calendar day in Asia/Shanghai, written `YYYY-MM-DD`. */
export type Day = string;

/** The calendar day in Asia/Shanghai on which an instant falls. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(0, 10);
}

/** The first instant of a day in Asia/Shanghai; throws a RangeError for anything but a real `YYYY-MM-DD`. */
export function startOf(day: Day): Date {
  const instant = new Date(`${day}T00:00:00+08:00`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(instant.getTime()) || dayOf(instant) !== day)
    throw new RangeError(`not a day: ${day}`);
  return instant;
}

/** The day `days` calendar days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOf(new Date(startOf(day).getTime() + days * dayMs));
}

/** The first instant after the day on which `now` falls: when everything counted in days changes. */
export function nextMidnight(now: Date): Date {
  return startOf(addDays(dayOf(now), 1));
}

/** `2026年3月1日`: Arabic digits, full year, no padding (GB/T 9704-2012, 7.3.5.4). */
export function officialDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2026年3月1日`, as officialDay, of the day on which the instant falls. */
export function officialDayOf(instant: Date): string {
  return officialDay(dayOf(instant));
}

/**
 * A deadline as announcements write it: `2021年8月3日下午6时`, `2026年4月1日上午9时30分`. Midnight belongs to the
 * day that ends: `2026年3月1日24时`.
 */
export function officialDeadline(instant: Date): string {
  const local = new Date(instant.getTime() + offsetMs);
  const hour = local.getUTCHours();
  const minute = local.getUTCMinutes();
  if (hour === 0 && minute === 0) return `${officialDay(addDays(dayOf(instant), -1))}24时`;
  const half = hour < 12 ? '上午' : hour === 12 ? '中午' : '下午';
  const shown = hour > 12 ? hour - 12 : hour;
  return `${officialDayOf(instant)}${half}${shown}时${minute ? `${minute}分` : ''}`;
}

/** `2026年3月1日 09:05`, for receipts and records. */
export function officialMinute(instant: Date): string {
  const local = new Date(instant.getTime() + offsetMs).toISOString();
  return `${officialDayOf(instant)} ${local.slice(11, 16)}`;
}

/** When something came: as officialMinute, or the day alone for its first instant, which stands for a day known by date. */
export function officialArrival(instant: Date): string {
  const isDay = startOf(dayOf(instant)).getTime() === instant.getTime();
  return isDay ? officialDayOf(instant) : officialMinute(instant);
}

/** `2026-03-01T09:05`, what an `<input type="datetime-local">` takes. */
export function inputMinute(instant: Date): string {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(0, 16);
}

/** The instant that a `datetime-local` value names in Asia/Shanghai, or null when it names none. */
export function instantFromInput(value: string): Date | null {
  const match = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-4]):([0-5]\d)$/.exec(value.trim());
  if (!match?.[1]) return null;
  try {
    const instant = startOf(match[1]).getTime() + (Number(match[2]) * 60 + Number(match[3])) * 60_000;
    return match[2] === '24' && match[3] !== '00' ? null : new Date(instant);
  } catch {
    return null;
  }
}

/** Whole days from `from` until `to`, rounded up: 1 on the last day, 0 once past. */
export function daysUntil(from: Date, to: Date): number {
  return Math.max(0, Math.ceil((to.getTime() - from.getTime()) / dayMs));
}
