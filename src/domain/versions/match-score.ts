import { isContainer, type Pairs, siblingOf, underPair } from './match-pairs.ts';
import type { Tree } from './match-tree.ts';
import { alike, shinglesOf } from './shingles.ts';

/** A clause with all it holds is read as one text up to so many letters; above, only its own words are. */
const longestBody = 1500;
/** Texts less alike than this are never one clause, whatever else speaks for it … */
const leastText = 0.25;
/** … and with all that speaks for it, it needs this much. */
const leastInAll = 0.55;
/** … or this much where its parent went elsewhere. */
const leastElsewhere = 0.65;

/** Texts of one version for comparing, each made once. */
export interface Bodies {
  readonly textOf: (index: number) => string;
  readonly shinglesOf: (index: number) => Uint32Array;
}

/** What is needed to say how like two clauses are. */
export interface Reader {
  readonly pairs: Pairs;
  readonly oldBodies: Bodies;
  readonly nextBodies: Bodies;
  /** The new parents of an old clause's children, with the letters of the children that they hold. */
  readonly holdersOf: (old: number) => Map<number, number>;
}

export function readerOf(pairs: Pairs): Reader {
  return {
    pairs,
    oldBodies: bodiesOf(pairs.old),
    nextBodies: bodiesOf(pairs.next),
    holdersOf: (old) => holdersOf(pairs, old),
  };
}

/** How like two clauses are, place and label counted; null when they are too unlike to be one. */
export function likenessOf(reader: Reader, old: number, next: number): number | null {
  const text = Math.max(textLikeness(reader, old, next), childLikeness(reader, old, next));
  const likeness = text + evidence(reader.pairs, old, next);
  const least = underPair(reader.pairs, old, next) ? leastInAll : leastElsewhere;
  return text >= leastText && likeness >= least ? likeness : null;
}

function textLikeness({ oldBodies, nextBodies }: Reader, old: number, next: number): number {
  const [before, after] = [oldBodies.shinglesOf(old), nextBodies.shinglesOf(next)];
  const all = before.length + after.length;
  if (all === 0) return leastText;
  const most = (2 * Math.min(before.length, after.length)) / all;
  return most < leastText ? 0 : alike(before, after);
}

function childLikeness({ pairs, holdersOf }: Reader, old: number, next: number): number {
  const held = holdersOf(old).get(next) ?? 0;
  return (2 * held) / ((pairs.old.weight[old] ?? 0) + (pairs.next.weight[next] ?? 0));
}

function evidence(pairs: Pairs, old: number, next: number): number {
  const [before, after] = [pairs.old.clauses[old], pairs.next.clauses[next]];
  const isInner = !isContainer(pairs.old.clauses[pairs.old.parent[old] ?? -1]);
  let sum = underPair(pairs, old, next) ? (isInner ? 0.2 : 0.15) : 0;
  if (pairs.old.labels[old] === pairs.next.labels[next]) sum += 0.05;
  if (before?.heading && before.heading === after?.heading) sum += 0.1;
  if (before?.level !== after?.level) sum -= 0.15;
  for (const distance of [-1, 1]) if (areBeside(pairs, old, next, distance)) sum += 0.05;
  return sum;
}

function areBeside(pairs: Pairs, old: number, next: number, distance: number): boolean {
  const [before, after] = [siblingOf(pairs.old, old, distance), siblingOf(pairs.next, next, distance)];
  return before === -1 ? after === -1 : after !== -1 && pairs.to[before] === after;
}

function holdersOf(pairs: Pairs, old: number): Map<number, number> {
  const holders = new Map<number, number>();
  for (const child of pairs.old.children[old] ?? []) {
    const partner = pairs.to[child] ?? -1;
    const holder = partner === -1 ? pairs.next.root : (pairs.next.parent[partner] ?? pairs.next.root);
    const letters = Math.min(pairs.old.weight[child] ?? 0, pairs.next.weight[partner] ?? 0);
    if (holder !== pairs.next.root) holders.set(holder, (holders.get(holder) ?? 0) + letters);
  }
  return holders;
}

function bodiesOf(tree: Tree): Bodies {
  const texts = new Map<number, string>();
  const shingles = new Map<number, Uint32Array>();
  const textOf = (index: number): string => remember(texts, index, () => bodyOf(tree, index));
  return { textOf, shinglesOf: (index) => remember(shingles, index, () => shinglesOf(textOf(index))) };
}

function remember<Value>(made: Map<number, Value>, index: number, make: () => Value): Value {
  const value = made.get(index) ?? make();
  made.set(index, value);
  return value;
}

function bodyOf(tree: Tree, index: number): string {
  if (isContainer(tree.clauses[index]) || (tree.weight[index] ?? 0) > longestBody)
    return tree.letters[index] ?? '';
  let body = '';
  const open = [index];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    body += tree.letters[each] ?? '';
    open.push(...(tree.children[each] ?? []).toReversed());
  }
  return body;
}
