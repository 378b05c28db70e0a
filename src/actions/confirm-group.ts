import { insertGroup, putSuggested } from '../db/group-writes.ts';
import { commentGroup, openSuggestion, type Suggestion } from '../db/groups.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForGroups } from './hold-groups.ts';

/** A suggestion as an officer saw it. */
export interface SeenSuggestion {
  readonly officer: Officer;
  readonly consultationId: number;
  readonly searchId: number;
  readonly position: number;
}

/**
 * Makes a suggestion a confirmed group with this label, or adds it to the group that it is suggested to join; without
 * the comments that were struck, which are not suggested again. Gives the group's id. Throws RuleBroken `stale` when it
 * was decided or searched anew meanwhile or too few comments are left, `noticeSigned`, `notAllowed`.
 */
export async function confirmGroup(
  db: Db,
  input: SeenSuggestion & { readonly label: string; readonly struck: readonly number[] },
  now: Date,
): Promise<number> {
  const { officer, consultationId, label, struck } = input;
  return transaction(db, async (trx) => {
    const suggestion = await holdSuggestion(trx, input);
    const { joins } = suggestion;
    const groupId =
      joins?.id ?? (await insertGroup(trx, { consultationId, label, officerId: officer.id }, now));
    const joined = await putSuggested(trx, suggestion, { groupId, struck }, officer.id, now);
    if (joined < (joins ? 1 : 2)) throw new RuleBroken('stale');
    const what = joins ? 'groupExtended' : 'groupConfirmed';
    const number = (await commentGroup(trx, consultationId, groupId))?.number;
    const detail = { groupId, number, count: joined };
    await writeLedger(trx, { what, consultationId, officer, detail }, now);
    return groupId;
  });
}

/** Says that the comments of a suggestion are not alike: they stay by themselves. Throws as confirmGroup. */
export async function setSuggestionAside(db: Db, input: SeenSuggestion, now: Date): Promise<void> {
  const { officer, consultationId } = input;
  await transaction(db, async (trx) => {
    const suggestion = await holdSuggestion(trx, input);
    await putSuggested(trx, suggestion, { groupId: null, struck: [] }, officer.id, now);
    const detail = { count: suggestion.size };
    await writeLedger(trx, { what: 'groupSetAside', consultationId, officer, detail }, now);
  });
}

async function holdSuggestion(trx: Trx, input: SeenSuggestion): Promise<Suggestion> {
  await holdForGroups(trx, input.officer, input.consultationId);
  const suggestion = await openSuggestion(trx, input.consultationId, input);
  if (!suggestion) throw new RuleBroken('stale');
  return suggestion;
}
