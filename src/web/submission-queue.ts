import { type SubmissionForm, type SubmissionResult, submitComments } from '../actions/submit-comments.ts';
import type { Db } from '../db/session.ts';
import { batched } from './batched.ts';

/** Stores one submission; resolves after its commit. */
export type Submit = (form: SubmissionForm) => Promise<SubmissionResult>;

const mostInOneCommit = 200;

/** Forms that arrive while a transaction is under way share the commit of the next. */
export function createSubmissionQueue(db: Db, clock: () => Date): Submit {
  return batched((forms) => submitComments(db, forms, clock), mostInOneCommit);
}
