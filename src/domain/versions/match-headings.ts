import { isContainer } from './match-pairs.ts';
import type { Tree } from './match-tree.ts';

/** One side of the pairs as wholes, the other as the parts that they may have been divided into. */
export interface Side {
  readonly wholes: Tree;
  readonly parts: Tree;
  readonly partnerOfWhole: Int32Array;
  readonly partnerOfPart: Int32Array;
}

/** So much of what a heading holds must stand or have stood under one other heading. */
const leastHeld = 0.6;

/** Free headings, each with the heading that most of what they hold stood or stands under. */
export function* headingHosts(side: Side, barred: ReadonlySet<number>): Generator<[number, number]> {
  for (let part = 0; part < side.parts.root; part += 1) {
    if (side.partnerOfPart[part] !== -1 || !isContainer(side.parts.clauses[part])) continue;
    const whole = mostlyIn(side, part);
    if (whole !== undefined && !barred.has(whole)) yield [part, whole];
  }
}

function mostlyIn(side: Side, part: number): number | undefined {
  const held = new Map<number, number>();
  for (const child of side.parts.children[part] ?? []) {
    const above = side.wholes.parent[side.partnerOfPart[child] ?? -1] ?? side.wholes.root;
    held.set(above, (held.get(above) ?? 0) + (side.parts.weight[child] ?? 0));
  }
  const whole = best([...held.keys()], (each) => held.get(each) ?? 0);
  const isMost = whole !== undefined && (held.get(whole) ?? 0) > leastHeld * (side.parts.weight[part] ?? 0);
  return isMost && side.wholes.clauses[whole]?.level === side.parts.clauses[part]?.level ? whole : undefined;
}

/** The first of the candidates that are worth the most; undefined without candidates. */
export function best(
  candidates: readonly number[],
  worth: (candidate: number) => number,
): number | undefined {
  return candidates.toSorted((one, other) => worth(other) - worth(one))[0];
}
