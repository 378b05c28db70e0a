import { assignComments } from '../../../src/actions/assign-comments.ts';
import { disposeOfComment } from '../../../src/actions/dispose-of-comment.ts';
import { drawUp } from '../../../src/actions/draw-up.ts';
import { dropDraft } from '../../../src/actions/drop-draft.ts';
import { exportNames } from '../../../src/actions/export-names.ts';
import { keepDepartment } from '../../../src/actions/keep-department.ts';
import { keepTemplate } from '../../../src/actions/keep-template.ts';
import { noteComment } from '../../../src/actions/note-comment.ts';
import { takeBackDisposition } from '../../../src/actions/take-back-dispositions.ts';
import { addParagraph, wordNotice } from '../../../src/actions/word-notice.ts';
import { insertApproval } from '../../../src/db/approvals.ts';
import { deskComment, deskComments } from '../../../src/db/comments.ts';
import type { PublishedConsultation } from '../../../src/db/consultations.ts';
import { draftDroppings } from '../../../src/db/draft-droppings.ts';
import { insertGroup, putComments } from '../../../src/db/group-writes.ts';
import type { OfficerAccount } from '../../../src/db/officers.ts';
import { transaction } from '../../../src/db/session.ts';
import type { TestSite } from '../../support.ts';

/** What officers write for each other alone. */
export const internal = [
  'SECRET-NOTE',
  'SECRET-TEMPLATE',
  'SECRET-GROUP',
  'SECRET-APPROVAL',
  'SECRET-ASSIGNMENT',
  'SECRET-DEPARTMENT',
  'SECRET-EXPORT',
  'SECRET-DROPPED',
  'SECRET-FIRST-WORDS',
  'SECRET-FIRST-REASON',
];

/** What they write for the notice. */
export const worded = ['SECRET-WORDS', 'SECRET-PARAGRAPH'];

/** Does every such deed about the first comment of a consultation that is closed, or about all of it. */
export async function writeInternals(
  site: TestSite,
  consultation: PublishedConsultation,
  officer: OfficerAccount,
): Promise<void> {
  const { db, clock, officers } = site;
  const by = { officer, consultationId: consultation.id };
  const [first] = await deskComments(db, consultation.id);
  const commentId = first?.id ?? 0;
  await noteComment(db, { ...by, commentId, seen: 0, text: 'SECRET-NOTE' }, clock());
  const template = { name: 'SECRET-TEMPLATE', outcome: null, text: '已有规定。SECRET-TEMPLATE' };
  await keepTemplate(db, { officer, place: 'new', template }, clock());
  const administrator = officers['administrator'] as OfficerAccount;
  await keepDepartment(db, { officer: administrator, place: 'new', name: 'SECRET-DEPARTMENT' }, clock());
  const given = { comments: [{ id: commentId, seen: 0 }], to: 'd1', remark: 'SECRET-ASSIGNMENT' } as const;
  await assignComments(db, { ...by, ...given }, clock());
  await exportNames(db, { ...by, officer: administrator, reason: '上级机关要求。SECRET-EXPORT' }, clock());
  await group(site, by, commentId);
  await transaction(db, (trx) =>
    insertApproval(
      trx,
      { ...by, officerId: officer.id, step: 'returned', fingerprint: 'x', remark: 'SECRET-APPROVAL' },
      clock(),
    ),
  );
  const disposition = { outcome: 'notAdopted', reason: '已有规定。SECRET-FIRST-REASON' } as const;
  await disposeOfComment(db, { ...by, commentId, seen: 0, disposition }, clock());
  const seen = (await deskComment(db, commentId))?.dispositionId ?? 0;
  await takeBackDisposition(db, { ...by, commentId, seen }, clock());
  await dropDraft(db, { ...by, seen: 0, reason: 'SECRET-DROPPED' }, clock());
  const [dropping] = await draftDroppings(db, consultation.id);
  await dropDraft(db, { ...by, seen: dropping?.id ?? 0, reason: null }, clock());
  await words(site, consultation, by);
}

interface By {
  readonly officer: OfficerAccount;
  readonly consultationId: number;
}

async function group({ db, clock }: TestSite, by: By, id: number): Promise<void> {
  const group = { consultationId: by.consultationId, label: 'SECRET-GROUP', officerId: by.officer.id };
  await transaction(db, async (trx) => {
    const groupId = await insertGroup(trx, group, clock());
    await putComments(trx, [id], { groupId, joined: true }, by.officer.id, clock());
  });
}

async function words({ db, clock, deps }: TestSite, consultation: PublishedConsultation, by: By) {
  const said = deps.sentences.notice;
  for (const wording of ['SECRET-FIRST-WORDS 感谢。', 'SECRET-WORDS 感谢。']) {
    const { parts } = await drawUp(db, consultation, said, clock());
    const thanks = parts.find(({ part }) => part === 'thanks');
    const seen = { part: 'thanks', seen: thanks?.latest ?? 0, standard: thanks?.standard ?? '' };
    await wordNotice(db, { ...by, ...seen, wording }, said, clock());
  }
  await addParagraph(db, { ...by, place: 'changes', wording: 'SECRET-PARAGRAPH。' }, said, clock());
}
