import { cancelInvitations, goodInvitation, insertInvitation } from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import { queueOfficerLetter } from '../db/officer-letters.ts';
import { type OfficerAccount, officerById, officerByLogin, setPassword } from '../db/officers.ts';
import { countInWindow } from '../db/rate-windows.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { endSessions } from '../db/sessions.ts';
import { clearFailures } from '../db/sign-in-failures.ts';
import { type Passwords, passwordIssues } from '../domain/account.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { claimLink, hashOf } from './accept-invitation.ts';
import { keyOf } from './attempts.ts';
import { colleagueOf } from './colleague.ts';
import type { Invited, LinkMaking } from './invite-officer.ts';
import { hashPassword } from './passwords.ts';
import type { SignInRules } from './sign-in.ts';

const hourMs = 3_600_000;
const mostLettersAnHour = 3;

/**
 * Sends the officer with this login a link for a new password, good for an hour, three an hour at most. Nobody is
 * told whether there is such an officer, has an address, or has had their three.
 */
export async function askForPassword(
  db: Db,
  login: string,
  rules: SignInRules,
  making: LinkMaking,
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const key = `passwords|${keyOf('signIn', login).toString('base64url')}`;
    const { current } = await countInWindow(trx, key, hourMs, now);
    const officer = await officerByLogin(trx, login);
    const isRefused =
      !officer?.email || officer.disabledAt !== null || (officer.isSample && rules.production);
    if (!officer || isRefused || current > mostLettersAnHour) return;
    await makeLink(trx, officer, null, making, now);
    const actor = { id: officer.id, from: rules.from };
    await writeLedger(trx, { what: 'passwordLinkAsked', officer: actor }, now);
  });
}

/**
 * Sends a colleague a link for a new password, or gives its token when they have no address. Their password stays
 * until it is used. Throws RuleBroken `notAllowed`, or `stale` when they have not set one yet, or left the office.
 */
export async function sendPasswordLink(
  db: Db,
  input: { readonly officer: Officer; readonly officerId: number },
  making: LinkMaking,
  now: Date,
): Promise<Invited> {
  const { officer, officerId } = input;
  return transaction(db, async (trx) => {
    const colleague = await colleagueOf(trx, officer, officerId);
    if (colleague.passwordHash === null || colleague.disabledAt !== null) throw new RuleBroken('stale');
    const token = await makeLink(trx, colleague, officer, making, now);
    const detail = { colleague: officerId, byLetter: token === null };
    await writeLedger(trx, { what: 'passwordLinkSent', officer, detail }, now);
    return { name: colleague.name, token };
  });
}

/** Whose password a link is for, or nobody any more. */
export async function passwordLinkFor(db: Db, token: string, now: Date): Promise<OfficerAccount | undefined> {
  const link = await goodInvitation(db, hashOf(token), now);
  return link?.officerId && link.purpose === 'newPassword' ? officerById(db, link.officerId) : undefined;
}

/**
 * Sets the password by a link: it is used up, the officer's sessions end everywhere, a lock is lifted. Gives issues.
 * Throws RuleBroken `invitationUsed`.
 */
export async function setPasswordByLink(
  db: Db,
  token: string,
  passwords: Passwords,
  from: string,
  now: Date,
): Promise<Issue[]> {
  const issues = passwordIssues(passwords);
  if (issues.length > 0) return issues;
  const passwordHash = await hashPassword(passwords.password);
  return transaction(db, async (trx) => {
    const officerId = await claimLink(trx, token, 'newPassword', now);
    await setPassword(trx, officerId, passwordHash);
    const sessions = await endSessions(trx, officerId, {}, now);
    const officer = await officerById(trx, officerId);
    if (officer) await clearFailures(trx, [keyOf('signIn', officer.login), keyOf('ownPassword', officerId)]);
    await writeLedger(
      trx,
      { what: 'passwordReset', officer: { id: officerId, from }, detail: { sessions } },
      now,
    );
    return [];
  });
}

/** The latest link alone is good. Gives the token when it does not go by letter. */
async function makeLink(
  trx: Trx,
  to: OfficerAccount,
  by: Officer | null,
  { random, secrets }: LinkMaking,
  now: Date,
): Promise<string | null> {
  const token = random(18).toString('base64url');
  await cancelInvitations(trx, to.id, now);
  const link = { tokenHash: hashOf(token), officerId: to.id, purpose: 'newPassword' as const };
  await insertInvitation(trx, link, now, new Date(now.getTime() + hourMs));
  const detail = { by: by?.name ?? '', sealedToken: secrets.seal(token).toString('base64') };
  const goesByLetter = await queueOfficerLetter(
    trx,
    { kind: 'passwordReset', officerId: to.id, detail },
    now,
  );
  return goesByLetter ? null : token;
}
