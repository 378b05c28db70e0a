import { fill } from '../domain/fill.ts';
import type { NoticeRow } from '../domain/notice-row.ts';
import type { OfficialDocument, OfficialTable } from '../domain/official-document.ts';
import { officialDay } from '../domain/shanghai.ts';
import type { Sentences } from '../sentences.ts';
import { type Source, withOrigin } from './origin-marks.ts';
import type { EnclosedRows } from './public/outcome-rows.ts';
import type { Letterlike } from './public/shapes.ts';

/** The longest table that goes into the file of its notice. */
export const mostInFile = 5_000;

/**
 * Columns of the table in their order: the share of the width, and what stands in the middle. Reasons are as long as
 * what they answer.
 */
const columns = {
  number: { share: 2.2, centred: true },
  clause: { share: 4.5, centred: false },
  text: { share: 7.15, centred: false },
  commenter: { share: 3.5, centred: false },
  outcome: { share: 3.5, centred: true },
  reason: { share: 7.15, centred: false },
} as const;
const columnKeys = Object.keys(columns) as (keyof typeof columns)[];

/** What a file holds beside the letter. */
export interface Enclosed extends EnclosedRows, Source {
  readonly sealed: boolean;
}

/** A letter of ours as the document that an office files. */
export function officialDocument(
  letter: Letterlike,
  enclosed: Enclosed,
  sentences: Sentences,
): OfficialDocument {
  const { rows, rowsApart, sealed, number, address } = enclosed;
  const { outcomeTable: caption, annexNamed, annexApart } = sentences;
  const annexes = [
    ...(rows.length > 0 ? [fill(annexNamed, { caption })] : []),
    ...(rowsApart > 0 ? [fill(annexApart, { caption, count: rowsApart })] : []),
  ];
  const said = {
    title: letter.heading,
    number: letter.number,
    addressee: letter.addressee,
    paragraphs: letter.paragraphs,
    annexes,
    signatures: letter.signatures,
    date: letter.date && officialDay(letter.date),
    table: rows.length > 0 ? tableOf(rows, caption, sentences) : null,
  };
  return withOrigin({ number, address }, said, { sealed, wide: false }, sentences);
}

function tableOf(rows: readonly NoticeRow[], caption: string, sentences: Sentences): OfficialTable {
  return {
    ...{ caption, place: 'annex', large: false, leastLines: 1 },
    columns: columnKeys.map((key) => ({ name: sentences.outcomeColumns[key], ...columns[key] })),
    rows: rows.map((row) => cellsOf(row, sentences)),
  };
}

function cellsOf(row: NoticeRow, { outcomes, alikeRow, alikeCommenters }: Sentences): string[] {
  const { number, clause, text, commenter, outcome, reason, alike } = row;
  const isOne = alike === 1;
  const cells: Readonly<Record<keyof typeof columns, string>> = {
    ...{ number: String(number), clause, reason },
    text: isOne ? text : `${text}\n${fill(alikeRow, { count: alike })}`,
    commenter: isOne ? commenter : fill(alikeCommenters, { commenter }),
    outcome: outcome ? outcomes[outcome] : '',
  };
  return columnKeys.map((key) => cells[key]);
}
