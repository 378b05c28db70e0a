import { createHash } from 'node:crypto';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { clearFailures, holdFailures, writeFailures } from '../db/sign-in-failures.ts';
import { lockMsAfter } from '../domain/account.ts';
import type { Actor } from '../domain/officer.ts';

/** What came of a try: right, wrong, or not judged because it was tried in vain too often. */
export type Tried = 'right' | 'wrong' | { readonly lockedUntil: Date };

/** What is tried: `signIn` by login, the others by the officer's id. */
export type Trial = 'signIn' | 'code' | 'ownPassword';

/** What failures are counted under. A login may be a password typed into the wrong field: it is not kept in the clear. */
export function keyOf(trial: Trial, who: string | number): Buffer {
  return createHash('sha256').update(`${trial}|${who}`.trim().toLowerCase()).digest();
}

/**
 * Judges a try, unless its key is locked. It counts as a failure before it is judged, so that many at once are not
 * more than many one by one; a right one forgets them. A lock that begins is written down for `officer`, if any.
 */
export async function judgeAttempt(
  db: Db,
  key: Buffer,
  officer: Actor | undefined,
  judge: () => Promise<boolean>,
  now: Date,
): Promise<Tried> {
  const counted = await countAttempt(db, key, now);
  if (counted.isRefused) return { lockedUntil: counted.lockedUntil };
  if (await judge()) {
    await clearFailures(db, [key]);
    return 'right';
  }
  if (!counted.lockedUntil) return 'wrong';
  if (officer) await transaction(db, (trx) => writeLedger(trx, { what: 'signInLocked', officer }, now));
  return { lockedUntil: counted.lockedUntil };
}

type Counted =
  | { readonly isRefused: true; readonly lockedUntil: Date }
  | { readonly isRefused: false; readonly lockedUntil: Date | null };

function countAttempt(db: Db, key: Buffer, now: Date): Promise<Counted> {
  return transaction(db, async (trx) => {
    const held = await holdFailures(trx, key, now);
    if (held.lockedUntil && held.lockedUntil > now) return { isRefused: true, lockedUntil: held.lockedUntil };
    const failures = held.failures + 1;
    const lockMs = lockMsAfter(failures);
    const lockedUntil = lockMs > 0 ? new Date(now.getTime() + lockMs) : null;
    await writeFailures(trx, key, { failures, lockedUntil });
    return { isRefused: false, lockedUntil };
  });
}
