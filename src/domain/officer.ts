export const roles = ['caseworker', 'approver', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Who did a deed, as it is written down. */
export interface Actor {
  readonly id: number;
  /** From where, as src/web/origin.ts folds an address; none where the deed did not come over the web. */
  readonly from?: string;
}

/** Who acts: an officer of one agency. */
export interface Officer extends Actor {
  readonly agencyId: number;
  readonly name: string;
  readonly role: Role;
}

/** What each role may do at the desk; a new deed needs a row here. */
const deeds = {
  prepare: ['caseworker', 'administrator'],
  publish: ['caseworker', 'administrator'],
  approve: ['approver', 'administrator'],
  extend: ['caseworker', 'administrator'],
  // Not by whoever prepared it: a superior decides that it ends without an answer.
  withdraw: ['approver', 'administrator'],
  handOver: ['caseworker', 'administrator'],
  screen: ['caseworker', 'administrator'],
  enter: ['caseworker', 'administrator'],
  dispose: ['caseworker', 'administrator'],
  assign: ['caseworker', 'administrator'],
  note: ['caseworker', 'approver', 'administrator'],
  group: ['caseworker', 'administrator'],
  sendLetters: ['caseworker', 'administrator'],
  sign: ['approver', 'administrator'],
  manageOfficers: ['administrator'],
  keepDepartments: ['administrator'],
  audit: ['administrator'],
  // Not by whoever works on the comments: they see a name where they need it, and a superior answers for all at once.
  exportNames: ['approver', 'administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Deed = keyof typeof deeds;

/** True when an officer of this role may do the deed. */
export function may(officer: { readonly role: Role }, deed: Deed): boolean {
  return (deeds[deed] as readonly Role[]).includes(officer.role);
}
