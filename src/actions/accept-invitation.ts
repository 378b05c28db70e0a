import { createHash } from 'node:crypto';
import { cancelInvitations, claimInvitation, goodInvitation, insertInvitation } from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import {
  anyOfficer,
  ensureAgency,
  insertOfficer,
  type OfficerAccount,
  officerById,
  setPassword,
} from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { characters } from '../domain/text.ts';
import { hashPassword } from './passwords.ts';

const hourMs = 3_600_000;
const shortestPassword = 10;
const longestPassword = 200;
const longestName = 100;

/** Both times the password was typed. */
export interface Passwords {
  readonly password: string;
  readonly passwordAgain: string;
}

/** What the very first officer says of agency and self, cleaned. */
export interface FirstOfficer extends Passwords {
  readonly agencyName: string;
  readonly agencyShort: string;
  readonly siteName: string;
  readonly officerName: string;
  readonly login: string;
}

/** Makes the one-time link for the first officer of all; gives its token, good for 24 hours. */
export async function createFirstInvitation(
  db: Db,
  random: (bytes: number) => Buffer,
  now: Date,
): Promise<string> {
  const token = random(18).toString('base64url');
  const expiresAt = new Date(now.getTime() + 24 * hourMs);
  await insertInvitation(db, { tokenHash: hashOf(token), officerId: null }, now, expiresAt);
  return token;
}

/** Who may use a one-time link: an invited officer, `first` for the first officer of all, or nobody any more. */
export async function invitedBy(
  db: Db,
  token: string,
  now: Date,
): Promise<OfficerAccount | 'first' | undefined> {
  const invitation = await goodInvitation(db, hashOf(token), now);
  if (!invitation) return undefined;
  if (invitation.officerId !== null) return officerById(db, invitation.officerId);
  return (await anyOfficer(db)) ? undefined : 'first';
}

/** Sets up agency and first officer, an administrator. Gives issues, or the officer's id. Throws `invitationUsed`. */
export async function acceptFirstInvitation(
  db: Db,
  token: string,
  first: FirstOfficer,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly officerId: number }> {
  const issues = [...firstIssues(first), ...passwordIssues(first)];
  if (issues.length > 0) return { issues };
  const passwordHash = await hashPassword(first.password);
  return transaction(db, async (trx) => {
    if ((await anyOfficer(trx)) || !(await claimInvitation(trx, hashOf(token), now)))
      throw new RuleBroken('invitationUsed');
    const agency = { name: first.agencyName, shortName: first.agencyShort, siteName: first.siteName };
    const agencyId = await ensureAgency(trx, agency, now);
    const { officerName: name, login } = first;
    const officer = { agencyId, login, name, role: 'administrator' as const, passwordHash };
    const officerId = await insertOfficer(trx, officer, now);
    await writeLedger(trx, { what: 'officerSetUp', officer: { id: officerId } }, now);
    return { officerId };
  });
}

/** Sets an invited officer's password. Gives issues, or the officer's id. Throws RuleBroken `invitationUsed`. */
export async function acceptInvitation(
  db: Db,
  token: string,
  passwords: Passwords,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly officerId: number }> {
  const issues = passwordIssues(passwords);
  if (issues.length > 0) return { issues };
  const passwordHash = await hashPassword(passwords.password);
  return transaction(db, async (trx) => {
    const invitation = await goodInvitation(trx, hashOf(token), now);
    const officerId = invitation?.officerId;
    if (!officerId || !(await claimInvitation(trx, hashOf(token), now)))
      throw new RuleBroken('invitationUsed');
    await cancelInvitations(trx, officerId, now);
    await setPassword(trx, officerId, passwordHash);
    await writeLedger(trx, { what: 'officerSetUp', officer: { id: officerId } }, now);
    return { officerId };
  });
}

/** What is wrong with a login: 3 to 40 letters, digits, dots, hyphens, the first a letter or digit. */
export function loginIssues(login: string): Issue[] {
  return /^[a-z0-9][a-z0-9.-]{2,39}$/i.test(login) ? [] : [{ field: 'login', key: 'notALogin' }];
}

/** What is wrong with names that must be given and short enough, by field. */
export function nameIssues(names: Readonly<Record<string, string>>): Issue[] {
  return Object.entries(names).flatMap(([field, name]) => {
    if (!name) return [{ field, key: 'required' }];
    const length = characters(name);
    return length > longestName ? [{ field, key: 'tooLong', values: { limit: longestName, length } }] : [];
  });
}

/** What an invitation is kept under: whoever reads the database cannot use it. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function firstIssues({ agencyName, agencyShort, siteName, officerName, login }: FirstOfficer): Issue[] {
  return [...nameIssues({ agencyName, agencyShort, siteName, officerName }), ...loginIssues(login)];
}

function passwordIssues({ password, passwordAgain }: Passwords): Issue[] {
  const length = characters(password);
  if (length < shortestPassword)
    return [{ field: 'password', key: 'passwordTooShort', values: { limit: shortestPassword } }];
  if (length > longestPassword)
    return [{ field: 'password', key: 'tooLong', values: { limit: longestPassword, length } }];
  return password === passwordAgain ? [] : [{ field: 'passwordAgain', key: 'passwordsDiffer' }];
}
