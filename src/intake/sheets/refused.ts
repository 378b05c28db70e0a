import { mostRows, mostSheetText, type SheetRefusal, type SheetRow } from '../../domain/sheets/table.ts';

/** No rows can be taken from a table; the refusal says why. */
export class SheetRefused extends Error {
  readonly refusal: SheetRefusal;
  constructor(refusal: SheetRefusal, options?: ErrorOptions) {
    super(refusal, options);
    this.name = 'SheetRefused';
    this.refusal = refusal;
  }
}

/** Collects the rows of a table. Throws SheetRefused `tooManyRows` or `tooLarge` beyond the limits. */
export function collectRows(): { readonly rows: SheetRow[]; readonly add: (row: SheetRow) => void } {
  const rows: SheetRow[] = [];
  let length = 0;
  const add = (row: SheetRow) => {
    if (row.cells.every((cell) => cell.trim() === '')) return;
    length += row.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (rows.length >= mostRows) throw new SheetRefused('tooManyRows');
    if (length > mostSheetText) throw new SheetRefused('tooLarge');
    rows.push(row);
  };
  return { rows, add };
}
