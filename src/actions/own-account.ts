import { cancelInvitations } from '../db/invitations.ts';
import { writeLedger } from '../db/ledger.ts';
import { type OfficerAccount, setEmail, setPassword } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import { endSessions } from '../db/sessions.ts';
import { emailIssues, lockedIssue, type Passwords, passwordIssues } from '../domain/account.ts';
import type { Issue } from '../domain/issue.ts';
import { judgeAttempt, keyOf } from './attempts.ts';
import { hashPassword, isPassword } from './passwords.ts';

/** Changes the officer's own password: all their other sessions end, `session` (the hash of its id) stays. Gives issues. */
export async function changePassword(
  db: Db,
  officer: OfficerAccount,
  typed: Passwords & { readonly currentPassword: string },
  session: Buffer,
  now: Date,
): Promise<Issue[]> {
  const issues = [
    ...passwordIssues(typed),
    ...(await ownPasswordIssues(db, officer, typed.currentPassword, now)),
  ];
  if (issues.length > 0) return issues;
  const passwordHash = await hashPassword(typed.password);
  await transaction(db, async (trx) => {
    await setPassword(trx, officer.id, passwordHash);
    await cancelInvitations(trx, officer.id, now);
    const sessions = await endSessions(trx, officer.id, { except: session }, now);
    await writeLedger(trx, { what: 'passwordChanged', officer, detail: { sessions } }, now);
  });
  return [];
}

/** Changes the officer's own e-mail address; links that went to the old one are no longer good. Gives issues. */
export async function changeEmail(
  db: Db,
  officer: OfficerAccount,
  typed: { readonly email: string; readonly currentPassword: string },
  now: Date,
): Promise<Issue[]> {
  const issues = [
    ...emailIssues(typed.email),
    ...(await ownPasswordIssues(db, officer, typed.currentPassword, now)),
  ];
  if (issues.length > 0) return issues;
  await transaction(db, async (trx) => {
    await setEmail(trx, officer.id, typed.email);
    await cancelInvitations(trx, officer.id, now);
    await writeLedger(trx, { what: 'emailChanged', officer }, now);
  });
  return [];
}

/** Ends sessions of the officer's own: one by its number, or all but `session`. Gives how many. */
export async function endOwnSessions(
  db: Db,
  officer: OfficerAccount,
  which: { readonly only: number } | { readonly except: Buffer },
  now: Date,
): Promise<number> {
  return transaction(db, async (trx) => {
    const sessions = await endSessions(trx, officer.id, which, now);
    const entry = { what: 'sessionsEnded', officer, detail: { sessions } } as const;
    if (sessions > 0) await writeLedger(trx, entry, now);
    return sessions;
  });
}

/** What is wrong with the password that the officer, who is signed in, typed once more to prove to be themselves. */
export async function ownPasswordIssues(
  db: Db,
  officer: OfficerAccount,
  password: string,
  now: Date,
): Promise<Issue[]> {
  const judge = () => isPassword(officer.passwordHash, password);
  const tried = await judgeAttempt(db, keyOf('ownPassword', officer.id), officer, judge, now);
  if (typeof tried === 'object') return [lockedIssue('currentPassword', tried.lockedUntil, now)];
  return tried === 'right' ? [] : [{ field: 'currentPassword', key: 'wrongOwnPassword' }];
}
