import { gridWidth } from './official-document.ts';

/** The agencies that sign: `县水务局、县生态环境局` are two, in their order, the one in charge first. */
export function agenciesIn(fullName: string): string[] {
  return fullName.split(/[、；;\n]/).flatMap((name) => name.trim() || []);
}

/** From the middle of one seal to the next in a row of as many, in characters: a seal is 42 mm wide, and none touches another. */
export const sealPitch = { 1: 28, 2: 14, 3: 8 } as const;

/** From one row of seals to the next, in lines. */
export const sealRowPitch = 5;

/** Widest name, in characters, with which so many seals stand side by side. */
const widest = { 3: 7, 2: 13 } as const;

/**
 * Agencies that sign with a seal each, in rows as GB/T 9704-2012, 7.3.5.1, has them: side by side, in their order, at
 * most three. The last row may hold fewer; it stands at the right, and the date goes under its last name.
 */
export function sealRows(names: readonly string[]): string[][] {
  const perRow = sealsInRow(names);
  const rows: string[][] = [];
  for (let at = 0; at < names.length; at += perRow) rows.push(names.slice(at, at + perRow));
  return rows;
}

/** How many seals of these agencies stand side by side. */
export function sealsInRow(names: readonly string[]): 1 | 2 | 3 {
  const longest = Math.max(0, ...names.map(gridWidth));
  if (names.length > 2 && longest <= widest[3]) return 3;
  return names.length > 1 && longest <= widest[2] ? 2 : 1;
}
