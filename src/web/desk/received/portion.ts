import { type CommentList, countComments, idsBefore, idsFrom } from '../../../db/comment-list.ts';
import { commentsWithWords } from '../../../db/comment-words.ts';
import { fewestPaired, unpairedComments } from '../../../db/pair-heads.ts';
import type { Db } from '../../../db/session.ts';
import { talliesOf } from '../../../db/tallies.ts';
import type { CommentFilter } from '../../../domain/comment-filter.ts';
import { countOf, type Tally } from '../../../domain/tallies.ts';
import { baseOf } from '../matter.ts';
import { type ProgressLine, progressLine } from '../progress.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type ListState, listQuery, writtenFilter } from './filter.ts';

/** One page of a list. */
export interface Portion {
  readonly ids: readonly number[];
  /** The comment that the page begins with, 0 for the first page. */
  readonly from: number;
  /** How many comments the filter finds; where it looks for words, at most a thousand are counted. */
  readonly count: number;
  /** True when there are more than were counted. */
  readonly isMore: boolean;
  readonly pages: readonly { readonly text: string; readonly to: string }[];
  /** How many comments can be looked up by their words, where the filter has some; null once all can. */
  readonly indexing: ProgressLine | null;
}

const perPage = 50;
const mostCounted = 1_000;

// Of words that more comments hold, the first are found by reading from the place where the page begins.
const mostLookedUp = 2_000;

/** The page of a list that its state asks for; the comment `keep` stays among them whatever became of it. */
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
  const { ids, from, next } = await pageOf(site.db, list, state);
  return {
    ...{ ids, from },
    count: Math.min(count, filter.spellings.length > 0 ? mostCounted : count),
    isMore: filter.spellings.length > 0 && count > mostCounted,
    pages: pagesOf(visit, state.filter, from, next),
    indexing: filter.spellings.length > 0 ? await indexingOf(visit, tallies) : null,
  };
}

async function indexingOf(
  { site, consultation }: ConsultationVisit,
  tallies: readonly Tally[],
): Promise<ProgressLine | null> {
  const left = await unpairedComments(site.db, consultation.id);
  if (left < fewestPaired) return null;
  const total = tallies.reduce((sum, { comments }) => sum + comments, 0);
  const words = site.sentences.desk.progress.indexed;
  return progressLine({ done: Math.max(0, total - left), total, words });
}

interface Page {
  readonly ids: readonly number[];
  readonly from: number;
  /** The comment that the next page begins with. */
  readonly next: number | undefined;
}

// One way only is looked: what comes before a page is found out by whoever goes back.
async function pageOf(db: Db, list: CommentList, { from, until = 0 }: ListState): Promise<Page> {
  const before = until > 0 ? await idsBefore(db, list, until, perPage + 1) : [];
  if (before.length > perPage) {
    const ids = before.slice(0, perPage).reverse();
    return { ids, from: ids[0] ?? 0, next: until };
  }
  const start = until > 0 ? 0 : from;
  const ids = await idsFrom(db, list, start, perPage + 1);
  return { ids: ids.slice(0, perPage), from: start, next: ids[perPage] };
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
  filter: CommentFilter,
  from: number,
  next: number | undefined,
): Portion['pages'] {
  const { firstPage, previousPage, nextPage } = site.sentences.desk;
  const link = (text: string, state: Omit<ListState, 'filter'>) => {
    const query = listQuery({ filter, ...state });
    return { text, to: `${baseOf(consultation)}/comments${query && `?${query}`}#list` };
  };
  return [
    ...(from > 0 ? [link(firstPage, { from: 0 }), link(previousPage, { from: 0, until: from })] : []),
    ...(next === undefined ? [] : [link(nextPage, { from: next })]),
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
  const later = (await idsFrom(site.db, list, after, 2)).find((id) => id !== after);
  const first = later ?? (await idsFrom(site.db, list, 0, 1))[0] ?? 0;
  return first === after ? 0 : first;
}
