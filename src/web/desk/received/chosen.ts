import { createHash } from 'node:crypto';
import { type ChosenComment, chosenComments } from '../../../db/chosen-comments.ts';
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
export async function commentsMeant(
  { site, consultation }: ConsultationVisit,
  { list, ids }: Choosing,
): Promise<ChosenComment[]> {
  // A comment that was ticked stays chosen, whatever the filter would say of it by now.
  const filter = ids ? readList(new URLSearchParams()).filter : list.filter;
  return chosenComments(site.db, consultation.id, await writtenFilter(filter), ids);
}

/** What a set of comments is known by: another comment in it, or another disposition, gives another. */
export function markOf(comments: readonly ChosenComment[]): string {
  const hash = createHash('sha256');
  for (const { id, seen } of comments) hash.update(`${id}:${seen},`);
  return hash.digest('base64url');
}
