import { writeLedger } from '../db/ledger.ts';
import { officerByLogin } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import { judgeAttempt, keyOf } from './attempts.ts';
import { isPassword } from './passwords.ts';

/** What signing in goes by beside login and password. */
export interface SignInRules {
  /** In production the officers of the sample data, whose passwords are known, are refused. */
  readonly production: boolean;
  /** From where, as it is written down. */
  readonly from: string;
}

export type SignInResult =
  | { readonly kind: 'signedIn' | 'needsCode'; readonly officerId: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked'; readonly until: Date };

/**
 * Judges a login and a password. An unknown login, a wrong password and a refused officer take the same work and
 * give the same answer, the lock after too many failures included.
 */
export async function signIn(
  db: Db,
  typed: { readonly login: string; readonly password: string },
  rules: SignInRules,
  now: Date,
): Promise<SignInResult> {
  const officer = await officerByLogin(db, typed.login);
  const actor = officer && { id: officer.id, from: rules.from };
  const isRefused = !officer || officer.disabledAt !== null || (officer.isSample && rules.production);
  const judge = async () => {
    const isRight = await isPassword(officer?.passwordHash ?? null, typed.password);
    return isRight && !isRefused;
  };
  const tried = await judgeAttempt(db, keyOf('signIn', typed.login), actor, judge, now);
  if (typeof tried === 'object') return { kind: 'locked', until: tried.lockedUntil };
  if (tried === 'wrong' || !officer || !actor) return { kind: 'refused' };
  if (officer.hasSecondFactor) return { kind: 'needsCode', officerId: officer.id };
  await transaction(db, (trx) => writeLedger(trx, { what: 'signedIn', officer: actor }, now));
  return { kind: 'signedIn', officerId: officer.id };
}
