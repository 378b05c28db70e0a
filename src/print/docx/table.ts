import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type OfficialTable, ruled } from '../../domain/official-document.ts';
import { tableType } from '../measures.ts';
import { line } from './measures.ts';
import { cellStyle } from './parts.ts';
import { exactly, legible, run } from './runs.ts';

const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const edges = { top: edge, bottom: edge, left: edge, right: edge };

/** A table with its head on each page: under the text, or on pages of its own with `附件` above. */
export function tableBlock(table: OfficialTable, width: number): (Paragraph | Table)[] {
  const drawn = tableIn(table, width);
  if (table.place === 'below') return [new Paragraph({ spacing: exactly(120), keepNext: true }), drawn];
  return [
    new Paragraph({ spacing: exactly(line), children: [new PageBreak(), run('附件', { font: 'h1' })] }),
    new Paragraph({
      ...{ alignment: AlignmentType.CENTER, spacing: { ...exactly(line), before: 280, after: 280 } },
      children: [run(table.caption, { font: 'title', size: 22 })],
    }),
    drawn,
  ];
}

function tableIn(table: OfficialTable, width: number): Table {
  const { columns, rows } = table;
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / all));
  const names = columns.map(({ name }) => name);
  const hasHead = names.some((name) => name !== '');
  return new Table({
    ...{ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: width, type: WidthType.DXA } },
    borders: { ...edges, insideHorizontal: edge, insideVertical: edge },
    rows: [
      ...(hasHead ? [tableRow(names, { table, widths, isHead: true, keepNext: true })] : []),
      ...rows.map((cells, index) => {
        // A form stays together below each of its headings.
        const keepNext = cells.length === 1 || (!hasHead && (rows[index + 1]?.length ?? 1) > 1);
        return tableRow(cells, { table, widths, isHead: false, keepNext });
      }),
    ],
  });
}

interface Setting {
  readonly table: OfficialTable;
  readonly widths: readonly number[];
  readonly isHead: boolean;
  /** True where it must not be the last on its page. */
  readonly keepNext: boolean;
}

function tableRow(cells: readonly string[], setting: Setting): TableRow {
  const { table, widths, isHead, keepNext } = setting;
  const spans = cells.length === 1 && widths.length > 1;
  const width = widths.reduce((sum, each) => sum + each, 0);
  const { pitch } = tableType[table.large ? 'large' : 'usual'];
  const least = (isHead || spans ? 1 : table.leastLines) * pitch * 20 + 120;
  return new TableRow({
    ...{ tableHeader: isHead, cantSplit: isHead || isShort(cells) },
    height: { value: least, rule: HeightRule.ATLEAST },
    children: cells.map((text, index) => {
      const middle = table.columns[index]?.centred ? 'CellMiddle' : 'Cell';
      const style = cellStyle(isHead || spans ? 'CellHead' : middle, table.large);
      return new TableCell({
        ...(spans ? { columnSpan: widths.length } : {}),
        width: { size: spans ? width : (widths[index] ?? 0), type: WidthType.DXA },
        children: text.split('\n').map((words) => cellLine(words, style, keepNext)),
      });
    }),
  });
}

function cellLine(words: string, style: string, keepNext: boolean): Paragraph {
  const kept = keepNext ? { keepNext } : {};
  // Between each two, so that rules that follow each other are not taken for the frame of one paragraph.
  if (words === ruled) return new Paragraph({ style, ...kept, border: { bottom: edge, between: edge } });
  return new Paragraph({ style, ...kept, children: words ? [new TextRun(legible(words))] : [] });
}

// Ten lines of the widest column: a longer row may go on overleaf.
function isShort(cells: readonly string[]): boolean {
  return cells.every((text) => text.length <= 110);
}
