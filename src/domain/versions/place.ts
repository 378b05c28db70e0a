import type { ClauseLink } from './clause.ts';

/**
 * Where a clause of an older version stands in the newest: `placed` on its successor, `moved` when a link on the way
 * says that it changed its place, `orphaned` (with null) when it was deleted on the way.
 */
export interface Placement {
  readonly state: 'placed' | 'moved' | 'orphaned';
  readonly address: string | null;
}

/**
 * Follows every clause that the first links start from to the version that the last links lead to, through the first
 * target of a split. An empty chain places nothing; an address that a later version's links do not know is orphaned.
 */
export function placementsOf(chain: readonly (readonly ClauseLink[])[]): Map<string, Placement> {
  const [first = new Map<string, Placement>(), ...later] = chain.map(stepsOf);
  const placements = new Map<string, Placement>();
  for (const [address, step] of first) placements.set(address, later.reduce(follow, step));
  return placements;
}

type Steps = ReadonlyMap<string, Placement>;

function stepsOf(links: readonly ClauseLink[]): Steps {
  const steps = new Map<string, Placement>();
  for (const link of links) for (const address of link.from) steps.set(address, stepOf(link));
  return steps;
}

function stepOf(link: ClauseLink): Placement {
  const address = link.to[0];
  if (address === undefined) return orphaned;
  return { state: link.kind === 'moved' ? 'moved' : 'placed', address };
}

const orphaned: Placement = { state: 'orphaned', address: null };

function follow(before: Placement, steps: Steps): Placement {
  const step = before.address === null ? orphaned : (steps.get(before.address) ?? orphaned);
  return before.state === 'moved' && step.state === 'placed' ? { ...step, state: 'moved' } : step;
}
