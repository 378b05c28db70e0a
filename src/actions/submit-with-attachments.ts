import { type Db, transaction } from '../db/session.ts';
import { standingOf, type VersionLookup } from '../db/submitting.ts';
import { holdUnsent, sendUnsent } from '../db/unsent-attachments.ts';
import { type SubmissionForm, type SubmissionResult, submitComments } from './submit-comments.ts';

/** A file that the form had is not there any more. */
export interface FilesGone {
  readonly kind: 'attachmentsGone';
}

/**
 * As submitComments, for one form with files that were added to it: they become the submission's in the same transaction
 * and its seal covers them. Nothing is stored, and its captcha is not used up, when one of them is gone.
 */
export async function submitWithAttachments(
  db: Db,
  form: SubmissionForm,
  attachmentIds: readonly number[],
  versionOf: VersionLookup,
  clock: () => Date,
): Promise<SubmissionResult | FilesGone> {
  const store = async (on: Db, given: SubmissionForm) =>
    first(await submitComments(on, [given], versionOf, clock));
  // In memory from here on: inside the transaction nothing else may be asked.
  if (!(await versionOf(form.consultationNumber, form.draftVersion))) return store(db, form);
  return transaction(db, async (trx) => {
    // Held first: whoever waited for the same form sees what it has stored.
    const attachments = await holdUnsent(trx, form.formToken, attachmentIds);
    const earlier = (await standingOf(trx, [], [form.formToken])).receipts.get(form.formToken);
    if (earlier !== undefined) return { kind: 'received', receiptToken: earlier };
    if (attachments.length < attachmentIds.length) return { kind: 'attachmentsGone' };
    const result = await store(trx, { ...form, attachments });
    const isOurs = result.kind === 'received' && result.receiptToken === form.receiptToken;
    if (isOurs) await sendUnsent(trx, form.formToken, attachmentIds);
    return result;
  });
}

function first(results: readonly SubmissionResult[]): SubmissionResult {
  const [result] = results;
  if (!result) throw new Error('a form has a result');
  return result;
}
