import { makeDueAgain } from '../db/desk-letters.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';

/**
 * Lets letters of a consultation that were set aside be tried anew: one of them, or all (`letterId` null). Throws
 * RuleBroken `stale` when there is none any more.
 */
export async function sendLettersAgain(
  db: Db,
  deed: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly letterId: number | null;
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId, letterId } = deed;
  await transaction(db, async (trx) => {
    const letters = await makeDueAgain(trx, consultationId, letterId, now);
    if (letters === 0) throw new RuleBroken('stale');
    const entry = { what: 'lettersSentAgain', consultationId, officer } as const;
    await writeLedger(trx, { ...entry, detail: { letters } }, now);
  });
}
