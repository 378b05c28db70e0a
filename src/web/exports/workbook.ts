import type { Cell } from '../../domain/summary-table.ts';
import { rowHeight } from './row-height.ts';
import type { Portions, Table } from './table.ts';
import {
  fileOf,
  type SheetPart,
  sheetBeginning,
  sheetEnding,
  styles,
  workbookParts,
} from './workbook-parts.ts';
import { type ZipEntry, zipOf } from './zip.ts';

/**
 * A workbook (.xlsx) in pieces, a sheet a table, made as it is read. Texts are texts whatever they begin with. A table
 * that is too long for a sheet goes on in further ones, which are numbered.
 */
export function workbookOf(tables: readonly Table[]): AsyncGenerator<Buffer> {
  return zipOf(entriesOf(tables));
}

async function* entriesOf(tables: readonly Table[]): AsyncGenerator<ZipEntry> {
  const sheets: SheetPart[] = [];
  for (const table of tables) {
    const rows = feedOf(table.portions);
    try {
      for (let part = 1; part === 1 || !(await rows.isOver()); part += 1) {
        const sheet = { name: part === 1 ? table.name : `${table.name}${part}`, range: '' };
        sheets.push(sheet);
        yield { name: `xl/worksheets/${fileOf(sheets.length - 1)}`, content: sheetXml(table, rows, sheet) };
      }
    } finally {
      await rows.close();
    }
  }
  for (const [name, text] of workbookParts(sheets)) yield { name, content: once(text) };
}

// A sheet has 1,048,576 rows at most, and a file in an archive four gigabytes.
const mostRows = 1_048_576;
const mostCharacters = 1_000_000_000;

async function* sheetXml({ columns }: Table, feed: Feed, sheet: SheetPart): AsyncGenerator<string> {
  const widths = columns.map(({ width }) => width);
  yield sheetBeginning(widths);
  yield rowXml(
    columns.map(({ heading }) => heading),
    { row: 1, style: styles.head, widths },
  );
  let [count, characters] = [1, 0];
  while (count < mostRows && characters < mostCharacters) {
    const rows = await feed.take(mostRows - count);
    if (!rows) break;
    const first = count + 1;
    const xml = rows
      .map((row, index) => rowXml(row, { row: first + index, style: styles.text, widths }))
      .join('');
    count += rows.length;
    characters += xml.length;
    yield xml;
  }
  sheet.range = `A1:${letterOf(columns.length - 1)}${count}`;
  yield sheetEnding(sheet.range);
}

function rowXml(
  cells: readonly Cell[],
  {
    row,
    style,
    widths,
  }: { readonly row: number; readonly style: number; readonly widths: readonly number[] },
): string {
  const each = cells.map((cell, column) => {
    const at = `${letterOf(column)}${row}`;
    if (typeof cell === 'number') return `<c r="${at}" s="${styles.number}"><v>${cell}</v></c>`;
    if (cell === '') return `<c r="${at}" s="${style}"/>`;
    return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  });
  return `<row r="${row}" ht="${rowHeight(cells, widths)}">${each.join('')}</row>`;
}

const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
// What XML forbids or changes is written _x000D_, as the format says (ST_Xstring), and so is an _ that would be read so.
const special = /[&<>\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

function escaped(text: string): string {
  return text.toWellFormed().replace(special, (found) => markup[found] ?? codeOf(found));
}

function codeOf(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

function letterOf(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : letterOf(Math.floor(column / 26) - 1) + rest;
}

interface Feed {
  /** The next rows, at most so many; undefined when there are no more. */
  take(most: number): Promise<readonly (readonly Cell[])[] | undefined>;
  isOver(): Promise<boolean>;
  close(): Promise<unknown>;
}

function feedOf(portions: Portions): Feed {
  const source = portions[Symbol.asyncIterator]();
  let left: readonly (readonly Cell[])[] = [];
  const isOver = async () => {
    while (left.length === 0) {
      const next = await source.next();
      if (next.done) return true;
      left = next.value;
    }
    return false;
  };
  const take = async (most: number) => {
    if (await isOver()) return undefined;
    const taken = left.slice(0, most);
    left = left.slice(most);
    return taken;
  };
  return { take, isOver, close: async () => source.return?.() };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
