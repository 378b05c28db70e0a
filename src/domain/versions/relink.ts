import type { Issue } from '../issue.ts';
import type { ClauseLink, VersionClause } from './clause.ts';
import { linksOf, type MadeBond } from './links.ts';
import { plant, type Tree } from './match-tree.ts';

/** An officer's correction: the old clause, and the new ones that it became; none when it was deleted. */
export interface LinkChoice {
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * The links with one correction applied; the others give up what it takes, and their kinds follow. A new clause that
 * had another old one keeps both (merged), unless the correction is a split or the other has more targets: then the
 * other gives it up. Issues: `unknownClause`; `takenBySplit` when that would leave another old clause with nothing.
 */
export function relink(
  links: readonly ClauseLink[],
  old: readonly VersionClause[],
  next: readonly VersionClause[],
  choice: LinkChoice,
): ClauseLink[] | Issue {
  const [before, after] = plant(old, next);
  const [from] = indexesOf(before, [choice.from]);
  const to = indexesOf(after, [...new Set(choice.to)]).sort((one, other) => one - other);
  if (from === undefined || from === -1 || to.includes(-1)) return { field: 'to', key: 'unknownClause' };
  const bonds = bondsIn(links, before, after);
  const taken = bonds.find((bond) => to.length > 1 && wouldLoseAll(bond, from, to));
  if (taken) return takenIssue(before, taken, from);
  return linksOf(before, after, corrected(bonds, from, to));
}

function indexesOf(tree: Tree, addresses: readonly string[]): number[] {
  const indexes = new Map(tree.clauses.map((clause, index) => [clause.address, index]));
  return addresses.map((address) => indexes.get(address) ?? -1);
}

function bondsIn(links: readonly ClauseLink[], old: Tree, next: Tree): MadeBond[] {
  return links.map((link) => ({
    from: indexesOf(old, link.from),
    to: indexesOf(next, link.to),
    by: link.by,
  }));
}

function wouldLoseAll(bond: MadeBond, from: number, to: readonly number[]): boolean {
  const others = bond.from.some((index) => index !== from);
  return others && bond.to.length > 0 && bond.to.every((index) => to.includes(index));
}

function takenIssue(old: Tree, bond: MadeBond, from: number): Issue {
  const other = old.clauses[bond.from.find((index) => index !== from) ?? -1];
  return { field: 'to', key: 'takenBySplit', values: { clause: other?.label || other?.address || '' } };
}

/** The bonds without the clause and what it takes, and its own bond; what is left over stands alone. */
function corrected(bonds: readonly MadeBond[], from: number, to: readonly number[]): MadeBond[] {
  const [only] = to;
  const partner =
    to.length === 1 ? bonds.find((bond) => bond.to.length === 1 && bond.to[0] === only) : undefined;
  const together = [...new Set([...(partner?.from ?? []), from])].sort((one, other) => one - other);
  const taken = { from: new Set(together), to: new Set(to) };
  const rest = bonds.flatMap((bond) => remains(bond, taken));
  return [...rest, { from: together, to, by: 'officer' }];
}

function remains(
  bond: MadeBond,
  taken: { readonly from: ReadonlySet<number>; readonly to: ReadonlySet<number> },
): MadeBond[] {
  const from = bond.from.filter((index) => !taken.from.has(index));
  const to = bond.to.filter((index) => !taken.to.has(index));
  if (from.length === bond.from.length && to.length === bond.to.length) return [bond];
  if (from.length > 0 && to.length > 0) return [{ from, to, by: bond.by }];
  return [
    ...from.map((index): MadeBond => ({ from: [index], to: [], by: 'program' })),
    ...to.map((index): MadeBond => ({ from: [], to: [index], by: 'program' })),
  ];
}
