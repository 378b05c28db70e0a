import type { ClauseLink, VersionClause } from './clause.ts';
import { diffRows, rowLine } from './compare-tables.ts';
import { diffText, type Run } from './diff.ts';

/** One row of a comparison of two versions: a link, its clauses on both sides, and what changed in them. */
export interface ComparedClause {
  readonly link: ClauseLink;
  readonly old: readonly VersionClause[];
  readonly next: readonly VersionClause[];
  readonly label: readonly Run[];
  readonly heading: readonly Run[];
  readonly text: readonly Run[];
}

/**
 * The comparison of two versions: a row for each link, in the order of the links. Words of several clauses are
 * joined by a line break, empty ones too. Tables are compared cell by cell and stand in `text`, a line for each row.
 */
export function compareVersions(
  old: readonly VersionClause[],
  next: readonly VersionClause[],
  links: readonly ClauseLink[],
): ComparedClause[] {
  const before = new Map(old.map((clause) => [clause.address, clause]));
  const after = new Map(next.map((clause) => [clause.address, clause]));
  return links.map((link) =>
    compared(
      link,
      link.from.flatMap((address) => before.get(address) ?? []),
      link.to.flatMap((address) => after.get(address) ?? []),
    ),
  );
}

/** The words of a clause; of a table its cells, a line for each row. */
export function wordsOf({ text, rows }: VersionClause): string {
  return rows ? rows.map(rowLine).join('\n') : text;
}

function compared(
  link: ClauseLink,
  old: readonly VersionClause[],
  next: readonly VersionClause[],
): ComparedClause {
  const runs = (wordsIn: (clause: VersionClause) => string): Run[] =>
    diffText(old.map(wordsIn).join('\n'), next.map(wordsIn).join('\n'));
  return {
    link,
    old,
    next,
    label: runs((clause) => clause.label),
    heading: runs((clause) => clause.heading),
    text: areTables(old) && areTables(next) ? diffRows(rowsOf(old), rowsOf(next)) : runs(wordsOf),
  };
}

function areTables(clauses: readonly VersionClause[]): boolean {
  return clauses.length > 0 && clauses.every(({ rows }) => rows !== null && rows.length > 0);
}

function rowsOf(clauses: readonly VersionClause[]): (readonly string[])[] {
  return clauses.flatMap((clause) => clause.rows ?? []);
}
