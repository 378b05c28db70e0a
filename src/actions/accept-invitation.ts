import { createHash } from 'node:crypto';
import {
  cancelInvitations,
  claimInvitation,
  goodInvitation,
  insertInvitation,
  type LinkPurpose,
} from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import {
  agencyNamed,
  anyOfficer,
  ensureAgency,
  insertOfficer,
  isLoginTaken,
  type OfficerAccount,
  officerById,
  officerByLogin,
  setPassword,
} from '../db/officers.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { loginIssues, nameIssues, type Passwords, passwordIssues } from '../domain/account.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { hashPassword } from './passwords.ts';

const hourMs = 3_600_000;

/** What the first officer of an agency says of agency and self, cleaned. */
export interface FirstOfficer extends Passwords {
  readonly agencyName: string;
  readonly agencyShort: string;
  readonly siteName: string;
  readonly officerName: string;
  readonly login: string;
}

/** Makes the one-time link for the first officer of all; gives its token, good for 24 hours. */
export function createFirstInvitation(db: Db, random: (bytes: number) => Buffer, now: Date): Promise<string> {
  return createInvitation(db, 'setUp', random, now);
}

/** Makes the one-time link for the first officer of a further agency; gives its token, good for 24 hours. */
export function createAgencyInvitation(
  db: Db,
  random: (bytes: number) => Buffer,
  now: Date,
): Promise<string> {
  return createInvitation(db, 'newAgency', random, now);
}

/**
 * Who may use a one-time link: an invited officer, `first` for the first officer of all, `newAgency` for the first
 * of a further agency, or nobody any more.
 */
export async function invitedBy(
  db: Db,
  token: string,
  now: Date,
): Promise<OfficerAccount | 'first' | 'newAgency' | undefined> {
  const invitation = await goodInvitation(db, hashOf(token), now);
  if (!invitation || invitation.purpose === 'newPassword') return undefined;
  if (invitation.officerId !== null) return officerById(db, invitation.officerId);
  if (invitation.purpose === 'newAgency') return 'newAgency';
  return (await anyOfficer(db)) ? undefined : 'first';
}

/**
 * Sets up an agency and its first officer, an administrator. Gives issues, or the officer's id. Throws RuleBroken
 * `invitationUsed`.
 */
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
    if (typeof (await invitedBy(trx, token, now)) !== 'string') throw new RuleBroken('invitationUsed');
    const taken = await takenIssues(trx, first);
    if (taken.length > 0) return { issues: taken };
    if (!(await claimInvitation(trx, hashOf(token), now))) throw new RuleBroken('invitationUsed');
    return { officerId: await setUpAgency(trx, first, passwordHash, now) };
  }).catch((error: unknown) => {
    if (isLoginTaken(error)) return { issues: [{ field: 'login', key: 'loginTaken' }] };
    throw error;
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
    const officerId = await claimLink(trx, token, 'setUp', now);
    await setPassword(trx, officerId, passwordHash);
    await writeLedger(trx, { what: 'officerSetUp', officer: { id: officerId } }, now);
    return { officerId };
  });
}

/** Uses an officer's one-time link up, and all others of theirs. Gives their id. Throws RuleBroken `invitationUsed`. */
export async function claimLink(trx: Trx, token: string, purpose: LinkPurpose, now: Date): Promise<number> {
  const link = await goodInvitation(trx, hashOf(token), now);
  if (!link?.officerId || link.purpose !== purpose || !(await claimInvitation(trx, hashOf(token), now)))
    throw new RuleBroken('invitationUsed');
  await cancelInvitations(trx, link.officerId, now);
  return link.officerId;
}

/** What a one-time link is kept under: whoever reads the database cannot use it. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function createInvitation(
  db: Db,
  purpose: LinkPurpose,
  random: (bytes: number) => Buffer,
  now: Date,
): Promise<string> {
  const token = random(18).toString('base64url');
  const expiresAt = new Date(now.getTime() + 24 * hourMs);
  await insertInvitation(db, { tokenHash: hashOf(token), officerId: null, purpose }, now, expiresAt);
  return token;
}

async function setUpAgency(trx: Trx, first: FirstOfficer, passwordHash: string, now: Date): Promise<number> {
  const agency = { name: first.agencyName, shortName: first.agencyShort, siteName: first.siteName };
  const agencyId = await ensureAgency(trx, agency, now);
  const { officerName: name, login } = first;
  const officer = { agencyId, login, name, role: 'administrator' as const, passwordHash };
  const officerId = await insertOfficer(trx, officer, now);
  await writeLedger(
    trx,
    { what: 'officerSetUp', officer: { id: officerId }, detail: { agency: agencyId } },
    now,
  );
  return officerId;
}

function firstIssues({ agencyName, agencyShort, siteName, officerName, login }: FirstOfficer): Issue[] {
  return [...nameIssues({ agencyName, agencyShort, siteName, officerName }), ...loginIssues(login)];
}

// Whoever names an agency that is here would become its administrator.
async function takenIssues(trx: Trx, { agencyName, login }: FirstOfficer): Promise<Issue[]> {
  return [
    ...((await agencyNamed(trx, agencyName)) ? [{ field: 'agencyName', key: 'agencyTaken' }] : []),
    ...((await officerByLogin(trx, login)) ? [{ field: 'login', key: 'loginTaken' }] : []),
  ];
}
