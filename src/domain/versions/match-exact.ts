import { bind, canBind, isContainer, type Pairs, siblingOf } from './match-pairs.ts';
import type { Tree } from './match-tree.ts';
import { addTo } from './order.ts';

/** A text this long that stands once in each version is the same clause, wherever it stands. */
const telling = 8;

/** Pairs what stands exactly once in each version: first clauses with all that is in them, then their own text. */
export function pairUnique(pairs: Pairs): void {
  for (const [old, next] of onceInBoth(pairs.old.whole, pairs.next.whole))
    if ((pairs.old.weight[old] ?? 0) > telling) bindWhole(pairs, old, next);
  for (const [old, next] of onceInBoth(pairs.old.own, pairs.next.own))
    if (isTelling(pairs.old, old) && canBind(pairs, old, next)) bind(pairs, old, next);
}

/** Pairs the children of every pair that are equal: beside equal neighbours, under the same label, in order. */
export function pairWithin(pairs: Pairs): void {
  pairChildren(pairs, pairs.old.root);
  for (let old = 0; old < pairs.old.root; old += 1) pairChildren(pairs, old);
}

/** Pairs what is left of equal telling texts, in order. */
export function pairLeftovers(pairs: Pairs): void {
  const free = (tree: Tree, partners: Int32Array): number[] =>
    [...partners.keys()].filter((index) => partners[index] === -1 && isTelling(tree, index));
  const [left, right] = [free(pairs.old, pairs.to), free(pairs.next, pairs.from)];
  pairByKey(pairs, left, right, (tree, index) => `${tree.whole[index]}`);
  pairByKey(pairs, left, right, (tree, index) => `${tree.own[index]}`);
}

function isTelling(tree: Tree, index: number): boolean {
  return (tree.letters[index]?.length ?? 0) >= telling;
}

function* onceInBoth(old: Int32Array, next: Int32Array): Generator<[number, number]> {
  const [left, right] = [placesOf(old), placesOf(next)];
  for (const [number, place] of left) {
    const other = right.get(number) ?? -1;
    if (place >= 0 && other >= 0) yield [place, other];
  }
}

/** Where each number stands; -1 when it stands more than once. */
function placesOf(numbers: Int32Array): Map<number, number> {
  const places = new Map<number, number>();
  for (const [place, number] of numbers.entries()) places.set(number, places.has(number) ? -1 : place);
  return places;
}

function bindWhole(pairs: Pairs, old: number, next: number): void {
  const open: [number, number][] = [[old, next]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [before, after] = pair;
    if (!canBind(pairs, before, after)) continue;
    bind(pairs, before, after);
    for (const [place, child] of (pairs.old.children[before] ?? []).entries())
      open.push([child, pairs.next.children[after]?.[place] ?? pairs.next.root]);
  }
}

function pairChildren(pairs: Pairs, parent: number): void {
  const partner = pairs.to[parent] ?? -1;
  if (partner === -1) return;
  const left = (pairs.old.children[parent] ?? []).filter((index) => pairs.to[index] === -1);
  const right = (pairs.next.children[partner] ?? []).filter((index) => pairs.from[index] === -1);
  if (left.length === 0 || right.length === 0) return;
  for (const index of left) pairBeside(pairs, index, -1);
  for (const index of left.toReversed()) pairBeside(pairs, index, 1);
  pairByKey(pairs, left, right, (tree, index) => `${tree.whole[index]} ${tree.labels[index]}`);
  pairByKey(pairs, left, right, (tree, index) => `${tree.whole[index]}`);
  pairByKey(pairs, left, right, (tree, index) => leadOf(tree, index));
  pairByKey(pairs, left, right, (tree, index) => rareKindOf(tree, index));
}

/** Pairs a clause whose neighbour is paired with the clause beside its neighbour's partner, when they are equal. */
function pairBeside(pairs: Pairs, old: number, distance: number): void {
  const beside = pairs.to[siblingOf(pairs.old, old, distance)] ?? -1;
  const next = beside === -1 ? -1 : siblingOf(pairs.next, beside, -distance);
  if (next !== -1 && pairs.old.whole[old] === pairs.next.whole[next]) bindWhole(pairs, old, next);
}

/** Pairs clauses with the same key in order; the key '' is none. */
function pairByKey(
  pairs: Pairs,
  left: readonly number[],
  right: readonly number[],
  keyOf: (tree: Tree, index: number) => string,
): void {
  const waiting = new Map<string, number[]>();
  for (const index of right.filter((each) => pairs.from[each] === -1).toReversed())
    addTo(waiting, keyOf(pairs.next, index), index);
  for (const index of left.filter((each) => pairs.to[each] === -1)) {
    const key = keyOf(pairs.old, index);
    const next = key === '' ? undefined : waiting.get(key)?.pop();
    if (next !== undefined && canBind(pairs, index, next)) bindFound(pairs, index, next);
  }
}

function bindFound(pairs: Pairs, old: number, next: number): void {
  if (pairs.old.whole[old] === pairs.next.whole[next]) bindWhole(pairs, old, next);
  else bind(pairs, old, next);
}

/** Text and label of a clause; the heading alone of a container. Many articles begin alike and differ in their lists. */
function leadOf(tree: Tree, index: number): string {
  const says = (tree.letters[index] ?? '') !== '';
  if (says && isContainer(tree.clauses[index])) return `${tree.own[index]}`;
  const leads = says && tree.children[index]?.length !== 0;
  return leads ? '' : `${tree.own[index]} ${tree.labels[index]}`;
}

/** Title, number and preamble: there is one of each, whatever it says. */
function rareKindOf(tree: Tree, index: number): string {
  const kind = tree.clauses[index]?.kind ?? '';
  return kind === 'title' || kind === 'subtitle' || kind === 'documentNumber' || kind === 'preamble'
    ? kind
    : '';
}
