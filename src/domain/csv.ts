import type { Cell } from './summary-table.ts';

// What makes a spreadsheet take a cell for a formula, in full width too; it then shows the apostrophe as a sign that this is text.
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * One line of CSV: every text quoted, and none that a spreadsheet would take for a formula; numbers bare. Ends in CR LF.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(cell))).join(',')}\r\n`;
}

/** What a CSV file begins with, so that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\ufeff';

function quoted(cell: string): string {
  return `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
}
