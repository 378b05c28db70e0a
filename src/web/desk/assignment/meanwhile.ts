import { assignedSince } from '../../../db/assignments.ts';
import type { ConsultationVisit } from '../visit.ts';
import { candidatesOf, namesOf } from './people.ts';

/** A comment that somebody gave to somebody while a page was open. */
export interface AssignedMeanwhile {
  readonly id: number;
  readonly receiptNumber: string;
  readonly assignee: string;
  readonly who: string;
}

const mostNamed = 20;

/** The comments that were given to somebody after an assignment, or those of `ids` among them; some where they are many. */
export async function assignedMeanwhile(
  visit: ConsultationVisit,
  after: number,
  ids: readonly number[] | null,
): Promise<AssignedMeanwhile[]> {
  const { site, consultation } = visit;
  const nameOf = namesOf(await candidatesOf(visit), visit);
  const found = await assignedSince(site.db, consultation.id, { after, ids, limit: mostNamed });
  return found.map(({ id, receiptNumber, assignee, officerName: who }) => ({
    ...{ id, receiptNumber, who },
    assignee: nameOf(assignee),
  }));
}
