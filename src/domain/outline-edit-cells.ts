import type { Block } from './outline.ts';
import { cellsOf } from './parse/table-lines.ts';

type Rows = NonNullable<Block['rows']>;

/** The cells of a table typed as lines between bars, or with tabs between the cells; null when a line is no row. */
export function cellsIn(text: string): Rows | null {
  const rows = text.split('\n').map(cellsInLine);
  return rows.every((row) => row !== null) ? rows : null;
}

function cellsInLine(line: string): string[] | null {
  return cellsOf(line) ?? (line.includes('\t') ? line.split('\t') : null);
}

/** A table's words as text, a line for each row and tabs between the cells. */
export function textOfCells(text: string, rows: Rows): string {
  const lines = rows.map((row) => row.map((cell) => cell.replace(/\s+/gu, ' ')).join('\t'));
  return [...(text === '' ? [] : [text]), ...lines].join('\n');
}
