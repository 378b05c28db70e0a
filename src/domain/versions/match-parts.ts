import { best, headingHosts, type Side } from './match-headings.ts';
import { isContainer, type Pairs } from './match-pairs.ts';
import { addTo } from './order.ts';
import { countedShingles, heldShingles, shinglesOf, takeShingles } from './shingles.ts';
import { indexTexts, nearest } from './text-index.ts';

/** Old and new clauses that belong together, by index. */
export interface Bond {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A part must have so many letters, and so much of it must stand in the whole and in no other part. */
const shortestPart = 5;
const leastInside = 0.7;
/** The wholes that are looked at for one part. */
const mostWholes = 6;
/** Parts without a successor of the whole among them must cover so much of it. */
const leastCovered = 0.5;

/** The bonds of all clauses: the pairs, and what was split or merged; the rest stands alone. */
export function bondsOf(pairs: Pairs): Bond[] {
  const { old, next, to, from } = pairs;
  const splits = divided({ wholes: old, parts: next, partnerOfWhole: to, partnerOfPart: from }, new Set());
  const merges = divided(
    { wholes: next, parts: old, partnerOfWhole: from, partnerOfPart: to },
    new Set([...splits.values()].flat()),
    new Set(splits.keys()),
  );
  return [
    ...[...splits].map(([whole, parts]) => ({ from: [whole], to: parts })),
    ...[...merges].map(([whole, parts]) => ({ from: parts, to: [whole] })),
    ...singles(pairs, splits, merges),
  ];
}

function singles(
  pairs: Pairs,
  splits: ReadonlyMap<number, readonly number[]>,
  merges: ReadonlyMap<number, readonly number[]>,
): Bond[] {
  const takenOld = new Set([...splits.keys(), ...[...merges.values()].flat()]);
  const takenNext = new Set([...merges.keys(), ...[...splits.values()].flat()]);
  const bonds: Bond[] = [];
  for (let old = 0; old < pairs.old.root; old += 1) {
    const next = pairs.to[old] ?? -1;
    if (!takenOld.has(old)) bonds.push({ from: [old], to: next === -1 ? [] : [next] });
  }
  for (let next = 0; next < pairs.next.root; next += 1)
    if (!takenNext.has(next) && pairs.from[next] === -1) bonds.push({ from: [], to: [next] });
  return bonds;
}

/** The wholes that were divided, each with its parts in document order. */
function divided(
  side: Side,
  barredWholes: ReadonlySet<number>,
  barredParts: ReadonlySet<number> = new Set(),
): Map<number, number[]> {
  const hosts = new Map<number, number[]>();
  for (const [part, whole] of [...textHosts(side, barredWholes), ...headingHosts(side, barredWholes)])
    if (!barredParts.has(part)) addTo(hosts, whole, part);
  const groups = new Map<number, number[]>();
  for (const [whole, parts] of hosts) {
    const partner = side.partnerOfWhole[whole] ?? -1;
    if (partner !== -1)
      groups.set(
        whole,
        [...parts, partner].sort((one, other) => one - other),
      );
    else if (parts.length > 1 && covers(side, whole, parts)) groups.set(whole, parts);
  }
  return groups;
}

/** Free parts, each with the whole that holds its text beside what the whole's partner and earlier parts hold. */
function* textHosts(side: Side, barred: ReadonlySet<number>): Generator<[number, number]> {
  const rests = new Map<number, Map<number, number>>();
  const index = indexTexts(changedTexts(side, barred));
  for (const [part, text] of freeTexts(side)) {
    const shingles = shinglesOf(text);
    const inside = (whole: number): number => heldShingles(restOf(side, whole, rests), shingles);
    const whole = best(nearest(index, text, mostWholes), inside);
    if (whole === undefined || inside(whole) < leastInside * shingles.length) continue;
    takeShingles(restOf(side, whole, rests), shingles);
    yield [part, whole];
  }
}

function* freeTexts({ parts, partnerOfPart }: Side): Generator<[number, string]> {
  for (let part = 0; part < parts.root; part += 1) {
    const text = parts.letters[part] ?? '';
    if (partnerOfPart[part] === -1 && text.length >= shortestPart && !isContainer(parts.clauses[part]))
      yield [part, text];
  }
}

function* changedTexts(side: Side, barred: ReadonlySet<number>): Generator<[number, string]> {
  const { wholes, parts, partnerOfWhole } = side;
  for (let whole = 0; whole < wholes.root; whole += 1) {
    const partner = partnerOfWhole[whole] ?? -1;
    const isChanged = partner === -1 || wholes.own[whole] !== parts.own[partner];
    if (isChanged && !barred.has(whole) && !isContainer(wholes.clauses[whole]))
      yield [whole, wholes.letters[whole] ?? ''];
  }
}

/** What of a whole its partner does not hold, counted; parts that are found are taken away from it. */
function restOf(side: Side, whole: number, rests: Map<number, Map<number, number>>): Map<number, number> {
  const known = rests.get(whole);
  if (known) return known;
  const rest = countedShingles(side.wholes.letters[whole] ?? '');
  const partner = side.partnerOfWhole[whole] ?? -1;
  if (partner !== -1) takeShingles(rest, shinglesOf(side.parts.letters[partner] ?? ''));
  rests.set(whole, rest);
  return rest;
}

function covers(side: Side, whole: number, parts: readonly number[]): boolean {
  if (isContainer(side.wholes.clauses[whole])) return true;
  const all = shinglesOf(side.wholes.letters[whole] ?? '');
  const together = new Map<number, number>();
  for (const part of parts)
    for (const [shingle, count] of countedShingles(side.parts.letters[part] ?? ''))
      together.set(shingle, (together.get(shingle) ?? 0) + count);
  return heldShingles(together, all) >= leastCovered * all.length;
}
