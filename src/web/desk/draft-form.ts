import type { Issue } from '../../domain/issue.ts';
import {
  type Block,
  type BlockKind,
  blockKinds,
  type Level,
  type LineRange,
  levels,
} from '../../domain/outline.ts';
import { type FormBody, line, raw, text } from '../forms.ts';

type Row = Omit<Block, 'parent'>;

/** The most rows that one form carries; a longer draft is published as it was read, or pasted anew. */
export const mostRows = 5_000;

/**
 * The rows of the clause tree as the form carries them, each whole in itself: `kind-0`, `level-0`, `label-0`,
 * `heading-0`, `text-0`, `lines-0`, and `cells-0` for a table. Issues are on `level-0` and the like.
 */
export function readRows(body: FormBody): { readonly rows: Row[]; readonly issues: Issue[] } {
  const count = Number.parseInt(raw(body, 'count'), 10) || 0;
  if (count > mostRows) return { rows: [], issues: [tooManyRows(count)] };
  const rows = Array.from({ length: count }, (_, index) => readRow(body, index));
  const issues = rows.flatMap((row, index) =>
    row.kind === 'clause' && row.level === null
      ? [{ field: `level-${index}`, key: 'clauseNeedsLevel', values: { row: index + 1 } }]
      : [],
  );
  return { rows, issues };
}

/** Says that a draft has more rows than one form carries. */
export function tooManyRows(count: number): Issue {
  return { field: 'outline', key: 'tooManyRows', values: { count, limit: mostRows } };
}

/** A table's cells as the form carries them. */
export function cellsOf(block: Pick<Block, 'rows'>): string {
  return block.rows ? JSON.stringify(block.rows) : '';
}

function readRow(body: FormBody, index: number): Row {
  const kind = blockKinds.find((each) => each === raw(body, `kind-${index}`)) ?? 'paragraph';
  return {
    kind,
    level: readLevel(kind, raw(body, `level-${index}`)),
    label: line(body, `label-${index}`),
    heading: line(body, `heading-${index}`),
    text: text(body, `text-${index}`),
    rows: readCells(raw(body, `cells-${index}`)),
    lines: readLines(raw(body, `lines-${index}`)),
  };
}

function readLevel(kind: BlockKind, code: string): Level | null {
  return kind === 'clause' ? (levels.find((level) => level === code) ?? null) : null;
}

function readLines(range: string): LineRange {
  const [first = 1, last = first] = range.split('-').map(Number);
  return Number.isInteger(first) && Number.isInteger(last) ? [first, last] : [1, 1];
}

function readCells(json: string): string[][] | null {
  if (json === '') return null;
  try {
    const cells: unknown = JSON.parse(json);
    return isTable(cells) ? cells : null;
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is string[][] {
  return (
    Array.isArray(value) &&
    value.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === 'string'))
  );
}
