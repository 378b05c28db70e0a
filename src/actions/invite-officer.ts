import { insertInvitation } from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import { insertOfficer, isLoginTaken, officerById, officerByLogin } from '../db/officers.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer, type Role, roles } from '../domain/officer.ts';
import { hashOf, loginIssues, nameIssues } from './accept-invitation.ts';

const lifetimeMs = 7 * 24 * 3_600_000;

const loginTaken = { issues: [{ field: 'login', key: 'loginTaken' }] };

type Random = (bytes: number) => Buffer;

/** A new colleague as typed, cleaned. */
export interface NewOfficer {
  readonly officerName: string;
  readonly login: string;
  readonly role: string;
}

/**
 * Adds an officer to the administrator's agency. Gives issues, or the token of a one-time link, good for 7 days, by
 * which they set their password. Throws RuleBroken `notAllowed`.
 */
export async function inviteOfficer(
  db: Db,
  input: { readonly officer: Officer; readonly invited: NewOfficer },
  random: Random,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly token: string }> {
  const { officer, invited } = input;
  const issues = officerIssues(invited);
  if (issues.length > 0) return { issues };
  return transaction(db, async (trx) => {
    if (!may(officer, 'manageOfficers')) throw new RuleBroken('notAllowed');
    if (await officerByLogin(trx, invited.login)) return loginTaken;
    const { officerName: name, login } = invited;
    const row = { agencyId: officer.agencyId, login, name, role: invited.role as Role, passwordHash: null };
    return { token: await invite(trx, officer, await insertOfficer(trx, row, now), random, now) };
  }).catch((error: unknown) => {
    if (isLoginTaken(error)) return loginTaken;
    throw error;
  });
}

/**
 * Makes a new one-time link for an officer of the same agency who lost theirs, or their password; the password
 * stays until the link is used. Gives the token and the officer's name. Throws RuleBroken `notAllowed`.
 */
export async function inviteAgain(
  db: Db,
  input: { readonly officer: Officer; readonly officerId: number },
  random: Random,
  now: Date,
): Promise<{ readonly token: string; readonly name: string }> {
  const { officer, officerId } = input;
  return transaction(db, async (trx) => {
    const invited = await officerById(trx, officerId);
    if (!may(officer, 'manageOfficers') || invited?.agencyId !== officer.agencyId || officerId === officer.id)
      throw new RuleBroken('notAllowed');
    return { token: await invite(trx, officer, officerId, random, now), name: invited.name };
  });
}

async function invite(trx: Trx, by: Officer, officerId: number, random: Random, now: Date): Promise<string> {
  const token = random(18).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await insertInvitation(trx, { tokenHash: hashOf(token), officerId }, now, expiresAt);
  await writeLedger(trx, { what: 'officerInvited', officerId: by.id, detail: { invited: officerId } }, now);
  return token;
}

function officerIssues({ officerName, login, role }: NewOfficer): Issue[] {
  const isRole = (roles as readonly string[]).includes(role);
  return [
    ...nameIssues({ officerName }),
    ...loginIssues(login),
    ...(isRole ? [] : [{ field: 'role', key: 'choose' }]),
  ];
}
