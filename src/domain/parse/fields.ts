import type { AnnouncementField, FoundField, FoundFields } from '../announcement.ts';
import { closingIn, closingWithin } from './closing.ts';
import { contactsOf } from './contacts.ts';
import { isoDay, momentsIn } from './dates.ts';
import { isDateLine, isDocumentNumber } from './front.ts';
import { isSiteLine } from './furniture.ts';
import type { Line } from './lines.ts';
import { namesOf } from './names.ts';

/** The facts stated in the lines of an announcement, each with the words it came from. */
export function fieldsOf(lines: readonly Line[]): FoundFields {
  const announcedOn = announcedOnOf(lines);
  const facts: { [field in AnnouncementField]?: FoundField | null } = {
    ...contactsOf(lines),
    announcedOn,
    closesAt: closesAtOf(lines, announcedOn?.value ?? null),
    documentNumber: lineWhere(lines, isDocumentNumber),
    addressee: addresseeOf(lines),
    ...namesOf(lines),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact != null && fact.value !== ''));
}

/** A field whose value is a whole line. */
function lineWhere(lines: readonly Line[], test: (text: string) => boolean): FoundField | null {
  const line = lines.find(({ text }) => test(text));
  return line ? { value: line.text, words: line.text, line: line.number } : null;
}

/** The last line that is a date, or ends with one behind the signature; else the date of publication in the page head. */
function announcedOnOf(lines: readonly Line[]): FoundField | null {
  const signed =
    lines.findLast(({ text }) => isDateLine(text)) ??
    lines.findLast(({ text }) => signedDate.test(text.slice(-60)));
  const line =
    signed ??
    lines.find(({ text }) => /(?:发布|發布|成文|生成)(?:时间|日期|日期)[：:]?/.test(text.slice(0, 200)));
  const moment = line && momentsIn(line.text).findLast((one) => one.year !== null);
  const value = moment && isoDay(moment);
  return line && value ? { value, words: line.text.slice(-80), line: line.number } : null;
}

const signedDate = /[局厅部会院府办委]\s{1,10}\d{4}年\d{1,2}月\d{1,2}日$/;

function closesAtOf(lines: readonly Line[], announcedOn: string | null): FoundField | null {
  for (const find of [closingIn, closingWithin])
    for (const line of closingLines(lines)) {
      const found = find(line.text, announcedOn);
      if (found) return { ...found, line: line.number };
    }
  return null;
}

/** Lines that may state a period, those that speak of it first. */
function closingLines(lines: readonly Line[]): Line[] {
  const usable = lines.filter(
    (line) => line.text.length < 4000 && !isDateLine(line.text) && !isSiteLine(line),
  );
  const said = usable.filter(({ text }) =>
    /截止|截至|日前|时前|点前|以前|之前|止|至|期限|时间|時間|日期/.test(text),
  );
  return [...new Set([...said, ...usable])];
}

function addresseeOf(lines: readonly Line[]): FoundField | null {
  return lineWhere(
    lines.slice(0, 12),
    (text) => text.length < 60 && /^(?:各|全[体市县区省]|广大|尊敬的|社会各界).*[：:]$/.test(text),
  );
}
