import type { ClauseLink, LinkKind } from './clause.ts';
import type { Bond } from './match-parts.ts';
import type { Tree } from './match-tree.ts';
import { outOfOrder } from './order.ts';
import { alike, shinglesOf } from './shingles.ts';

/** A bond with who made it. */
export interface MadeBond extends Bond {
  readonly by: ClauseLink['by'];
}

/** The links that bonds stand for: each with its kind and likeness, in the order of the new version. */
export function linksOf(old: Tree, next: Tree, bonds: readonly MadeBond[]): ClauseLink[] {
  const targets = targetsOf(old, bonds);
  const displaced = outOfOrder(old, next, targets);
  return inOrder(old, next, bonds, targets).map((bond) => ({
    kind: kindOf(old, next, bond, displaced),
    from: bond.from.map((index) => old.clauses[index]?.address ?? ''),
    to: bond.to.map((index) => next.clauses[index]?.address ?? ''),
    by: bond.by,
    similarity: similarityOf(old, next, bond),
  }));
}

function targetsOf(old: Tree, bonds: readonly Bond[]): (readonly number[])[] {
  const targets: (readonly number[])[] = Array.from({ length: old.root }, () => []);
  for (const bond of bonds) for (const index of bond.from) targets[index] = bond.to;
  return [...targets, []];
}

function kindOf(old: Tree, next: Tree, bond: Bond, displaced: ReadonlySet<number>): LinkKind {
  const [before = -1, after = -1] = [bond.from[0], bond.to[0]];
  if (bond.to.length === 0) return 'deleted';
  if (bond.from.length === 0) return 'new';
  if (bond.to.length > 1) return 'split';
  if (bond.from.length > 1) return 'merged';
  if (old.content[before] !== next.content[after]) return 'amended';
  if (displaced.has(before)) return 'moved';
  return old.labels[before] === next.labels[after] ? 'same' : 'renumbered';
}

function similarityOf(old: Tree, next: Tree, bond: Bond): number {
  if (bond.from.length === 0 || bond.to.length === 0) return 0;
  const before = bond.from.map((index) => old.letters[index] ?? '').join('');
  const after = bond.to.map((index) => next.letters[index] ?? '').join('');
  if (before === after) return 1;
  return Math.round(100 * alike(shinglesOf(before), shinglesOf(after))) / 100;
}

/** Bonds by their first new clause; those without one behind the sibling they stood behind, or their parent. */
function inOrder(
  old: Tree,
  next: Tree,
  bonds: readonly MadeBond[],
  targets: readonly (readonly number[])[],
): MadeBond[] {
  const ends = endsOf(next);
  const stands = new Map<number, number>();
  for (let index = 0; index < old.root; index += 1)
    stands.set(index, standOf(old, next, index, targets, stands, ends));
  const keyOf = (bond: MadeBond): number => bond.to[0] ?? (stands.get(bond.from[0] ?? -1) ?? -1) + 0.5;
  return bonds.toSorted(
    (one, other) => keyOf(one) - keyOf(other) || (one.from[0] ?? 0) - (other.from[0] ?? 0),
  );
}

/** The new clause behind which a deleted one is shown: the end of its sibling before, or its parent; -1 for none. */
function standOf(
  old: Tree,
  next: Tree,
  index: number,
  targets: readonly (readonly number[])[],
  stands: ReadonlyMap<number, number>,
  ends: Int32Array,
): number {
  const parent = old.parent[index] ?? old.root;
  const under = parent === old.root ? next.root : targets[parent]?.[0];
  const target = targets[index]?.at(-1);
  if (target !== undefined && next.parent[target] === under) return ends[target] ?? target;
  const before = old.children[parent]?.[(old.place[index] ?? 0) - 1];
  if (before !== undefined) return stands.get(before) ?? -1;
  return under === undefined ? (stands.get(parent) ?? -1) : under === next.root ? -1 : under;
}

/** The last clause within each clause. */
function endsOf(tree: Tree): Int32Array {
  const ends = Int32Array.from(tree.parent.keys());
  for (let index = tree.root - 1; index >= 0; index -= 1) {
    const parent = tree.parent[index] ?? tree.root;
    if (parent !== tree.root) ends[parent] = Math.max(ends[parent] ?? 0, ends[index] ?? 0);
  }
  return ends;
}
