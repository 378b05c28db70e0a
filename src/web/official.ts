import { createHash } from 'node:crypto';
import { fill } from '../domain/feedback-notice.ts';
import type { NoticeRow } from '../domain/notice-row.ts';
import type { OfficialDocument, OfficialTable } from '../domain/official-document.ts';
import { officialDay } from '../domain/shanghai.ts';
import type { Sentences } from '../sentences.ts';
import type { Letterlike } from './public/shapes.ts';

/** The longest table that goes into the file of its notice; a longer one is an annex apart. */
export const mostInFile = 5_000;

const shares = [2.2, 4.5, 9.3, 3.5, 3.5, 5];
const centred = [0, 4];

/** What a file holds beside the letter. */
export interface Enclosed {
  readonly rows: readonly NoticeRow[];
  /** How many rows stand in an annex apart; 0: none. */
  readonly rowsApart: number;
  readonly sealed: boolean;
  readonly number: string;
  /** Address of the consultation's page. */
  readonly address: string;
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
  return { ...said, sealed, origin: { number, address, fingerprint: fingerprintOf(said) } };
}

function tableOf(rows: readonly NoticeRow[], caption: string, sentences: Sentences): OfficialTable {
  return {
    caption,
    columns: sentences.outcomeColumns.map((name, index) => ({
      name,
      share: shares[index] ?? 1,
      centred: centred.includes(index),
    })),
    rows: rows.map((row) => cellsOf(row, sentences)),
  };
}

function cellsOf(row: NoticeRow, { outcomes, alikeRow, alikeCommenters }: Sentences): string[] {
  const { number, clause, text, commenter, outcome, reason, alike } = row;
  const isOne = alike === 1;
  return [
    ...[String(number), clause],
    isOne ? text : `${text}\n${fill(alikeRow, { count: alike })}`,
    isOne ? commenter : fill(alikeCommenters, { commenter }),
    ...[outcome ? outcomes[outcome] : '', reason],
  ];
}

// Enough to see that two papers say the same; the seal over a submission is another thing.
function fingerprintOf(said: object): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22);
}
