import { type SubmissionForm, type SubmissionResult, submitComments } from '../actions/submit-comments.ts';
import type { Db } from '../db/session.ts';
import { rememberVersions } from '../db/submitting.ts';
import { batched } from './batched.ts';

/** Stores one submission; resolves after its commit. */
export type Submit = (form: SubmissionForm) => Promise<SubmissionResult>;

const mostInOneCommit = 200;

/** Forms that arrive while a commit is under way share the next. */
export function createSubmissionQueue(db: Db, clock: () => Date): Submit {
  const versionOf = rememberVersions(db);
  return batched((forms) => submitComments(db, forms, versionOf, clock), mostInOneCommit);
}
