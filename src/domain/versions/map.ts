import type { ClauseLink, VersionClause } from './clause.ts';
import { linksOf } from './links.ts';
import { pairLeftovers, pairUnique, pairWithin } from './match-exact.ts';
import { unpaired } from './match-pairs.ts';
import { bondsOf } from './match-parts.ts';
import { pairAlike } from './match-similar.ts';
import { plant } from './match-tree.ts';

export { type ClauseLink, isMapped, type LinkKind, linkKinds, type VersionClause } from './clause.ts';

/**
 * What became of each clause from one version to the next. Every mapped old address stands in exactly one link's
 * `from`, every new one in exactly one `to`; in the order of the new version, deleted ones where they stood.
 */
export function mapClauses(old: readonly VersionClause[], next: readonly VersionClause[]): ClauseLink[] {
  const [before, after] = plant(old, next);
  const pairs = unpaired(before, after);
  pairUnique(pairs);
  pairWithin(pairs);
  pairAlike(pairs);
  pairLeftovers(pairs);
  return linksOf(
    before,
    after,
    bondsOf(pairs).map((bond) => ({ ...bond, by: 'program' })),
  );
}
