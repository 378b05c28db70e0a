/** The largest table that is taken, in bytes: 10 MB as file managers count them. */
export const largestSheet = 10 * 1024 * 1024;

/** The most rows of a table that are read, its headings included. */
export const mostRows = 50_001;

/** The most columns of a table that are read. */
export const mostColumns = 60;

/** The most text of a table that is read, in UTF-16 units. */
export const mostSheetText = 20_000_000;

/** One row of a table as text; `number` counts as spreadsheets do, from 1. Empty rows are left out. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Why no rows could be taken from a file; each has a sentence under `sheet.refusals` in views/sentences. */
export type SheetRefusal =
  | 'empty'
  | 'tooLarge'
  | 'tooManyRows'
  | 'unknownKind'
  | 'oldExcel'
  | 'corrupt'
  | 'openQuote'
  | 'encrypted'
  | 'zipBomb'
  | 'tookTooLong'
  | 'tookTooMuchMemory';

export type SheetReading = { readonly rows: readonly SheetRow[] } | { readonly refusal: SheetRefusal };
