import type { ClausePlaces } from '../../../db/placements.ts';

/** How many comments there are, and how they stand on the newest version; the three make the total. */
export interface PlaceCounts {
  readonly total: number;
  readonly placed: number;
  readonly moved: number;
  readonly orphaned: number;
}

/** Counts every comment once, by where the clause it stands on is now. */
export function countPlaces(
  { places }: ClausePlaces,
  byClause: ReadonlyMap<number | null, number>,
): PlaceCounts {
  const counts = { total: 0, placed: 0, moved: 0, orphaned: 0 };
  for (const [clauseId, count] of byClause) {
    const state = clauseId === null ? 'placed' : (places.get(clauseId)?.state ?? 'orphaned');
    counts.total += count;
    counts[state] += count;
  }
  return counts;
}

/** How many comments stand on each clause of the newest version, by its id. */
export function countOnNewest(
  { places }: ClausePlaces,
  byClause: ReadonlyMap<number | null, number>,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [clauseId, count] of byClause) {
    const id = clauseId === null ? undefined : places.get(clauseId)?.clause?.id;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}
