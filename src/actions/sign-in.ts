import { createHash } from 'node:crypto';
import { officerByLogin } from '../db/officers.ts';
import { countInWindow } from '../db/rate-windows.ts';
import type { Db } from '../db/session.ts';
import { isPassword } from './passwords.ts';

/** What signing in goes by beside login and password. */
export interface SignInRules {
  /** In production the officers of the sample data, whose passwords are known, are refused. */
  readonly production: boolean;
  /** How often one login may be tried in `windowMs` milliseconds, from wherever. */
  readonly limit: { readonly max: number; readonly windowMs: number };
}

export type SignInResult =
  | { readonly kind: 'signedIn'; readonly officerId: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'tooMany' };

/**
 * Judges a login and a password. An unknown login, a wrong password and a refused officer take the same work and
 * give the same answer.
 */
export async function signIn(
  db: Db,
  typed: { readonly login: string; readonly password: string },
  rules: SignInRules,
  now: Date,
): Promise<SignInResult> {
  const { current } = await countInWindow(db, keyOf(typed.login), rules.limit.windowMs, now);
  if (current > rules.limit.max) return { kind: 'tooMany' };
  const officer = await officerByLogin(db, typed.login);
  const isRight = await isPassword(officer?.passwordHash ?? null, typed.password);
  const isRefused = !officer || (officer.isSample && rules.production);
  return isRight && !isRefused ? { kind: 'signedIn', officerId: officer.id } : { kind: 'refused' };
}

// A login may be a password typed into the wrong field: it is not kept in the clear.
function keyOf(login: string): string {
  const folded = login.trim().toLowerCase();
  return `signIns|${createHash('sha256').update(folded).digest('base64url').slice(0, 22)}`;
}
