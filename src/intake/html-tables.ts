import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, numberIn, walk } from './html-tree.ts';

/** A table that is open: its rows so far, and for each column how many rows a cell above still reaches down. */
export interface OpenTable {
  readonly rows: string[][];
  readonly reach: number[];
  merged: number;
}

interface Survey {
  readonly table: Tree.Element;
  rows: number;
  cells: number;
  columns: number;
  /** Characters in the cell under way, and in the longest cell. */
  length: number;
  longest: number;
  nested: boolean;
}

const longestCell = 3_000;
const widest = 200;
const mostCells = 1_000_000;

/** The tables that hold data: rows and columns. A table that only arranges the page holds tables or long texts. */
export function dataTables(root: Tree.ParentNode): ReadonlySet<Tree.Element> {
  const found = new Set<Tree.Element>();
  const open: Survey[] = [];
  const enter = (node: Tree.ChildNode): boolean => {
    const survey = open.at(-1);
    if (node.nodeName === '#text' && survey) survey.length += (node as Tree.TextNode).value.trim().length;
    if (!('tagName' in node)) return false;
    if (node.tagName === 'table') {
      if (survey) survey.nested = true;
      open.push({ table: node, rows: 0, cells: 0, columns: 0, length: 0, longest: 0, nested: false });
    } else if (survey) note(survey, node);
    return true;
  };
  const leave = (element: Tree.Element) => {
    if (element.tagName !== 'table') return;
    const survey = open.pop();
    if (survey && isData(survey)) found.add(element);
  };
  walk(root, enter, leave);
  return found;
}

function note(survey: Survey, { tagName }: Tree.Element): void {
  if (tagName === 'tr') {
    survey.rows += 1;
    survey.cells = 0;
  }
  if (tagName === 'td' || tagName === 'th') {
    survey.cells += 1;
    survey.columns = Math.max(survey.columns, survey.cells);
  }
  survey.longest = Math.max(survey.longest, survey.length);
  if (['tr', 'td', 'th'].includes(tagName)) survey.length = 0;
}

function isData({ table, rows, columns, longest, length, nested }: Survey): boolean {
  if (nested || ['presentation', 'none'].includes(attributeOf(table, 'role') ?? '')) return false;
  return rows > 1 && columns > 1 && Math.max(longest, length) <= longestCell;
}

/** A table without rows. */
export function openTable(): OpenTable {
  return { rows: [], reach: [], merged: 0 };
}

/** Begins a row. */
export function addRow(table: OpenTable): void {
  table.rows.push([]);
}

/** Puts a cell into the last row, behind what cells above reach down to; a merged cell leaves empty cells. */
export function addCell(table: OpenTable, cell: Tree.Element, text: string): void {
  const row = table.rows.at(-1);
  if (row === undefined) return;
  const wide = spanOf(cell, 'colspan', widest);
  const high = spanOf(cell, 'rowspan', 65_534);
  if (wide > 1 || high > 1) table.merged += 1;
  skipReached(table, row);
  for (let column = 0; column < wide; column += 1) {
    table.reach[row.length] = high - 1;
    row.push(column === 0 ? text : '');
  }
}

/** Ends a row: what cells above reach down to is empty here. */
export function endRow(table: OpenTable): void {
  const row = table.rows.at(-1);
  if (row) skipReached(table, row);
}

function skipReached({ reach }: OpenTable, row: string[]): void {
  for (let left = reach[row.length] ?? 0; left > 0; left = reach[row.length] ?? 0) {
    reach[row.length] = left - 1;
    row.push('');
  }
}

/** The rows that have text, all as wide as the widest that a text reaches. */
export function rowsOf({ rows }: OpenTable): string[][] {
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const width = filled.reduce((most, row) => Math.max(most, lastFilled(row) + 1), 0);
  if (width * filled.length > mostCells) return filled;
  return filled.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '');
}

function spanOf(cell: Tree.Element, name: string, most: number): number {
  return Math.min(Math.max(numberIn(cell, name) ?? 1, 1), most);
}
