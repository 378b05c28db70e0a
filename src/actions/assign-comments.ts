import { insertAssignments, type SeenAssignment, seeAssignedAgain } from '../db/assignments.ts';
import { isPublished, type PublishedConsultation } from '../db/consultations.ts';
import { departmentOf } from '../db/departments.ts';
import { queueGiven } from '../db/gathered-letters.ts';
import { writeLedger } from '../db/ledger.ts';
import { noticeState } from '../db/notices.ts';
import { officerById } from '../db/officers.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { type Assignee, partsOfAssignee, remarkIssues } from '../domain/assignment.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/** What became of comments that were to be given to somebody: how many were, or why none was. */
export type Assigned =
  | { readonly assigned: number }
  | { readonly issues: readonly Issue[] }
  /** Somebody gave one of them to somebody after they were seen. */
  | { readonly changed: true };

/**
 * Gives comments to an officer or a department of the agency, or (nobody) takes them back, all or none, with one entry
 * in the ledger and a letter to the officer that gathers what they are given within minutes; those that are theirs
 * already stay as they are. Throws RuleBroken `notPublished`, `noticeSigned`, `notAllowed`, also when there is none, or
 * one was withdrawn, came late or is of another consultation.
 */
export async function assignComments(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly comments: readonly SeenAssignment[];
    readonly to: Assignee;
    readonly remark: string;
    /** What the form that asked for it is known by. */
    readonly form?: string;
  },
  now: Date,
): Promise<Assigned> {
  const { officer, consultationId, comments, to, remark, form } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdForAssigning(trx, officer, consultationId);
    const name = await nameOf(trx, officer.agencyId, to);
    if (name === undefined) return { issues: [{ field: 'assignee', key: 'choose' }] };
    const { strange, changed, others } = await seeAssignedAgain(trx, consultationId, comments, to);
    if (strange || comments.length === 0) throw new RuleBroken('notAllowed');
    if (changed) return { changed };
    const issues = [...remarkIssues(remark), ...noneIssues(others, to)];
    if (issues.length > 0) return { issues };
    await insertAssignments(trx, others, { to, remark, officerId: officer.id }, now);
    const assigned = others.length;
    const deed =
      to === ''
        ? ({ what: 'assignmentsTakenBack', detail: { count: assigned, form } } as const)
        : ({ what: 'commentsAssigned', detail: { count: assigned, assignee: name, form } } as const);
    await writeLedger(trx, { ...deed, consultationId, officer }, now);
    await tellOfficer(trx, { officer, consultation, to, count: assigned }, now);
    return { assigned };
  });
}

async function holdForAssigning(trx: Trx, officer: Officer, id: number): Promise<PublishedConsultation> {
  const consultation = await holdFor(trx, officer, 'assign', id);
  if (!isPublished(consultation)) throw new RuleBroken('notPublished');
  const notice = await noticeState(trx, id);
  if (notice?.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
  return consultation;
}

/** What an assignee is called; empty for nobody, undefined for one that nothing can be given to. */
async function nameOf(trx: Trx, agencyId: number, to: Assignee): Promise<string | undefined> {
  if (to === '') return '';
  const { officerId, departmentId } = partsOfAssignee(to);
  if (officerId !== null) {
    const given = await officerById(trx, officerId);
    const fits = given && given.agencyId === agencyId && !given.disabledAt && may(given, 'dispose');
    return fits ? given.name : undefined;
  }
  const department = await departmentOf(trx, agencyId, departmentId ?? 0);
  return department && !department.removedAt ? department.name : undefined;
}

function noneIssues(others: readonly number[], to: Assignee): Issue[] {
  if (others.length > 0) return [];
  return [{ field: 'assignee', key: to === '' ? 'noneAssigned' : 'allTheirs' }];
}

// Comments are given clause by clause: what comes within this time stands in one letter.
const gatheringMs = 5 * 60_000;

/** Has a letter tell an officer of comments that somebody else gave them, together with what they are given soon after. */
export async function tellOfficer(
  trx: Trx,
  given: {
    readonly officer: Officer;
    readonly consultation: PublishedConsultation;
    readonly to: Assignee;
    readonly count: number;
  },
  now: Date,
): Promise<void> {
  const { officer, consultation, to, count } = given;
  const { officerId } = partsOfAssignee(to);
  if (officerId === null || officerId === officer.id) return;
  const { id, number, announcement } = consultation;
  const detail = { title: announcement.title, number, consultationId: String(id), by: officer.name, count };
  await queueGiven(trx, { officerId, detail }, new Date(now.getTime() + gatheringMs), now);
}
