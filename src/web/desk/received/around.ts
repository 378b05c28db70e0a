import { assignmentsOf } from '../../../db/assignments.ts';
import { attachmentsOf } from '../../../db/attachments.ts';
import type { DeskComment } from '../../../db/comments.ts';
import { redactionsOf, screeningsOf } from '../../../db/screenings.ts';
import { candidatesOf, namesOf } from '../assignment/people.ts';
import type { Around } from '../comment-cards.ts';
import { groupLinks } from '../groups/of-comment.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { assignedHistory } from './history.ts';
import { readingsOf } from './reading.ts';

/** Reads what cards of these comments show beside the comments themselves; throws an Error for one of them unknown. */
export async function aroundComments(
  visit: ConsultationVisit,
  comments: readonly DeskComment[],
): Promise<(comment: DeskComment) => Around> {
  const { site, consultation } = visit;
  const ids = comments.map(({ id }) => id);
  const readings = await readingsOf(visit, ids);
  const screenings = await screeningsOf(site.db, ids);
  const redactions = await redactionsOf(site.db, ids);
  const groups = await groupLinks(visit, ids);
  const assignments = await assignmentsOf(site.db, ids);
  const nameOf = namesOf(await candidatesOf(visit), visit);
  const attachments = await attachmentsOf(site.db, [
    ...new Set(comments.map(({ submissionId }) => submissionId)),
  ]);
  return ({ id, submissionId }) => {
    const reading = readings.get(id);
    if (!reading) throw new Error(`comment ${id} was not read`);
    return {
      reading,
      screenings: screenings.get(id) ?? [],
      redactions: redactions.get(id) ?? [],
      attachments: attachments.get(submissionId) ?? [],
      group: groups.get(id) ?? null,
      assignments: assignedHistory(assignments.get(id) ?? [], nameOf),
      isAssigned: (assignments.get(id)?.at(-1)?.assignee ?? '') !== '',
      base: baseOf(consultation),
    };
  };
}
