// What makes a spreadsheet take a cell for a formula; it then shows the apostrophe as a sign that this is text.
const formula = /^[=+\-@\t\r]/;

/** One line of CSV: every cell quoted, and none that a spreadsheet would take for a formula. Ends in CR LF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** What a CSV file begins with, so that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\ufeff';

function quoted(cell: string): string {
  return `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
}
