import { fill } from '../../../domain/fill.ts';
import type { Day } from '../../../domain/shanghai.ts';
import { type SheetColumn, sheetColumns } from '../../../domain/sheets/columns.ts';
import type { Sentences } from '../../../sentences.ts';

/** The table to fill in, as rows: headings, and an example that is not entered. */
export function templateRows({ sheet, desk }: Sentences, today: Day): string[][] {
  const example: Readonly<Record<SheetColumn, string>> = {
    ...{ entryNumber: sheet.example, receivedOn: today, postmarkedOn: today },
    ...{ channel: sheet.channels.letter[0] ?? '', stance: sheet.stances.amend[0] ?? '' },
    commenterKind: sheet.commenterKinds.individual[0] ?? '',
    ...{ name: desk.sheetExample.name, phone: '', email: '', consent: '' },
    ...{ clause: desk.sheetExample.clause, text: desk.sheetExample.text },
    proposedWording: desk.sheetExample.proposedWording,
  };
  return [
    sheetColumns.map((column) => headingOf(column, sheet)),
    sheetColumns.map((column) => example[column]),
  ];
}

/** What to write into each column, with the words it takes. */
export function columnHints({ sheet }: Sentences): { readonly name: string; readonly hint: string }[] {
  const lists: Partial<Record<SheetColumn, Readonly<Record<string, readonly string[]>>>> = {
    channel: sheet.channels,
    commenterKind: sheet.commenterKinds,
    consent: sheet.consents,
    stance: sheet.stances,
  };
  return sheetColumns.map((column) => {
    const list = Object.values(lists[column] ?? {}).map(([usual = '']) => usual);
    return { name: headingOf(column, sheet), hint: fill(sheet.hints[column], { list: list.join('、') }) };
  });
}

/** The template as CSV: UTF-8 with a byte order mark, as Excel wants it. */
export function templateCsv(rows: readonly (readonly string[])[]): Buffer {
  const lines = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** The template as a workbook, with a second sheet that says what to write. */
export async function templateXlsx(sentences: Sentences, today: Day): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const [headings = [], example = []] = templateRows(sentences, today);
  const text = (value: string) => ({ value, type: String });
  const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const });
  const { sheetNames } = sentences.desk;
  return writeExcelFile([
    {
      sheet: sheetNames.entries,
      data: [headings.map(bold), example.map(text)],
      columns: sheetColumns.map((column) => ({
        width: column === 'text' || column === 'proposedWording' ? 60 : 16,
      })),
      stickyRowsCount: 1,
    },
    {
      sheet: sheetNames.hints,
      data: columnHints(sentences).map(({ name, hint }) => [bold(name), text(hint)]),
      columns: [{ width: 20 }, { width: 90 }],
    },
  ]).toBuffer();
}

function headingOf(column: SheetColumn, { columns }: Sentences['sheet']): string {
  return columns[column][0] ?? column;
}
