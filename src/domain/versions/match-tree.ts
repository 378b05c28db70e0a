import { isMapped, type VersionClause } from './clause.ts';
import { foldedText, lettersOf } from './fold.ts';
import { labelKey } from './label-key.ts';

/** One version, made ready for matching: its mapped clauses as a tree, and last, as its root, the version itself. */
export interface Tree {
  readonly clauses: readonly VersionClause[];
  /** Index of the root: one more than the last clause. */
  readonly root: number;
  /** Index of the enclosing mapped clause, or the root; -1 for the root. */
  readonly parent: Int32Array;
  readonly children: readonly (readonly number[])[];
  /** Place among the children of its parent. */
  readonly place: Int32Array;
  /** Heading, text and cells as one text, folded. */
  readonly content: readonly string[];
  /** The letters of the content; equal numbers in `own` mean equal texts, across both trees. */
  readonly letters: readonly string[];
  readonly own: Int32Array;
  /** Equal numbers mean equal texts with equal descendants, across both trees. */
  readonly whole: Int32Array;
  readonly labels: readonly string[];
  /** Letters of the clause with all its descendants. */
  readonly weight: Int32Array;
}

/** Both versions as trees that share their numbers. */
export function plant(old: readonly VersionClause[], next: readonly VersionClause[]): [Tree, Tree] {
  const numbers = new Map<string, number>();
  return [treeOf(old, numbers), treeOf(next, numbers)];
}

function treeOf(all: readonly VersionClause[], numbers: Map<string, number>): Tree {
  const clauses = all.filter(isMapped);
  const root = clauses.length;
  const parent = parentsOf(all, root);
  const children = childrenOf(parent);
  const content = [...clauses.map(contentOf), ''];
  const letters = content.map(lettersOf);
  const own = Int32Array.from(letters, (text) => numberOf(`text ${text}`, numbers));
  return {
    clauses,
    root,
    parent,
    children,
    place: placesOf(children, root),
    content,
    letters,
    own,
    whole: wholesOf(clauses, own, children, numbers),
    labels: [...clauses.map((clause) => labelKey(clause.label)), ''],
    weight: weightsOf(letters, parent),
  };
}

function contentOf(clause: VersionClause): string {
  const cells = clause.rows?.map((row) => row.join('|')).join('\n') ?? '';
  return foldedText(`${clause.heading}\n${clause.text}\n${cells}`);
}

function parentsOf(all: readonly VersionClause[], root: number): Int32Array {
  const nearest: number[] = [];
  const parents: number[] = [];
  for (const clause of all) {
    const above = clause.parent === null ? root : (nearest[clause.parent] ?? root);
    nearest.push(isMapped(clause) ? parents.length : above);
    if (isMapped(clause)) parents.push(above);
  }
  return Int32Array.from([...parents, -1]);
}

function childrenOf(parent: Int32Array): number[][] {
  const children: number[][] = Array.from(parent, () => []);
  for (const [index, above] of parent.entries()) children[above]?.push(index);
  return children;
}

function placesOf(children: readonly (readonly number[])[], root: number): Int32Array {
  const places = new Int32Array(root + 1);
  for (const siblings of children) for (const [place, index] of siblings.entries()) places[index] = place;
  return places;
}

function wholesOf(
  clauses: readonly VersionClause[],
  own: Int32Array,
  children: readonly (readonly number[])[],
  numbers: Map<string, number>,
): Int32Array {
  const wholes = new Int32Array(own.length);
  for (let index = clauses.length - 1; index >= 0; index -= 1) {
    const below = children[index]?.map((child) => wholes[child]).join(' ') ?? '';
    wholes[index] = numberOf(`${clauses[index]?.level} ${own[index]} ${below}`, numbers);
  }
  return wholes;
}

function weightsOf(letters: readonly string[], parent: Int32Array): Int32Array {
  const weights = Int32Array.from(letters, (text) => text.length + 1);
  for (let index = letters.length - 2; index >= 0; index -= 1)
    weights[parent[index] ?? 0] = (weights[parent[index] ?? 0] ?? 0) + (weights[index] ?? 0);
  return weights;
}

function numberOf(text: string, numbers: Map<string, number>): number {
  const known = numbers.get(text) ?? numbers.size;
  numbers.set(text, known);
  return known;
}
