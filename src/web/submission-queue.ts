import { type SubmissionForm, type SubmissionResult, submitComments } from '../actions/submit-comments.ts';
import { type FilesGone, submitWithAttachments } from '../actions/submit-with-attachments.ts';
import type { Db } from '../db/session.ts';
import { rememberVersions } from '../db/submitting.ts';
import { batched } from './batched.ts';

/** Stores one submission, with these of the files that were added to its form; resolves after its commit. */
export type Submit = (
  form: SubmissionForm,
  attachmentIds: readonly number[],
) => Promise<SubmissionResult | FilesGone>;

// While the database stores some forms, the process reads the next ones; two batches at a time keep both at work.
const sizes = { most: 200, enough: 4 };

/**
 * Forms that arrive while a commit is under way share the next; of a burst, two are under way at a time. Those with files
 * have one of their own.
 */
export function createSubmissionQueue(db: Db, clock: () => Date): Submit {
  const versionOf = rememberVersions(db);
  const inTheNext = batched(
    (forms: readonly SubmissionForm[]) => submitComments(db, forms, versionOf, clock),
    sizes,
  );
  return (form, ids) =>
    ids.length === 0 ? inTheNext(form) : submitWithAttachments(db, form, ids, versionOf, clock);
}
