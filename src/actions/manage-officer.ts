import { cancelInvitations } from '../db/invitations.ts';
import { type Deed, writeLedger } from '../db/ledger.ts';
import {
  holdOfficer,
  type OfficerAccount,
  requireSecondFactor,
  setDisabled,
  setEmail,
} from '../db/officers.ts';
import { deleteSecondFactor } from '../db/second-factors.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { endSessions } from '../db/sessions.ts';
import { clearFailures } from '../db/sign-in-failures.ts';
import { emailIssues } from '../domain/account.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import { keyOf } from './attempts.ts';
import { colleagueOf } from './colleague.ts';

/** What an administrator does about a colleague of the same agency. All of it throws RuleBroken `notAllowed`. */
export interface AboutColleague {
  readonly officer: Officer;
  readonly officerId: number;
}

/**
 * Changes a colleague's e-mail address, as the administrator saw it (`seen`); links that went to the old one are no
 * longer good. Gives issues. Throws RuleBroken `stale` when somebody changed it meanwhile.
 */
export async function changeColleaguesEmail(
  db: Db,
  about: AboutColleague,
  { seen, email }: { readonly seen: string; readonly email: string },
  now: Date,
): Promise<Issue[]> {
  const issues = emailIssues(email);
  if (issues.length > 0) return issues;
  await manage(db, about, 'colleaguesEmailChanged', now, async (trx, colleague) => {
    const { id } = colleague;
    if (colleague.email !== seen) throw new RuleBroken('stale');
    await setEmail(trx, id, email);
    await cancelInvitations(trx, id, now);
  });
  return [];
}

/** Lifts the locks that a colleague's failures to sign in began. */
export async function unlockColleague(db: Db, about: AboutColleague, now: Date): Promise<void> {
  await manage(db, about, 'signInUnlocked', now, (trx, colleague) => clearFailures(trx, keysOf(colleague)));
}

/** Ends all sessions of a colleague. */
export async function endColleaguesSessions(db: Db, about: AboutColleague, now: Date): Promise<void> {
  await manage(db, about, 'colleaguesSessionsEnded', now, async (trx, { id }) => {
    await endSessions(trx, id, {}, now);
  });
}

/** Takes a colleague's second factor away, who has lost it; their sessions end. */
export async function resetColleaguesSecondFactor(db: Db, about: AboutColleague, now: Date): Promise<void> {
  await manage(db, about, 'secondFactorReset', now, async (trx, { id }) => {
    if (!(await deleteSecondFactor(trx, id))) throw new RuleBroken('stale');
    await endSessions(trx, id, {}, now);
  });
}

/** Disables a colleague who has left the office: nobody signs in as them, their sessions and links end, their name stays. */
export async function disableOfficer(db: Db, about: AboutColleague, now: Date): Promise<void> {
  await manage(db, about, 'officerDisabled', now, async (trx, { id, disabledAt }) => {
    if (disabledAt) throw new RuleBroken('stale');
    await setDisabled(trx, id, now);
    await cancelInvitations(trx, id, now);
    await endSessions(trx, id, {}, now);
  });
}

/** Lets a colleague who was disabled sign in again. */
export async function enableOfficer(db: Db, about: AboutColleague, now: Date): Promise<void> {
  await manage(db, about, 'officerEnabled', now, async (trx, { id, disabledAt }) => {
    if (!disabledAt) throw new RuleBroken('stale');
    await setDisabled(trx, id, null);
  });
}

/** Says whether everybody in the administrator's agency needs a second factor; twice is as once. Throws RuleBroken `notAllowed`. */
export async function changeNeed(db: Db, officer: Officer, needed: boolean, now: Date): Promise<void> {
  await transaction(db, async (trx) => {
    if (!may(officer, 'manageOfficers')) throw new RuleBroken('notAllowed');
    if (!(await requireSecondFactor(trx, officer.agencyId, needed))) return;
    const what = needed ? 'secondFactorNeeded' : 'secondFactorNotNeeded';
    await writeLedger(trx, { what, officer }, now);
  });
}

/** What a colleague's failures to sign in are counted under. */
export function keysOf({ login, id }: Pick<OfficerAccount, 'login' | 'id'>): Buffer[] {
  return [keyOf('signIn', login), keyOf('code', id), keyOf('ownPassword', id)];
}

async function manage(
  db: Db,
  { officer, officerId }: AboutColleague,
  what: Deed,
  now: Date,
  change: (trx: Trx, colleague: OfficerAccount) => Promise<void>,
): Promise<void> {
  await transaction(db, async (trx) => {
    await holdOfficer(trx, officerId);
    const colleague = await colleagueOf(trx, officer, officerId);
    await change(trx, colleague);
    const entry = { what, officer, detail: { colleague: officerId } };
    await writeLedger(trx, entry, now);
  });
}
