import { type SubmissionForm, type SubmissionResult, submitComments } from '../actions/submit-comments.ts';
import type { Db } from '../db/session.ts';
import { rememberVersions } from '../db/submitting.ts';
import { batched } from './batched.ts';

/** Stores one submission; resolves after its commit. */
export type Submit = (form: SubmissionForm) => Promise<SubmissionResult>;

// While the database stores eight or more, the process reads the next; two at a time keep both at work.
const sizes = { most: 200, enough: 8 };

/** Forms that arrive while a commit is under way share the next; of a burst, two are under way at a time. */
export function createSubmissionQueue(db: Db, clock: () => Date): Submit {
  const versionOf = rememberVersions(db);
  return batched((forms) => submitComments(db, forms, versionOf, clock), sizes);
}
