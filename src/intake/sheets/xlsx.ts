import { mostColumns, type SheetRow } from '../../domain/sheets/table.ts';
import { type Attributes, readXml } from '../docx/xml.ts';
import { FileRefused, type Zip } from '../zip.ts';
import { collectRows } from './refused.ts';
import { shownNumber, shownText } from './shown.ts';
import { dateStyles, findSheet, sharedTexts, type Workbook } from './workbook.ts';

/**
 * Reads the first sheet of a workbook as it is shown: dates as `2026-04-07`, formulas as what they gave when the file
 * was saved. Nothing is calculated. Throws FileRefused or SheetRefused.
 */
export async function readXlsx(zip: Zip): Promise<SheetRow[]> {
  const workbook = await findSheet(zip);
  const texts = await sharedTexts(zip, workbook);
  const dates = await dateStyles(zip, workbook);
  return rowsOf(zip, workbook, { texts, dates });
}

interface Look {
  readonly texts: readonly string[];
  /** Whether numbers in each style are dates. */
  readonly dates: readonly boolean[];
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string;
}

async function rowsOf(zip: Zip, workbook: Workbook, look: Look): Promise<SheetRow[]> {
  const { rows, add } = collectRows();
  let number = 0;
  let cells: string[] = [];
  let column = -1;
  let cell: Cell | null = null;
  await readXml(zip.read(workbook.sheet), {
    open: (name, attributes) => {
      if (name === 'row') {
        number = Number(attributes('r') ?? number + 1);
        [cells, column] = [[], -1];
      } else if (name === 'c') {
        column = columnOf(attributes('r')) ?? column + 1;
        if (column >= mostColumns) return 'skip';
        cell = cellFrom(column, attributes);
      } else if (name === 'rPh') return 'skip';
      return undefined;
    },
    text: (text, name) => {
      if (cell && (name === 'v' || name === 't')) cell.value += text;
      else if (cell && name === 'f') cell.formula += text;
    },
    close: (name) => {
      if (name === 'c' && cell) {
        while (cells.length < cell.column) cells.push('');
        cells[cell.column] = textOf(cell, workbook, look);
        cell = null;
      } else if (name === 'row') add({ number, cells });
    },
  });
  return rows;
}

function cellFrom(column: number, attributes: Attributes): Cell {
  const style = Number(attributes('s') ?? 0);
  return { column, type: attributes('t') ?? 'n', style, value: '', formula: '' };
}

/** The place of `C7` in its row, from 0; null without a reference. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function textOf({ type, style, value, formula }: Cell, { is1904 }: Workbook, { texts, dates }: Look): string {
  if (type === 's') return texts[Number(value)] ?? raise();
  if (type !== 'n' || value === '') return value === '' && formula !== '' ? `=${formula}` : shownText(value);
  return shownNumber(value, dates[style] ?? false, is1904);
}

function raise(): never {
  throw new FileRefused('corrupt');
}
