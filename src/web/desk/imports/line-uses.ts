import type { Import } from '../../../db/imports.ts';
import { fill } from '../../../domain/fill.ts';
import type { LineRange } from '../../../domain/outline.ts';
import type { WorkBlock } from '../../../domain/outline-edit.ts';
import type { Sentences } from '../../../sentences.ts';
import { rowAnchor } from './draft-notes.ts';

/** A line of a source text with what became of it. */
export interface LineUse {
  readonly number: number;
  readonly text: string;
  /** Where it went, said at the first line of each piece; empty at the others. */
  readonly use: string;
  /** The row that it became; empty where it became none. */
  readonly to: string;
}

interface Source {
  readonly one: Import;
  readonly lines: readonly string[];
  readonly blocks: readonly WorkBlock[];
  readonly base: string;
  readonly sentences: Sentences;
}

/** The lines with words of an import from index `start` to before `end`, each with what became of it. */
export function usesOf(source: Source, start: number, end: number): LineUse[] {
  const rows = rowsByLine(source, start, end);
  const lines = source.lines.slice(start, end).map((text, each) => ({ number: start + each + 1, text }));
  let before = '';
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map((line) => {
      const found = useOf(source, line.number, rows.get(line.number));
      const isNew = found.use !== before;
      before = found.use;
      return { ...line, ...(isNew ? found : { use: '', to: '' }) };
    });
}

function rowsByLine({ blocks, one }: Source, start: number, end: number): Map<number, number> {
  const rows = new Map<number, number>();
  blocks.forEach(({ importId, lines: [first, last] }, index) => {
    if (importId !== one.id) return;
    const until = Math.min(last, end);
    for (let line = Math.max(first, start + 1); line <= until; line += 1)
      if (!rows.has(line)) rows.set(line, index);
  });
  return rows;
}

function useOf(source: Source, line: number, row: number | undefined): { use: string; to: string } {
  const { blocks, base, sentences } = source;
  const { apart, rowOfLine } = sentences.desk;
  const block = row === undefined ? undefined : blocks[row];
  if (row !== undefined && block) {
    const kind = block.level ? sentences.levels[block.level] : sentences.blockKinds[block.kind];
    return { use: fill(rowOfLine, { number: row + 1, kind }), to: rowAnchor(base, row) };
  }
  const { announcement, feedback } = source.one.found ?? {};
  if (holds(announcement?.lines, line)) return { use: apart.announcement, to: '' };
  return { use: holds(feedback?.lines, line) ? apart.feedback : '', to: '' };
}

function holds(range: LineRange | null | undefined, line: number): boolean {
  return range != null && range[0] <= line && line <= range[1];
}
