import { closingInstant, daysAfter, isoDay, type Moment, momentsIn } from './dates.ts';
import { folded } from './fold.ts';

const before = /(?:截止|截至|止于|至|到|—|–|-|~|～|─)[^\d年月日。;；]{0,12}$/;
const after = /^\s{0,3}(?:之?以?前|止|截止|结束|起?至|期满)/;
const within = /(?:(\d{1,3})|([一二三四五六七八九十]{1,3}))\s?(?:天|日)(?:之?内|以内)/;

/** The closing instant a sentence states, with the words it came from; null when it states none. */
export function closingIn(text: string, announcedOn: string | null): { value: string; words: string } | null {
  const moments = momentsIn(text);
  const index = moments.findLastIndex((moment, place) => closes(text, moment, moments[place - 1]));
  const moment = moments[index];
  if (!moment) return null;
  const year = moment.year ?? yearOf(moment, moments.slice(0, index), announcedOn);
  if (year === null) return null;
  return {
    value: closingInstant(year, moment),
    words: text.slice(Math.max(0, moment.start - 12), moment.end + 4),
  };
}

/** The closing instant that follows from 30日内 and the day of the announcement. */
export function closingWithin(
  text: string,
  announcedOn: string | null,
): { value: string; words: string } | null {
  const match = within.exec(folded(text));
  const days = match?.[1] ? Number(match[1]) : null;
  if (!match || !days || announcedOn === null) return null;
  const last = daysAfter(announcedOn, days);
  const [year, month, day] = last.split('-').map(Number);
  return {
    value: closingInstant(year ?? 0, { month: month ?? 1, day: day ?? 1, minutes: null, start: 0, end: 0 }),
    words: match[0],
  };
}

function closes(text: string, moment: Moment, previous: Moment | undefined): boolean {
  const lead = folded(text.slice(Math.max(previous?.end ?? 0, moment.start - 16), moment.start));
  return (
    (after.test(folded(text.slice(moment.end, moment.end + 8))) &&
      !/^\s{0,3}起?至/.test(text.slice(moment.end))) ||
    before.test(lead) ||
    /截止|截至/.test(lead)
  );
}

/** Without a year: that of the dates before it, else the first such day that is not before the announcement. */
function yearOf(moment: Moment, earlier: readonly Moment[], announcedOn: string | null): number | null {
  const stated = earlier.findLast((one) => one.year !== null);
  const start = stated ? isoDay(stated) : announcedOn;
  if (start === null) return null;
  const year = Number(start.slice(0, 4));
  const day = isoDay({ ...moment, year });
  return day !== null && day < start ? year + 1 : year;
}
