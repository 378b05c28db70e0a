import { CsvError, parse } from 'csv-parse/sync';
import { mostColumns, mostRows, type SheetRow } from '../../domain/sheets/table.ts';
import { collectRows, SheetRefused } from './refused.ts';

/**
 * Reads CSV, with commas, semicolons or tabs, whichever its first line has most of. Throws SheetRefused: `openQuote` for
 * a quotation mark without its other one, `tooManyRows`, `tooLarge`.
 */
export function readCsv(text: string): SheetRow[] {
  const { rows, add } = collectRows();
  const found = records(text);
  if (found.length > mostRows) throw new SheetRefused('tooManyRows');
  for (const [index, cells] of found.entries())
    add({ number: index + 1, cells: cells.slice(0, mostColumns) });
  return rows;
}

function records(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      // A quotation mark in the middle of a cell is one.
      relax_quotes: true,
      to: mostRows + 1,
    });
  } catch (error) {
    throw error instanceof CsvError ? new SheetRefused('openQuote', { cause: error }) : error;
  }
}

function delimiterOf(text: string): string {
  const [line = ''] = text.slice(0, 10_000).split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}
