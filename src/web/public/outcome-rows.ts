import type { NoticeRow } from '../../domain/notice-row.ts';
import type { NoticeView } from './shapes.ts';

/** How many rows of a notice's table one page shows. */
export const rowsOnPage = 100;

/** The longest table that is printed with its notice; a longer one is an annex apart, read on its pages. */
export const mostPrinted = 1_000;

/** The table of a notice as its paper holds it: with it, or apart where it is too long. */
export interface EnclosedRows {
  readonly rows: readonly NoticeRow[];
  /** How many rows stand in an annex apart; 0: none. */
  readonly rowsApart: number;
}

/** Reads the rows that go with a notice, unless they are more than `most`. */
export async function enclosedRows(
  rowCount: number,
  most: number,
  read: (limit: number) => Promise<readonly NoticeRow[]>,
): Promise<EnclosedRows> {
  return rowCount > most ? { rows: [], rowsApart: rowCount } : { rows: await read(most), rowsApart: 0 };
}

/** Rows as pages and sheets show them. */
export function rowViews(rows: readonly NoticeRow[]): NoticeView['rows'] {
  return rows.map((row) => ({ ...row, tall: isTall(row) }));
}

// Ten lines of the printed table, a quarter of a page: more white space than that is worse than a break.
const mostKeptTogether = 110;

function isTall({ text, reason }: { readonly text: string; readonly reason: string }): boolean {
  return Math.max(text.length, reason.length) > mostKeptTogether;
}
