import { type Deed, writeLedger } from '../db/ledger.ts';
import type { OfficerAccount } from '../db/officers.ts';
import {
  confirmSecret,
  deleteSecondFactor,
  holdSecondFactor,
  noteStep,
  proposeSecret,
  replaceRecoveryCodes,
  secondFactorOf,
  useRecoveryCode,
} from '../db/second-factors.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { lockedIssue } from '../domain/account.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Actor } from '../domain/officer.ts';
import type { SecretBox } from '../secret-box.ts';
import { judgeAttempt, keyOf } from './attempts.ts';
import type { LinkMaking } from './invite-officer.ts';
import { ownPasswordIssues } from './own-account.ts';
import { newRecoveryCodes, newSecret, recoveryHash, stepOf } from './second-factor-codes.ts';

/** Begins to set up a second factor with a new secret. Throws RuleBroken `stale` when the officer has one. */
export async function startSecondFactor(
  db: Db,
  officer: OfficerAccount,
  { random, secrets }: LinkMaking,
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    if ((await holdSecondFactor(trx, officer.id))?.confirmedAt) throw new RuleBroken('stale');
    await proposeSecret(trx, officer.id, secrets.seal(newSecret(random)), now);
  });
}

/** The secret that waits to be confirmed, in base32, or undefined. */
export async function proposedSecret(
  db: Db,
  officerId: number,
  secrets: SecretBox,
): Promise<string | undefined> {
  const factor = await secondFactorOf(db, officerId);
  return factor && !factor.confirmedAt ? secrets.open(factor.secret) : undefined;
}

/**
 * Turns the second factor on with a code of the proposed secret. Gives issues, or ten recovery codes, which nobody
 * can see again. Throws RuleBroken `stale` when there is nothing to confirm.
 */
export async function confirmSecondFactor(
  db: Db,
  officer: OfficerAccount,
  code: string,
  { random, secrets }: LinkMaking,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly codes: string[] }> {
  const codes = newRecoveryCodes(random);
  const issues = await codeIssues(db, officer, now, async () => {
    return transaction(db, async (trx) => {
      const factor = await holdSecondFactor(trx, officer.id);
      if (!factor || factor.confirmedAt) throw new RuleBroken('stale');
      if (!(await takeStep(trx, officer.id, code, secrets, now))) return false;
      await confirmSecret(trx, officer.id, now);
      await replaceRecoveryCodes(trx, officer.id, codes.map(recoveryHash));
      await writeLedger(trx, { what: 'secondFactorOn', officer }, now);
      return true;
    });
  });
  return issues.length > 0 ? { issues } : { codes };
}

/** Judges the second step of signing in: a code of the app, or a recovery code, each good once. Gives issues. */
export async function signInWithCode(
  db: Db,
  officer: Actor,
  code: string,
  secrets: SecretBox,
  now: Date,
): Promise<Issue[]> {
  return codeIssues(db, officer, now, () => useCode(db, officer, code, secrets, now, 'signedIn'));
}

/** Takes the officer's own second factor away, with password and code. Gives issues. */
export async function stopSecondFactor(
  db: Db,
  officer: OfficerAccount,
  typed: { readonly currentPassword: string; readonly code: string },
  secrets: SecretBox,
  now: Date,
): Promise<Issue[]> {
  const issues = await proofIssues(db, officer, typed, secrets, now);
  if (issues.length > 0) return issues;
  await transaction(db, async (trx) => {
    await deleteSecondFactor(trx, officer.id);
    await writeLedger(trx, { what: 'secondFactorOff', officer }, now);
  });
  return [];
}

/** Gives ten new recovery codes in the place of all former ones, with password and code, or issues. */
export async function renewRecoveryCodes(
  db: Db,
  officer: OfficerAccount,
  typed: { readonly currentPassword: string; readonly code: string },
  { random, secrets }: LinkMaking,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly codes: string[] }> {
  const issues = await proofIssues(db, officer, typed, secrets, now);
  if (issues.length > 0) return { issues };
  const codes = newRecoveryCodes(random);
  await transaction(db, async (trx) => {
    if (!(await holdSecondFactor(trx, officer.id))) throw new RuleBroken('stale');
    await replaceRecoveryCodes(trx, officer.id, codes.map(recoveryHash));
    await writeLedger(trx, { what: 'recoveryCodesRenewed', officer }, now);
  });
  return { codes };
}

// The password first: a code that is good once is not spent on a wrong one.
async function proofIssues(
  db: Db,
  officer: OfficerAccount,
  typed: { readonly currentPassword: string; readonly code: string },
  secrets: SecretBox,
  now: Date,
): Promise<Issue[]> {
  const issues = await ownPasswordIssues(db, officer, typed.currentPassword, now);
  if (issues.length > 0) return issues;
  return codeIssues(db, officer, now, () => useCode(db, officer, typed.code, secrets, now));
}

async function codeIssues(
  db: Db,
  officer: Actor,
  now: Date,
  judge: () => Promise<boolean>,
): Promise<Issue[]> {
  const tried = await judgeAttempt(db, keyOf('code', officer.id), officer, judge, now);
  if (typeof tried === 'object') return [lockedIssue('code', tried.lockedUntil, now)];
  return tried === 'right' ? [] : [{ field: 'code', key: 'wrongCode' }];
}

function useCode(
  db: Db,
  officer: Actor,
  code: string,
  secrets: SecretBox,
  now: Date,
  what?: Deed,
): Promise<boolean> {
  return transaction(db, async (trx) => {
    if (!(await holdSecondFactor(trx, officer.id))?.confirmedAt) return false;
    const byApp = await takeStep(trx, officer.id, code, secrets, now);
    if (!byApp && !(await useRecoveryCode(trx, officer.id, recoveryHash(code), now))) return false;
    if (!byApp) await writeLedger(trx, { what: 'recoveryCodeUsed', officer }, now);
    if (what) await writeLedger(trx, { what, officer }, now);
    return true;
  });
}

/** True, and noted, when a code of the app belongs to a later time step than the last one that was used. */
async function takeStep(
  trx: Trx,
  officerId: number,
  code: string,
  secrets: SecretBox,
  now: Date,
): Promise<boolean> {
  const factor = await holdSecondFactor(trx, officerId);
  const secret = factor && secrets.open(factor.secret);
  const step = secret ? stepOf(secret, code.replace(/\s/g, ''), now) : undefined;
  if (step === undefined || step <= (factor?.lastStep ?? 0)) return false;
  await noteStep(trx, officerId, step);
  return true;
}
