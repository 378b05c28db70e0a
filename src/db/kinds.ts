import { totalsOf } from '../domain/tallies.ts';
import { mergedCounts } from './alike-rows.ts';
import type { Db } from './session.ts';
import { talliesOf } from './tallies.ts';

/**
 * How many 类 the standing comments of a consultation make, those in time and not withdrawn: each confirmed group of at
 * least two of them is one, every other comment is one by itself.
 */
export async function countKinds(db: Db, consultationId: number): Promise<number> {
  const { received, withdrawn } = totalsOf(await talliesOf(db, { consultationId }));
  return received.comments - withdrawn.comments - (await countGrouped(db, consultationId));
}

/** How many standing comments of a consultation are in a group beside its first: by so many 类 are fewer than 条. */
export async function countGrouped(db: Db, consultationId: number): Promise<number> {
  return (await mergedCounts(db, consultationId)).inGroups;
}
