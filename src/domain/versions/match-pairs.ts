import type { VersionClause } from './clause.ts';
import type { Tree } from './match-tree.ts';

/** Which old clause goes with which new one, as far as it is known; -1 for none. The two roots always are a pair. */
export interface Pairs {
  readonly old: Tree;
  readonly next: Tree;
  readonly to: Int32Array;
  readonly from: Int32Array;
}

/** Nothing paired but the roots. */
export function unpaired(old: Tree, next: Tree): Pairs {
  const pairs = {
    old,
    next,
    to: new Int32Array(old.root + 1).fill(-1),
    from: new Int32Array(next.root + 1).fill(-1),
  };
  bind(pairs, old.root, next.root);
  return pairs;
}

/** Makes a pair of an old and a new clause; both must be free. */
export function bind(pairs: Pairs, old: number, next: number): void {
  pairs.to[old] = next;
  pairs.from[next] = old;
}

/** True when both are free and of kinds that can turn into each other. */
export function canBind(pairs: Pairs, old: number, next: number): boolean {
  return pairs.to[old] === -1 && pairs.from[next] === -1 && sameSort(pairs, old, next);
}

/** True when the parents of both are a pair. */
export function underPair(pairs: Pairs, old: number, next: number): boolean {
  return pairs.to[pairs.old.parent[old] ?? -1] === pairs.next.parent[next];
}

/** The sibling `distance` places on, or -1. */
export function siblingOf(tree: Tree, index: number, distance: number): number {
  const siblings = tree.children[tree.parent[index] ?? tree.root] ?? [];
  return siblings[(tree.place[index] ?? 0) + distance] ?? -1;
}

/** True for headings of laws (编 … 目) and annexes: what they hold may be long, and their own words are few. */
export function isContainer(clause: VersionClause | undefined): boolean {
  return clause?.kind === 'annex' || containers.has(clause?.level ?? '');
}

const containers: ReadonlySet<string> = new Set([
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
]);
const sorts: Partial<Record<VersionClause['kind'], string>> = {
  title: 'title',
  subtitle: 'title',
  documentNumber: 'number',
  table: 'table',
  annex: 'annex',
};

function sameSort(pairs: Pairs, old: number, next: number): boolean {
  const [before, after] = [pairs.old.clauses[old], pairs.next.clauses[next]];
  return before !== undefined && after !== undefined && sortOf(before) === sortOf(after);
}

function sortOf(clause: VersionClause): string {
  return isContainer(clause) && clause.kind === 'clause' ? 'heading' : (sorts[clause.kind] ?? 'text');
}
