import type { Passage } from './shapes.ts';

/**
 * Text as paragraphs and tables: lines with the same number of tabs, two or more together, were the rows of a table
 * before they were pasted. Every line stands in exactly one passage.
 */
export function passagesOf(text: string, caption: string): Passage[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const passages: Passage[] = [];
  for (let start = 0; start < lines.length; ) {
    const rows = rowsFrom(lines, start);
    passages.push(rows.length > 1 ? tableOf(rows, caption) : { text: lines[start] ?? '', table: null });
    start += Math.max(1, rows.length);
  }
  return passages;
}

/** A table of cells, head row first. */
export function tableOf(cells: readonly (readonly string[])[], caption: string): Passage {
  const [head = [], ...rows] = cells;
  return { text: '', table: { caption, head, rows } };
}

function rowsFrom(lines: readonly string[], start: number): string[][] {
  const width = lines[start]?.split('\t').length ?? 0;
  const after = lines.slice(start).findIndex((line) => line.split('\t').length !== width);
  const rows = width > 1 ? lines.slice(start, after < 0 ? undefined : start + after) : [];
  return rows.map((row) => row.split('\t').map((cell) => cell.trim()));
}
