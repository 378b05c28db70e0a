import type { Cell } from '../../domain/summary-table.ts';

const lineHeight = 15;
// A row may be 409.5 points high.
const mostLines = 27;

/**
 * How high a row has to be for its wrapped texts, in points, as far as that can be told without a font; `widths` are those
 * of the columns in characters. Office programs do not find it out by themselves when they open a file.
 */
export function rowHeight(cells: readonly Cell[], widths: readonly number[]): number {
  let most = 1;
  for (const [column, cell] of cells.entries())
    if (typeof cell === 'string') most = Math.max(most, linesOf(cell, widths[column] ?? 10));
  return Math.min(most, mostLines) * lineHeight;
}

function linesOf(text: string, width: number): number {
  if (text.length * 2 <= width && !text.includes('\n')) return 1;
  let [lines, filled] = [1, 0];
  for (let at = 0; at < text.length && lines < mostLines; at += 1) {
    const unit = text.charCodeAt(at);
    // A Han character is twice as wide, and one of two units counts once for each.
    filled += unit < 0x2e80 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
    if (unit !== newline && filled <= width) continue;
    lines += 1;
    filled = unit === newline ? 0 : 2;
  }
  return lines;
}

const newline = 10;
