import { isContainer } from './match-pairs.ts';
import type { Tree } from './match-tree.ts';

type Targets = readonly (readonly number[])[];

/**
 * The old clauses that changed their place: into another parent than their parent's successors, or against their
 * siblings, where the longest run that kept its order counts as having stayed. `targets[old]` are the new clauses.
 */
export function outOfOrder(old: Tree, next: Tree, targets: Targets): Set<number> {
  const sources = sourcesOf(next, targets);
  const displaced = new Set<number>();
  const families = new Map<number, number[]>();
  for (let index = 0; index < old.root; index += 1) {
    const target = targets[index]?.[0];
    if (target === undefined) continue;
    const parent = next.parent[target] ?? next.root;
    if (changedParent(old, next, index, target, targets, sources)) displaced.add(index);
    else addTo(families, parent, index);
  }
  for (const family of families.values())
    for (const index of leftBehind(family, (each) => targets[each]?.[0] ?? 0)) displaced.add(index);
  return displaced;
}

function sourcesOf(next: Tree, targets: Targets): Uint8Array {
  const sources = new Uint8Array(next.root + 1);
  for (const of of targets) for (const target of of) sources[target] = 1;
  return sources;
}

/** A heading put above clauses that had none, or taken away from above them, does not move them. */
function changedParent(
  old: Tree,
  next: Tree,
  index: number,
  target: number,
  targets: Targets,
  sources: Uint8Array,
): boolean {
  const [before, after] = [old.parent[index] ?? old.root, next.parent[target] ?? next.root];
  if (before === old.root && after === next.root) return false;
  if (before !== old.root && (targets[before] ?? []).includes(after)) return false;
  if (keepsNumber(old, next, index, target)) return false;
  if (before === old.root) return sources[after] === 1 || !isContainer(next.clauses[after]);
  if (after === next.root) return targets[before]?.length !== 0 || !isContainer(old.clauses[before]);
  return true;
}

/** Articles are numbered through the whole draft: one that keeps its number has not moved. */
function keepsNumber(old: Tree, next: Tree, index: number, target: number): boolean {
  const isArticle = old.clauses[index]?.level === 'article' && next.clauses[target]?.level === 'article';
  return isArticle && old.labels[index] === next.labels[target];
}

/** The members that are not in the longest rising run. */
function leftBehind(members: readonly number[], targetOf: (member: number) => number): number[] {
  const kept = new Set(longestRise(members.map(targetOf)));
  return members.filter((_, place) => !kept.has(place));
}

/** The places of a longest rising run among numbers. */
export function longestRise(values: readonly number[]): number[] {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [place, value] of values.entries()) {
    const length = firstAbove(ends, value, values);
    before.push(length === 0 ? -1 : (ends[length - 1] ?? -1));
    ends[length] = place;
  }
  const run: number[] = [];
  for (let place = ends.at(-1) ?? -1; place !== -1; place = before[place] ?? -1) run.push(place);
  return run.reverse();
}

function firstAbove(ends: readonly number[], value: number, values: readonly number[]): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a number to the list under a key. */
export function addTo<Key>(lists: Map<Key, number[]>, key: Key, number: number): void {
  const list = lists.get(key);
  if (list) list.push(number);
  else lists.set(key, [number]);
}
