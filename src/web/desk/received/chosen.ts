import { createHash } from 'node:crypto';
import { type ChosenComment, chosenComments } from '../../../db/chosen-comments.ts';
import type { WrittenFilter } from '../../../db/comment-filter.ts';
import { everyComment } from '../../../domain/comment-filter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type ListState, listQuery, readList, writtenFilter } from './filter.ts';

/** Which comments an address or a form means: those of a list that are named, or (null) all that its filter finds. */
export interface Choosing {
  readonly list: ListState;
  readonly ids: readonly number[] | null;
}

/** Reads it from a query such as `clause=3&chosen=5.8`. */
export function readChoosing(query: URLSearchParams): Choosing {
  const ids = query.get('chosen')?.split('.').map(Number) ?? null;
  return { list: readList(query), ids: ids?.filter((id) => Number.isSafeInteger(id) && id > 0) ?? null };
}

/** The query that says it. */
export function choosingQuery({ list, ids }: Choosing): string {
  const query = new URLSearchParams(listQuery(list));
  if (ids) query.set('chosen', ids.join('.'));
  return query.toString();
}

/** The comments that are meant, as they stand now. */
export async function commentsMeant(visit: ConsultationVisit, choosing: Choosing): Promise<ChosenComment[]> {
  const { site, consultation } = visit;
  return chosenComments(site.db, consultation.id, await filterMeant(visit, choosing), choosing.ids);
}

/** The filter that finds the comments that are meant. */
export function filterMeant(visit: ConsultationVisit, { list, ids }: Choosing): Promise<WrittenFilter> {
  // A comment that was ticked stays chosen, whatever the filter would say of it by now.
  return writtenFilter(visit, ids ? everyComment : list.filter);
}

/** What a set of comments is known by: another comment in it, or another deed done to one, gives another. */
export function markOf(comments: readonly { readonly id: number; readonly seen: number }[]): string {
  const hash = createHash('sha256');
  for (const { id, seen } of comments) hash.update(`${id}:${seen},`);
  return hash.digest('base64url');
}
