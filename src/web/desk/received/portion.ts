import {
  type CommentList,
  countComments,
  idsBefore,
  idsFrom,
  listKeyOf,
  listStart,
} from '../../../db/comment-list.ts';
import { commentsWithWords } from '../../../db/comment-words.ts';
import type { Db } from '../../../db/session.ts';
import { talliesOf } from '../../../db/tallies.ts';
import type { CommentFilter } from '../../../domain/comment-filter.ts';
import { countOf, type Tally } from '../../../domain/tallies.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type ListState, listQuery, writtenFilter } from './filter.ts';

/** One page of a list. */
export interface Portion {
  readonly ids: readonly number[];
  /** How many comments the filter finds; where it looks for words, at most a thousand are counted. */
  readonly count: number;
  /** True when there are more than were counted. */
  readonly isMore: boolean;
  readonly pages: readonly { readonly text: string; readonly to: string }[];
}

const perPage = 50;
const mostCounted = 1_000;

// Of words that more comments hold, the first are found by reading from the place where the page begins.
const mostLookedUp = 2_000;

/** The comments from `state.from` on that answer its filter; `keep` stays among them whatever became of it. */
export async function portionOf(
  visit: ConsultationVisit,
  state: ListState,
  keep: number,
  tallies: readonly Tally[],
): Promise<Portion> {
  const { site, consultation } = visit;
  const filter = await writtenFilter(visit, state.filter);
  const consultationId = consultation.id;
  const among = await commentsWithWords(site.db, consultationId, filter.spellings, mostLookedUp);
  const count = await countFound(site.db, { consultationId, filter, among }, tallies);
  const list: CommentList = { consultationId, filter, count, among, keep };
  const from = (await listKeyOf(site.db, consultationId, state.from)) ?? listStart;
  const ids = await idsFrom(site.db, list, from, perPage + 1);
  const before = from === listStart ? [] : await idsBefore(site.db, list, from, perPage);
  return {
    ids: ids.slice(0, perPage),
    count: Math.min(count, filter.spellings.length > 0 ? mostCounted : count),
    isMore: filter.spellings.length > 0 && count > mostCounted,
    pages: pagesOf(visit, state, before, ids[perPage]),
  };
}

async function countFound(
  db: Db,
  list: Pick<CommentList, 'consultationId' | 'filter' | 'among'>,
  all: readonly Tally[],
): Promise<number> {
  const { consultationId, filter } = list;
  const clauseId = filter.clause === 'whole' ? 0 : filter.clause;
  const tallies =
    clauseId === '' || filter.words !== '' ? all : await talliesOf(db, { consultationId, clauseId });
  return countOf(tallies, filter, filter.assignees) ?? countComments(db, list, mostCounted + 1);
}

function pagesOf(
  { site, consultation }: ConsultationVisit,
  { filter }: ListState,
  before: readonly number[],
  next: number | undefined,
): Portion['pages'] {
  const { firstPage, previousPage, nextPage } = site.sentences.desk;
  const link = (text: string, from: number) => {
    const query = listQuery({ filter, from });
    return { text, to: `${baseOf(consultation)}/comments${query && `?${query}`}#list` };
  };
  const isSecond = before.length < perPage;
  return [
    ...(before.length > 0 ? [link(firstPage, 0)] : []),
    ...(before.length > 0 ? [link(previousPage, isSecond ? 0 : (before.at(-1) ?? 0))] : []),
    ...(next === undefined ? [] : [link(nextPage, next)]),
  ];
}

/** The next comment after one that a filter finds, from the beginning again after the last; 0 for none. */
export async function nextFound(
  visit: ConsultationVisit,
  wanted: CommentFilter,
  after: number,
  count: number,
): Promise<number> {
  const { site, consultation } = visit;
  const filter = await writtenFilter(visit, wanted);
  const list = { consultationId: consultation.id, filter, count, keep: 0 };
  const key = (await listKeyOf(site.db, consultation.id, after)) ?? listStart;
  const [later] = (await idsFrom(site.db, list, key, 2)).filter((id) => id !== after);
  const [first] = later === undefined ? await idsFrom(site.db, list, listStart, 1) : [later];
  return first === after ? 0 : (first ?? 0);
}
