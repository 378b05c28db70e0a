import type { Totals } from '../domain/totals.ts';
import { mergedCounts } from './alike-rows.ts';
import type { Db } from './session.ts';

/**
 * How many 类 the standing comments of these totals make, those in time and not withdrawn: each confirmed group of at
 * least two of them is one, every other comment is one by itself.
 */
export async function countKinds(db: Db, consultationId: number, totals: Totals): Promise<number> {
  const { inGroups } = await mergedCounts(db, consultationId);
  return totals.received.comments - totals.withdrawn.comments - inGroups;
}
