import { queueSearch } from '../db/group-queue.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForGroups } from './hold-groups.ts';

/**
 * Lets the background search a consultation for alike comments; while a search waits, this does nothing. Throws
 * RuleBroken `noticeSigned`, `notAllowed`.
 */
export async function searchGroups(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    await holdForGroups(trx, input.officer, input.consultationId);
    await queueSearch(trx, input.consultationId, input.officer.id, now);
  });
}
