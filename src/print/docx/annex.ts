import {
  AlignmentType,
  BorderStyle,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import type { OfficialTable } from '../../domain/official-document.ts';
import { line, width } from './measures.ts';
import { exactly, run } from './runs.ts';

/** A table on pages of its own, its head on each. */
export function annex({ caption, columns, rows }: OfficialTable): (Paragraph | Table)[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / all));
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const cell = (text: string, index: number, isHead: boolean) =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 70, right: 70 },
      children: text.split('\n').map(
        (part) =>
          new Paragraph({
            alignment: isHead || columns[index]?.centred ? AlignmentType.CENTER : AlignmentType.LEFT,
            spacing: exactly(300),
            children: [run(part, { size: 10.5, font: isHead ? 'h1' : 'text', spacing: 0 })],
          }),
      ),
    });
  const row = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      ...{ tableHeader: isHead, cantSplit: isHead || isShort(cells) },
      children: cells.map((text, index) => cell(text, index, isHead)),
    });
  return [
    new Paragraph({ spacing: exactly(line), children: [new PageBreak(), run('附件', { font: 'h1' })] }),
    new Paragraph({
      ...{ alignment: AlignmentType.CENTER, spacing: { ...exactly(line), before: 280, after: 280 } },
      children: [run(caption, { font: 'title', size: 22 })],
    }),
    new Table({
      ...{ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: width, type: WidthType.DXA } },
      borders: {
        top: edge,
        bottom: edge,
        left: edge,
        right: edge,
        insideHorizontal: edge,
        insideVertical: edge,
      },
      rows: [
        row(
          columns.map(({ name }) => name),
          true,
        ),
        ...rows.map((cells) => row(cells, false)),
      ],
    }),
  ];
}

// Ten lines of the widest column: a longer row may go on overleaf.
function isShort(cells: readonly string[]): boolean {
  return cells.every((text) => text.length <= 110);
}
