import type { Deed } from './officer.ts';

/** Kinds of work that a consultation may wait for, the most urgent first. */
export const workKinds = [
  'feedbackOverdue',
  'publicationFailed',
  'toApprove',
  'approvalReturned',
  'returned',
  'toSign',
  'toPublish',
  'feedbackDue',
  'closingSoon',
  'mail',
  'clauses',
  'toScreen',
  'assigned',
  'assignedLeft',
  'orphaned',
  'suggestions',
  'undisposed',
  'channelsUnchecked',
  'sheets',
  'lettersFailed',
  'version',
  'preparing',
] as const;
export type WorkKind = (typeof workKinds)[number];

/** Who can do each kind of work: whoever may do the deed. Null is for all to know. */
export const workDeeds: Readonly<Record<WorkKind, Deed | null>> = {
  feedbackOverdue: null,
  publicationFailed: 'publish',
  toApprove: 'approve',
  approvalReturned: 'prepare',
  returned: 'dispose',
  toSign: 'sign',
  toPublish: 'publish',
  feedbackDue: null,
  closingSoon: null,
  mail: 'enter',
  clauses: 'enter',
  toScreen: 'screen',
  assigned: 'dispose',
  assignedLeft: 'assign',
  orphaned: 'dispose',
  suggestions: 'group',
  undisposed: 'dispose',
  channelsUnchecked: 'dispose',
  sheets: 'enter',
  lettersFailed: 'sendLetters',
  version: 'prepare',
  preparing: 'prepare',
};
