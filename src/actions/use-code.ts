import { type Deed, writeLedger } from '../db/ledger.ts';
import { holdSecondFactor, noteStep, useRecoveryCode } from '../db/second-factors.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { lockedIssue } from '../domain/account.ts';
import type { Issue } from '../domain/issue.ts';
import type { Actor } from '../domain/officer.ts';
import type { SecretBox } from '../secret-box.ts';
import { judgeAttempt, keyOf } from './attempts.ts';
import { recoveryHash, stepOf } from './second-factor-codes.ts';

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

/** Judges a code, unless there were too many wrong ones. Gives issues. */
export async function codeIssues(
  db: Db,
  officer: Actor,
  now: Date,
  judge: () => Promise<boolean>,
): Promise<Issue[]> {
  const tried = await judgeAttempt(db, keyOf('code', officer.id), officer, judge, now);
  if (typeof tried === 'object') return [lockedIssue('code', tried.lockedUntil, now)];
  return tried === 'right' ? [] : [{ field: 'code', key: 'wrongCode' }];
}

/**
 * Uses a code of the app or a recovery code up, and writes down `what` was done with it; false when it is wrong, used
 * or of no confirmed second factor.
 */
export function useCode(
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
export async function takeStep(
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
