import { insertInvitation } from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import { queueOfficerLetter } from '../db/officer-letters.ts';
import { insertOfficer, isLoginTaken, officerByLogin } from '../db/officers.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { emailIssues, loginIssues, nameIssues } from '../domain/account.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer, type Role, roles } from '../domain/officer.ts';
import type { SecretBox } from '../secret-box.ts';
import { hashOf } from './accept-invitation.ts';
import { memberOf } from './colleague.ts';

const lifetimeMs = 7 * 24 * 3_600_000;

const loginTaken = { issues: [{ field: 'login', key: 'loginTaken' }] };

/** What making and sending a one-time link needs. */
export interface LinkMaking {
  readonly random: (bytes: number) => Buffer;
  readonly secrets: SecretBox;
}

/** A new colleague as typed, cleaned. */
export interface NewOfficer {
  readonly officerName: string;
  readonly login: string;
  readonly email: string;
  readonly role: string;
}

/** A one-time link on its way: by letter, or else its token, to be handed over. */
export type Invited = { readonly name: string; readonly token: string | null };

/**
 * Adds an officer to the administrator's agency and invites them by a one-time link, good for 7 days, by which they
 * set their password. Gives issues, or the link. Throws RuleBroken `notAllowed`.
 */
export async function inviteOfficer(
  db: Db,
  input: { readonly officer: Officer; readonly invited: NewOfficer },
  making: LinkMaking,
  now: Date,
): Promise<{ readonly issues: Issue[] } | Invited> {
  const { officer, invited } = input;
  const issues = officerIssues(invited);
  if (issues.length > 0) return { issues };
  return transaction(db, async (trx) => {
    if (!may(officer, 'manageOfficers')) throw new RuleBroken('notAllowed');
    if (await officerByLogin(trx, invited.login)) return loginTaken;
    const { officerName: name, login, email } = invited;
    const role = invited.role as Role;
    const row = { agencyId: officer.agencyId, login, name, email, role, passwordHash: null };
    const officerId = await insertOfficer(trx, row, now);
    return { name, token: await invite(trx, officer, officerId, making, now) };
  }).catch((error: unknown) => {
    if (isLoginTaken(error)) return loginTaken;
    throw error;
  });
}

/**
 * Makes a new one-time link for an officer of the same agency who lost theirs before they set a password. Throws
 * RuleBroken `notAllowed`, or `stale` when they have set one.
 */
export async function inviteAgain(
  db: Db,
  input: { readonly officer: Officer; readonly officerId: number },
  making: LinkMaking,
  now: Date,
): Promise<Invited> {
  const { officer, officerId } = input;
  return transaction(db, async (trx) => {
    const invited = await memberOf(trx, officer, officerId);
    // Whoever has set a password gets a link for a new one.
    if (invited.passwordHash !== null || invited.disabledAt !== null) throw new RuleBroken('stale');
    return { name: invited.name, token: await invite(trx, officer, officerId, making, now) };
  });
}

/** Gives the token when it does not go by letter. */
async function invite(
  trx: Trx,
  by: Officer,
  officerId: number,
  { random, secrets }: LinkMaking,
  now: Date,
): Promise<string | null> {
  const token = random(18).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await insertInvitation(trx, { tokenHash: hashOf(token), officerId, purpose: 'setUp' }, now, expiresAt);
  const detail = { by: by.name, sealedToken: secrets.seal(token).toString('base64') };
  const goesByLetter = await queueOfficerLetter(trx, { kind: 'invitation', officerId, detail }, now);
  const written = { invited: officerId, byLetter: goesByLetter };
  await writeLedger(trx, { what: 'officerInvited', officer: by, detail: written }, now);
  return goesByLetter ? null : token;
}

function officerIssues({ officerName, login, email, role }: NewOfficer): Issue[] {
  const isRole = (roles as readonly string[]).includes(role);
  return [
    ...nameIssues({ officerName }),
    ...loginIssues(login),
    ...emailIssues(email),
    ...(isRole ? [] : [{ field: 'role', key: 'choose' }]),
  ];
}
