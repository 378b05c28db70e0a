import type { Role } from '../../../src/domain/officer.ts';

/**
 * Who may have a page or do a deed. Officers of another agency find nothing at an address that names a consultation,
 * and read no word of it anywhere.
 */
export type Who =
  /** Every officer of the consultation's agency. */
  | 'agency'
  /** Its caseworkers and administrators; its approvers and administrators; its administrators. */
  | 'caseworkers'
  | 'approvers'
  | 'administrators'
  /** Officers of whichever agency, each with what is their own agency's alone; by role as above. */
  | 'anyOfficer'
  | 'anyCaseworker'
  | 'anyAdministrator'
  /** Whoever is not signed in: the way in. */
  | 'door'
  /** Everybody. */
  | 'public'
  /** Whoever has the secret in the address; another secret finds nothing. Without `at`, only that is tried. */
  | 'holders';

/** A place of test/web/access/world.ts: what the parameters of an address stand for. */
export type At = 'draft' | 'open' | 'closed' | 'prepared' | 'answered';

export interface Row {
  readonly who: Who;
  readonly at?: At;
  /** What the form says, as it travels, with parameters like the address: a form that would do something. */
  readonly typed?: string;
}

export type Rows = Readonly<Record<string, Row>>;

const everyRole: readonly Role[] = ['caseworker', 'approver', 'administrator'];
const rolesOf: Partial<Record<Who, readonly Role[]>> = {
  agency: everyRole,
  caseworkers: ['caseworker', 'administrator'],
  approvers: ['approver', 'administrator'],
  administrators: ['administrator'],
  anyOfficer: everyRole,
  anyCaseworker: ['caseworker', 'administrator'],
  anyAdministrator: ['administrator'],
};

/** True when an officer of this role, of the consultation's agency, may. */
export function allows({ who }: Row, role: Role): boolean {
  return rolesOf[who]?.includes(role) ?? true;
}

/** True when officers of every agency may, each for their own. */
export function isForEveryAgency({ who }: Row): boolean {
  return who.startsWith('any');
}

/** True for what is under /desk and asks for an officer. */
export function needsOfficer({ who }: Row): boolean {
  return rolesOf[who] !== undefined;
}
