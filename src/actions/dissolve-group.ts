import { emptyGroup } from '../db/group-writes.ts';
import { commentGroup } from '../db/groups.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForGroups } from './hold-groups.ts';

/**
 * Takes all comments out of a group; their dispositions stay. Throws RuleBroken `stale` when it has other members than
 * `seen` says how many, `noticeSigned`, `notAllowed`.
 */
export async function dissolveGroup(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly groupId: number;
    readonly seen: number;
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId, groupId, seen } = input;
  await transaction(db, async (trx) => {
    await holdForGroups(trx, officer, consultationId);
    const group = await commentGroup(trx, consultationId, groupId);
    if (!group) throw new RuleBroken('notAllowed');
    if (group.members !== seen || seen === 0) throw new RuleBroken('stale');
    await emptyGroup(trx, groupId, officer.id, now);
    const detail = { groupId, number: group.number, count: seen };
    await writeLedger(trx, { what: 'groupDissolved', consultationId, officer, detail }, now);
  });
}
