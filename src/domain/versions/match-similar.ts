import { pairWithin } from './match-exact.ts';
import { bind, canBind, isContainer, type Pairs, siblingOf } from './match-pairs.ts';
import { likenessOf, type Reader, readerOf } from './match-score.ts';
import type { Tree } from './match-tree.ts';
import { indexTexts, nearest, type TextIndex } from './text-index.ts';

/** The nearest texts that are looked at for one clause. */
const mostCandidates = 8;

/** Pairs what is alike: headings from the innermost out, articles by all they hold, then lists inside what is paired. */
export function pairAlike(pairs: Pairs): void {
  const reader = readerOf(pairs);
  for (const level of innermostFirst) pairRound(reader, (index) => pairs.old.clauses[index]?.level === level);
  const depths = depthsOf(pairs.old);
  for (const depth of [0, 1, 2, 3]) {
    pairWithin(pairs);
    pairRound(reader, (index) => Math.min(depths[index] ?? 0, 3) === depth);
  }
  for (const level of innermostFirst) pairRound(reader, (index) => pairs.old.clauses[index]?.level === level);
  pairWithin(pairs);
}

const innermostFirst = ['division', 'subsection', 'section', 'chapter', 'subpart', 'part'] as const;

interface Edge {
  readonly old: number;
  readonly next: number;
  readonly likeness: number;
}

/** One round: every free clause of the round with its candidates, the likest pairs first. */
function pairRound(reader: Reader, inRound: (old: number) => boolean): void {
  const { pairs } = reader;
  const free = [...pairs.to.keys()].filter((index) => pairs.to[index] === -1 && inRound(index));
  if (free.length === 0) return;
  const index = indexTexts(freeTexts(reader));
  const labels = freeLabels(pairs);
  const edges = free.flatMap((old) => edgesOf(reader, old, candidatesOf(reader, old, index, labels)));
  for (const edge of edges.sort((one, other) => other.likeness - one.likeness))
    if (canBind(pairs, edge.old, edge.next)) bind(pairs, edge.old, edge.next);
}

function* freeTexts({ pairs, nextBodies }: Reader): Generator<[number, string]> {
  for (let next = 0; next < pairs.next.root; next += 1)
    if (pairs.from[next] === -1) yield [next, nextBodies.textOf(next)];
}

/** Free new clauses under each parent and label; of several the first. */
function freeLabels(pairs: Pairs): Map<string, number> {
  const labels = new Map<string, number>();
  for (let next = pairs.next.root - 1; next >= 0; next -= 1)
    if (pairs.from[next] === -1) labels.set(`${pairs.next.parent[next]} ${pairs.next.labels[next]}`, next);
  return labels;
}

function candidatesOf(
  reader: Reader,
  old: number,
  index: TextIndex,
  labels: ReadonlyMap<string, number>,
): Set<number> {
  const { pairs, oldBodies } = reader;
  const parent = pairs.to[pairs.old.parent[old] ?? -1] ?? -1;
  const before = pairs.to[siblingOf(pairs.old, old, -1)] ?? -1;
  const after = pairs.to[siblingOf(pairs.old, old, 1)] ?? -1;
  const found = [
    labels.get(`${parent} ${pairs.old.labels[old]}`) ?? -1,
    before === -1 ? -1 : siblingOf(pairs.next, before, 1),
    after === -1 ? -1 : siblingOf(pairs.next, after, -1),
    ...reader.holdersOf(old).keys(),
    ...nearest(index, oldBodies.textOf(old), mostCandidates),
  ];
  return new Set(found.filter((next) => next !== -1 && canBind(pairs, old, next)));
}

function edgesOf(reader: Reader, old: number, candidates: ReadonlySet<number>): Edge[] {
  const edges: Edge[] = [];
  for (const next of candidates) {
    const likeness = likenessOf(reader, old, next);
    if (likeness !== null) edges.push({ old, next, likeness });
  }
  return edges;
}

/** How deep each clause stands below the headings: 0 for articles, 1 for what is in them. */
function depthsOf(tree: Tree): Int32Array {
  const depths = new Int32Array(tree.root + 1);
  for (let index = 0; index < tree.root; index += 1) {
    const parent = tree.parent[index] ?? tree.root;
    const isOuter = parent === tree.root || isContainer(tree.clauses[parent]);
    depths[index] = isOuter ? 0 : (depths[parent] ?? 0) + 1;
  }
  return depths;
}
