import type { Line, SheetProblem } from './lines.ts';

/** For each code all its spellings, the usual one first. */
export type Spellings = Readonly<Record<string, readonly string[]>>;

/** Codes of cells that are left empty; what nobody said about a comment is 其他. */
export const usualCodes = {
  channel: 'letter',
  commenterKind: 'individual',
  consent: 'withoutName',
  stance: 'other',
} as const;

/** The code of a cell; with a problem for words that nobody knows, then it is the usual one. */
export interface Coded {
  readonly code: string;
  readonly problems: readonly SheetProblem[];
}

/** Reads a cell that has one of a few words; a channel is not supposed. */
export function codedCell(line: Line, column: keyof typeof usualCodes, spellings: Spellings): Coded {
  const words = line[column].replace(/\s+/g, '');
  if (words === '') return { code: column === 'channel' ? '' : usualCodes[column], problems: [] };
  const code = Object.keys(spellings).find((each) => each === words || spellings[each]?.includes(words));
  if (code !== undefined) return { code, problems: [] };
  const list = Object.values(spellings).map(([usual = '']) => usual);
  const values = { words: [...words].slice(0, 20).join(''), list: list.join('、') };
  return { code: usualCodes[column], problems: [{ row: line.row, column, key: 'unknownWord', values }] };
}
