import { meantNow } from '../../../db/meant.ts';
import type { StandingChoice } from '../../../db/standing-comments.ts';
import { everyComment } from '../../../domain/comment-filter.ts';
import type { Meant } from '../../../domain/meant.ts';
import type { Tally, Work } from '../../../domain/tallies.ts';
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

/** The comments that are meant, as a query finds them. */
export async function choiceMeant(
  visit: ConsultationVisit,
  { list, ids }: Choosing,
): Promise<StandingChoice> {
  // A comment that was ticked stays chosen, whatever the filter would say of it by now.
  const filter = await writtenFilter(visit, ids ? everyComment : list.filter);
  return { consultationId: visit.consultation.id, filter, ids };
}

/** How many are meant, how far a kind of work on them is, and the mark of the set, as it stands now. */
export async function setMeant<W extends Work>(
  visit: ConsultationVisit,
  choosing: Choosing,
  work: W,
): Promise<Meant<Tally[W]>> {
  return meantNow(visit.site.db, await choiceMeant(visit, choosing), work);
}
