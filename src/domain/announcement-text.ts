import type { FoundFields } from './announcement.ts';
import { annexIssues } from './announcement-annexes.ts';
import type { Announcement } from './announcement-issues.ts';
import type { Issue } from './issue.ts';
import type { Block } from './outline.ts';
import { closingInstant, type Moment, momentsIn } from './parse/dates.ts';
import { fieldsOf } from './parse/fields.ts';
import { linesOf } from './parse/lines.ts';
import { dayOf } from './shanghai.ts';

/**
 * What the announcement's own text says that must not go out with these fields and this draft: a date without its
 * year, another deadline, contact person and phone swapped, an annex that is not there. Issues on `text`, `closesAt`.
 */
export function textIssues(
  { text, draftName, title }: Announcement,
  closesAt: Date | null,
  blocks: readonly Block[],
): Issue[] {
  return [
    ...yearlessDates(text).map((words) => ({ field: 'text', key: 'yearMissing', values: { words } })),
    ...deadlineIssues(text, closesAt),
    ...(isSwapped(text) ? [{ field: 'text', key: 'swapped' }] : []),
    ...annexIssues(text, [draftName, title], blocks),
  ];
}

/** The facts that an announcement's text states; all of it is the announcement. */
export function statedIn(text: string): FoundFields {
  return fieldsOf(linesOf(text));
}

/** True when words name a day, rather than a number of days from another. */
export function namesDay(words: string): boolean {
  return momentsIn(words).length > 0;
}

// Other days may be named, too: it is wrong where the text does not name the deadline at all.
function deadlineIssues(text: string, closesAt: Date | null): Issue[] {
  const stated = statedIn(text).closesAt;
  if (!stated || !closesAt || !namesDay(stated.words)) return [];
  if (momentsIn(text).some((moment) => endsAt(moment, closesAt))) return [];
  return [{ field: 'closesAt', key: 'otherDeadline', values: { words: stated.words } }];
}

function endsAt(moment: Moment, closesAt: Date): boolean {
  const [year, last] = [dayOf(closesAt), dayOf(new Date(closesAt.getTime() - 1))].map((day) =>
    Number(day.slice(0, 4)),
  );
  const years = moment.year === null ? [year ?? 0, last ?? 0] : [moment.year];
  return years.some((each) => new Date(closingInstant(each, moment)).getTime() === closesAt.getTime());
}

const joins = /^\s{0,3}(?:起)?\s{0,3}(?:至|到|—{1,2}|–|-|~|～|─{1,2}|和|、|或)\s{0,3}$/;
const saysWhichYear = /(?:今年|本年|当年|當年|同年|次年|翌年|明年|去年|每年|今日|今天)[度的（(]{0,2}$/;

/** The dates in a text that lack their year and have none from their sentence, as they are written. */
function yearlessDates(text: string): string[] {
  const moments = momentsIn(text).filter((moment) => moment.year !== null || isWhole(text, moment));
  const known = new Set<Moment>();
  for (const [index, moment] of moments.entries())
    if (hasYear(text, moment, moments[index - 1], known)) known.add(moment);
  const days = new Set([...known].map(dayIn));
  const missing = moments.filter((moment) => !known.has(moment) && !days.has(dayIn(moment)));
  return [...new Set(missing.map(({ start, end }) => text.slice(start, end).trim()))];
}

function hasYear(text: string, moment: Moment, previous: Moment | undefined, known: Set<Moment>): boolean {
  if (moment.year !== null || saysWhichYear.test(text.slice(Math.max(0, moment.start - 6), moment.start)))
    return true;
  return previous !== undefined && known.has(previous) && joins.test(text.slice(previous.end, moment.start));
}

function dayIn({ month, day }: Moment): string {
  return `${month}-${day}`;
}

// Without 日 it may be anything: 3月10个工作日.
function isWhole(text: string, { start, end }: Moment): boolean {
  return /[日号號]/.test(text.slice(start, end));
}

const numberForName = /(?:联系人|联络人)\s{0,4}[:：]\s{0,4}[\d（(][\d（()）\-—\s]{6,}/;
const nameForNumber = /电\s{0,4}话\s{0,4}[:：]\s{0,4}\p{Script=Han}{2,4}(?![\p{Script=Han}\d])/u;

function isSwapped(text: string): boolean {
  return numberForName.test(text) && nameForNumber.test(text);
}
