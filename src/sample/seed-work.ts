import { assignComments } from '../actions/assign-comments.ts';
import { noteComment } from '../actions/note-comment.ts';
import { screenComments } from '../actions/screen-comments.ts';
import { type DeskComment, deskComments } from '../db/comments.ts';
import type { Consultation } from '../db/consultations.ts';
import { departmentsOf } from '../db/departments.ts';
import { insertGroup, putComments } from '../db/group-writes.ts';
import { writeLedger } from '../db/ledger.ts';
import { transaction } from '../db/session.ts';
import type { Deps } from '../deps.ts';
import type { Assignee } from '../domain/assignment.ts';
import type { Officer } from '../domain/officer.ts';
import type { Sample, SampleWork } from './sample.ts';

interface Worked {
  readonly comment: DeskComment;
  readonly work: SampleWork;
}

/** Does with a sample's comments what its officers did after the closing: groups, gives, notes, hides. */
export async function seedWork(
  deps: Deps,
  { comments }: Sample,
  officer: Officer,
  consultation: Consultation,
  now: Date,
): Promise<void> {
  const { db } = deps;
  const given = comments.flatMap((submission) => submission.comments);
  const worked = (await deskComments(db, consultation.id)).flatMap((comment): Worked[] => {
    const work = given.find(({ text }) => text === comment.text)?.desk;
    return work ? [{ comment, work }] : [];
  });
  const by = { officer, consultationId: consultation.id };
  await seedGroups(deps, worked, by, now);
  for (const { comment, work } of worked) {
    const one = { ...by, commentId: comment.id };
    if (work.note) await noteComment(db, { ...one, seen: 0, text: work.note }, now);
    if (work.hidden) await hide(deps, one, work.hidden, now);
    if (work.given) await give(deps, one, work.given, now);
  }
}

interface By {
  readonly officer: Officer;
  readonly consultationId: number;
}

// No action makes a group of what no search suggested, and the search begins when the portal runs.
async function seedGroups(
  { db }: Deps,
  worked: readonly Worked[],
  { officer, consultationId }: By,
  now: Date,
): Promise<void> {
  for (const label of new Set(worked.flatMap(({ work }) => work.group ?? []))) {
    const ids = worked.filter(({ work }) => work.group === label).map(({ comment }) => comment.id);
    await transaction(db, async (trx) => {
      const groupId = await insertGroup(trx, { consultationId, label, officerId: officer.id }, now);
      await putComments(trx, ids, { groupId, joined: true }, officer.id, now);
      const detail = { groupId, number: 1, count: ids.length };
      await writeLedger(trx, { what: 'groupConfirmed', consultationId, officer, detail }, now);
    });
  }
}

interface One extends By {
  readonly commentId: number;
}

async function hide({ db }: Deps, { commentId, ...by }: One, reason: string, now: Date): Promise<void> {
  const comments = [{ id: commentId, seen: 0 }];
  await screenComments(db, { ...by, comments, screening: { verdict: 'hidden', reason }, looked: true }, now);
}

async function give(
  { db }: Deps,
  { commentId, ...by }: One,
  { to, remark }: NonNullable<SampleWork['given']>,
  now: Date,
): Promise<void> {
  const department = (await departmentsOf(db, by.officer.agencyId)).find(({ name }) => name === to);
  const key: Assignee = department ? `d${department.id}` : `o${by.officer.id}`;
  await assignComments(db, { ...by, comments: [{ id: commentId, seen: 0 }], to: key, remark }, now);
}
