import { dayMs } from '../../domain/shanghai.ts';

const firstOf1900 = Date.UTC(1899, 11, 30);
const firstOf1904 = Date.UTC(1904, 0, 1);
const lastSerial = 2_958_465;

/** A number of a cell as text: a date as `2026-04-07`, anything else in digits, never with an exponent. */
export function shownNumber(value: string, isDate: boolean, is1904: boolean): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (isDate && number >= 1 && number <= lastSerial) {
    const first = is1904 ? firstOf1904 : firstOf1900;
    return new Date(first + Math.floor(number) * dayMs).toISOString().slice(0, 10);
  }
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}

// Of the formats that every program knows by number, those that show a day (ECMA-376, 18.8.30, Chinese ones included).
const builtIn = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);

/** True for a number format that shows a day: by its number, or by a code such as `yyyy"年"m"月"d"日"`. */
export function showsDay(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn.has(id);
  return /[yd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

/** Text without the way in which the format writes characters that XML cannot hold (`_x000D_`). */
export function shownText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
