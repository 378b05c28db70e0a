/** A piece of a document: the text of a paragraph, with \n for its line breaks, or the rows of a table. */
export type Item = string | readonly (readonly string[])[];

interface Cell {
  readonly items: readonly Item[];
  /** How many columns it reaches over. */
  readonly span: number;
}

/** A table that is being read: its rows so far, and what is known of the row and the cell that are open. */
export interface Table {
  readonly rows: Cell[][];
  row: Cell[];
  isRowDeleted: boolean;
  after: number;
  span: number;
  /** True when the cell belongs to one above or before it. */
  isContinued: boolean;
}

/** A table without rows. */
export function openTable(): Table {
  return { rows: [], row: [], isRowDeleted: false, after: 0, span: 1, isContinued: false };
}

/** Begins a row. */
export function openRow(table: Table): void {
  table.row = [];
  table.isRowDeleted = false;
  table.after = 0;
}

/** Columns that stay free at the beginning of the open row. */
export function leaveFree(table: Table, columns: number): void {
  if (columns > 0) table.row.push({ items: [], span: columns });
}

/** Begins a cell. */
export function openCell(table: Table): void {
  table.span = 1;
  table.isContinued = false;
}

/** Ends a cell with what it holds; one that continues another holds nothing to see. */
export function closeCell(table: Table, items: readonly Item[]): void {
  table.row.push({ items: table.isContinued ? [] : items, span: table.span });
}

/** Ends the open row. */
export function closeRow(table: Table): void {
  leaveFree(table, table.after);
  if (!table.isRowDeleted) table.rows.push(table.row);
}

/** What a table holds: its rows, or the paragraphs of its cells when it only arranges them. */
export function itemsOf({ rows }: Table): readonly Item[] {
  const texts = rows.map((row) => row.flatMap(textsOf)).filter((row) => lastFilled(row) >= 0);
  const width = texts.reduce((most, row) => Math.max(most, lastFilled(row) + 1), 0);
  const isLayout = width < 2 || texts.some((row) => row.some((text) => text.length > longestCell));
  if (isLayout) return rows.flatMap((row) => row.flatMap((cell) => cell.items));
  return [texts.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''))];
}

const longestCell = 3_000;

function textsOf({ items, span }: Cell): string[] {
  const text = items
    .map(flat)
    .filter((each) => each !== '')
    .join('\n');
  return [text, ...new Array<string>(span - 1).fill('')];
}

function flat(item: Item): string {
  if (typeof item === 'string') return item.trim();
  return item.map((row) => row.filter((text) => text !== '').join('　')).join('\n');
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((text) => text !== '');
}
