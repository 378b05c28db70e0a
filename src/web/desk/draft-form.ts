import { createHash } from 'node:crypto';
import type { Issue } from '../../domain/issue.ts';
import { type Block, type BlockKind, blockKinds, type Level, levels } from '../../domain/outline.ts';
import { cleanLine, cleanText } from '../../domain/text.ts';
import { type FormBody, line, raw, text } from '../forms.ts';

/** What an officer can change of a row; as typed, cleaned. */
export type RowWords = Pick<Block, 'kind' | 'level' | 'label' | 'heading' | 'text'>;

/** One row as a form carried it. */
export interface TypedRow extends RowWords {
  readonly index: number;
  /** `markOf` the block that the row was shown for. */
  readonly was: string;
}

/** A row as it is to be saved. */
export type RowChange = RowWords & { readonly at: number };

/** How many rows one page of the draft shows, and its form carries. */
export const rowsPerPage = 200;

/**
 * The rows of a page: from `from`, as many as `count`, each whole in itself: `kind-0`, `level-0`, `label-0`,
 * `heading-0`, `text-0`, and `was-0`. Issues are on `level-0` and the like.
 */
export function readRows(body: FormBody): { readonly rows: TypedRow[]; readonly issues: Issue[] } {
  const from = numberIn(body, 'from');
  const count = Math.min(numberIn(body, 'count'), rowsPerPage);
  // A row that the form does not hold must not be taken for an empty one.
  const rows = Array.from({ length: count }, (_, each) =>
    readRow(body, from + each, `-${from + each}`),
  ).filter(({ was }) => was !== '');
  return { rows, issues: rows.flatMap((row) => rowIssues(row, `level-${row.index}`)) };
}

/** The words of one row in a form, where `end` stands behind each name. */
export function readRow(body: FormBody, index: number, end: string): TypedRow {
  const kind = blockKinds.find((each) => each === raw(body, `kind${end}`)) ?? 'paragraph';
  return {
    index,
    kind,
    level: readLevel(kind, raw(body, `level${end}`)),
    label: line(body, `label${end}`),
    heading: line(body, `heading${end}`),
    text: text(body, `text${end}`),
    was: raw(body, `was${end}`),
  };
}

/** A clause must have a level; `field` is where it is put right. */
export function rowIssues(row: TypedRow, field: string): Issue[] {
  if (row.kind !== 'clause' || row.level !== null) return [];
  return [{ field, key: 'clauseNeedsLevel', values: { row: row.index + 1 } }];
}

/** Tells one content of a row from another: the same for a block and for the form that shows it unchanged. */
export function markOf({ kind, level, label, heading, text }: RowWords): string {
  const whole = [kind, level ?? '', cleanLine(label), cleanLine(heading), cleanText(text)];
  return createHash('sha256').update(JSON.stringify(whole)).digest('base64url').slice(0, 12);
}

/** True when an officer changed something in a row. */
export function isChanged(row: TypedRow): boolean {
  return markOf(row) !== row.was;
}

/** What a typed row changes in its block: nothing, or all five; words that were only cleaned stay as they were. */
export function changeOf(row: TypedRow, block: Block | undefined): RowChange[] {
  if (!block || !isChanged(row)) return [];
  const { index, kind, level } = row;
  const label = row.label === cleanLine(block.label) ? block.label : row.label;
  const heading = row.heading === cleanLine(block.heading) ? block.heading : row.heading;
  const text = row.text === cleanText(block.text) ? block.text : row.text;
  return [{ at: index, kind, level, label, heading, text }];
}

/** A number from 0 in a form; 0 when there is none. */
export function numberIn(body: FormBody, name: string): number {
  const typed = raw(body, name).trim();
  return /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
}

function readLevel(kind: BlockKind, code: string): Level | null {
  return kind === 'clause' ? (levels.find((level) => level === code) ?? null) : null;
}
