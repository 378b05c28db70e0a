import type { WrittenFilter } from '../../../db/comment-filter.ts';
import { assignedFilterIn } from '../../../domain/assignment.ts';
import { channels, stances } from '../../../domain/comment.ts';
import { type CommentFilter, everyComment, parts } from '../../../domain/comment-filter.ts';
import { screeningStates } from '../../../domain/screening.ts';
import { dispositionStates } from '../../../domain/tallies.ts';
import { cleanLine } from '../../../domain/text.ts';
import { loadSpellings } from '../../../script.ts';
import { assigneesIn } from '../assignment/people.ts';
import type { Visit } from '../visit.ts';

/** A list of comments as its address says it: the filter, and the comment that the page begins with (0: the first). */
export interface ListState {
  readonly filter: CommentFilter;
  readonly from: number;
  /** Instead of that, the comment that the page ends before; 0 for none. */
  readonly until?: number;
}

const mostWords = 8;
const longestWords = 200;

/** Reads a list from the query of an address; what cannot be read asks for nothing. */
export function readList(query: URLSearchParams): ListState {
  const of = (name: string) => query.get(name) ?? '';
  const clause = of('clause');
  return {
    filter: {
      clause: clause === 'whole' ? clause : idFrom(clause) || '',
      channel: oneOf(channels, of('channel')),
      stance: oneOf(stances, of('stance')),
      part: oneOf(parts, of('part')),
      screening: oneOf(screeningStates, of('screening')),
      disposition: oneOf(dispositionStates, of('disposition')),
      assigned: assignedFilterIn(of('assigned')),
      words: [...cleanLine(of('words'))].slice(0, longestWords).join(''),
    },
    from: idFrom(of('from')),
    until: idFrom(of('until')),
  };
}

/** A list as the query of an address, without what asks for nothing; empty for all of it from the start. */
export function listQuery({ filter, from, until = 0 }: ListState): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, String(value));
  if (from > 0) query.set('from', String(from));
  if (until > 0) query.set('until', String(until));
  return query.toString();
}

/** True when a filter asks for anything. */
export function asksForSome(filter: CommentFilter): boolean {
  return Object.values(filter).some((value) => value !== '');
}

/** A filter with the spellings of its words and the keys of its assignees, as a search needs them. */
export async function writtenFilter(visit: Visit, filter: CommentFilter): Promise<WrittenFilter> {
  const assignees = await assigneesIn(visit, filter.assigned);
  if (filter.words === '') return { ...filter, spellings: [], assignees };
  const spell = await loadSpellings();
  return { ...filter, spellings: filter.words.split(' ').slice(0, mostWords).map(spell), assignees };
}

/** The standing comments without a disposition, and those without a screening. */
export const undisposed: CommentFilter = { ...everyComment, disposition: 'undisposed' };
export const unscreened: CommentFilter = { ...everyComment, screening: 'waiting' };

function oneOf<T extends string>(list: readonly T[], value: string): T | '' {
  return list.find((each) => each === value) ?? '';
}

function idFrom(value: string): number {
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : 0;
}
