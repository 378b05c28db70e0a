import { writeLedger } from '../db/ledger.ts';
import type { OfficerAccount } from '../db/officers.ts';
import {
  confirmSecret,
  deleteSecondFactor,
  holdSecondFactor,
  proposeSecret,
  replaceRecoveryCodes,
  secondFactorOf,
} from '../db/second-factors.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { SecretBox } from '../secret-box.ts';
import type { LinkMaking } from './invite-officer.ts';
import { ownPasswordIssues } from './own-account.ts';
import { newRecoveryCodes, newSecret, recoveryHash } from './second-factor-codes.ts';
import { codeIssues, takeStep, useCode } from './use-code.ts';

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
