import type { Block } from '../../../domain/outline.ts';
import { isChanged, markOf, type TypedRow } from '../draft-form.ts';

/** What an officer changed on a page that went stale: rows that are still there, where they stand now, and others. */
export interface SortedStale {
  readonly found: readonly TypedRow[];
  readonly lost: readonly TypedRow[];
}

/** Finds the changed rows of a page again among the blocks as they are now: unchanged ones, the nearest of several. */
export function sortStale(typed: readonly TypedRow[], blocks: readonly Block[]): SortedStale {
  const places = new Map<string, number[]>();
  blocks.forEach((block, index) => {
    const mark = markOf(block);
    const alike = places.get(mark);
    if (alike) alike.push(index);
    else places.set(mark, [index]);
  });
  const found: TypedRow[] = [];
  const lost: TypedRow[] = [];
  for (const row of typed.filter(isChanged)) {
    const index = takeNearest(places.get(row.was) ?? [], row.index);
    if (index === undefined) lost.push(row);
    else found.push({ ...row, index });
  }
  return { found, lost };
}

function takeNearest(places: number[], near: number): number | undefined {
  if (places.length === 0) return undefined;
  const best = places.reduce((one, other) => (Math.abs(other - near) < Math.abs(one - near) ? other : one));
  places.splice(places.indexOf(best), 1);
  return best;
}
