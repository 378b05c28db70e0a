import type { NoticeRow } from '../../domain/notice-row.ts';
import {
  type SummaryColumn,
  summaryColumns,
  summaryRow,
  type TotalsColumn,
  totalsColumns,
  totalsRows,
} from '../../domain/summary-table.ts';
import type { Totals } from '../../domain/totals.ts';
import type { Sentences } from '../../sentences.ts';
import { type Portions, type Table, withinCells } from './table.ts';

/** How many rows are read at a time. */
export const rowsAtOnce = 500;

const summaryWidths: Readonly<Record<SummaryColumn, number>> = {
  ...{ number: 7, clause: 16, text: 60, commenter: 14, channels: 18, comments: 7, outcome: 14, reason: 50 },
};
const totalsWidths: Readonly<Record<TotalsColumn, number>> = {
  ...{ item: 34, submissions: 10, comments: 10, kinds: 10 },
};

/** The table of a notice for the office's files; its portions come from `rows`. */
export function summaryTable(rows: AsyncIterable<readonly NoticeRow[]>, sentences: Sentences): Table {
  const { title, columns } = sentences.summaryTable;
  return {
    name: title,
    columns: summaryColumns.map((key) => ({ heading: columns[key], width: summaryWidths[key] })),
    portions: withinCells(summaryPortions(rows, sentences), sentences.continued),
  };
}

async function* summaryPortions(
  portions: AsyncIterable<readonly NoticeRow[]>,
  sentences: Sentences,
): Portions {
  for await (const rows of portions)
    yield rows.map((row) => {
      const cells = summaryRow(row, sentences);
      return summaryColumns.map((column) => cells[column]);
    });
}

/** The totals of a consultation as a table of their own. */
export function totalsTable(totals: Totals, kinds: number | null, sentences: Sentences): Table {
  const { summaryTable: words } = sentences;
  const portion = async function* (): Portions {
    yield totalsRows(totals, kinds, sentences).map((cells) => totalsColumns.map((column) => cells[column]));
  };
  return {
    name: words.totals,
    columns: totalsColumns.map((key) => ({ heading: words.totalsColumns[key], width: totalsWidths[key] })),
    portions: portion(),
  };
}
