import type { Issue } from '../issue.ts';
import { type Places, type SheetColumn, sheetColumns } from './columns.ts';
import type { SheetRow } from './table.ts';

/** The cells of a row by column; empty where there are none. */
export type Line = Readonly<Record<SheetColumn, string>> & { readonly row: number };

/** Lines that make up one submission, at least one. */
export type Group = readonly [Line, ...Line[]];

/** A cell that must be put right. */
export interface SheetProblem extends Pick<Issue, 'key' | 'values'> {
  readonly row: number;
  readonly column: SheetColumn;
}

/** A row's cells by the columns they stand in. */
export function lineFrom({ number, cells }: SheetRow, places: Places): Line {
  const named = sheetColumns.map((column) => {
    const place = places[column];
    return [column, place === undefined ? '' : (cells[place] ?? '')];
  });
  return { ...(Object.fromEntries(named) as Record<SheetColumn, string>), row: number };
}

/** Lines with the same entry number together, each without one by itself, in the order of their first. */
export function groupsOf(lines: readonly Line[]): Group[] {
  const groups = new Map<string, [Line, ...Line[]]>();
  for (const line of lines) {
    const key = line.entryNumber === '' ? `row ${line.row}` : `number ${line.entryNumber}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()];
}

const ofSubmission = [
  'channel',
  'receivedOn',
  'postmarkedOn',
  'name',
  'commenterKind',
  'phone',
  'email',
  'consent',
] as const satisfies readonly SheetColumn[];

/** What later lines of a submission say otherwise than its first; left empty they say nothing. */
export function differences([first, ...others]: Group): SheetProblem[] {
  return others.flatMap((line) =>
    ofSubmission
      .filter((column) => line[column] !== '' && line[column] !== first[column])
      .map((column) => ({ row: line.row, column, key: 'differsFromFirst', values: { row: first.row } })),
  );
}

/** The lines that have no problem themselves and wait for one of their submission that has. */
export function heldBack(group: Group, problems: readonly SheetProblem[]): SheetProblem[] {
  const bad = new Set(problems.map(({ row }) => row));
  const rows = [...bad]
    .sort((one, other) => one - other)
    .slice(0, 5)
    .join('、');
  return group
    .filter(({ row }) => !bad.has(row))
    .map(({ row }) => ({ row, column: 'entryNumber', key: 'heldBack', values: { rows } }));
}
