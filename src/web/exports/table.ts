import type { Cell } from '../../domain/summary-table.ts';

/** Rows in portions: as much as is held at a time. */
export type Portions = AsyncIterable<readonly (readonly Cell[])[]>;

/** A table that is read once, portion by portion. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly portions: Portions;
}

export interface Column {
  readonly heading: string;
  /** In characters of usual width. */
  readonly width: number;
}

/** What stands where a text goes on in the next row, and where it comes from the row above. */
export interface Continued {
  readonly below: string;
  readonly above: string;
}

/** A cell of a spreadsheet holds 32,767 UTF-16 units; what is longer is cut into pieces of this, with room for the signs. */
export const longestPiece = 32_000;

/**
 * Rows with no cell that is too long for a spreadsheet: a longer text goes on in the rows below, which repeat the first
 * column and say in both places that it goes on. Nothing is lost, and no number stands twice.
 */
export async function* withinCells(portions: Portions, continued: Continued): Portions {
  for await (const rows of portions)
    yield rows.some(isLong) ? rows.flatMap((row) => cutRow(row, continued)) : rows;
}

function isLong(row: readonly Cell[]): boolean {
  return row.some((cell) => typeof cell === 'string' && cell.length > longestPiece);
}

function cutRow(row: readonly Cell[], continued: Continued): (readonly Cell[])[] {
  if (!isLong(row)) return [row];
  const cells = row.map((cell) => (typeof cell === 'string' ? piecesOf(cell, continued) : [cell]));
  const count = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: count }, (_, index) =>
    cells.map((pieces, column) => pieces[index] ?? (column === 0 ? (pieces[0] ?? '') : '')),
  );
}

function piecesOf(text: string, { below, above }: Continued): string[] {
  if (text.length <= longestPiece) return [text];
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = boundary(text, at + longestPiece);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces.map(
    (piece, index) => (index > 0 ? above : '') + piece + (index < pieces.length - 1 ? below : ''),
  );
}

// A character of two units stays whole.
function boundary(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return at < text.length && unit >= 0xd800 && unit < 0xdc00 ? at - 1 : Math.min(at, text.length);
}
