import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { byteOrderMark, csvLine } from '../../domain/csv.ts';
import type { Portions, Table } from './table.ts';
import { workbookOf } from './workbook.ts';

/** The formats a table can be had in. */
export const tableFormats = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

const mediaTypes: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** What a download is called: in plain letters, and as people read it; both without an ending. */
export interface FileName {
  readonly plain: string;
  readonly title: string;
}

/**
 * Sends tables as a download, piece by piece as the reader takes them: a workbook with all of them, or the first as CSV.
 * A reader who goes away ends the reading of the tables.
 */
export function sendTables(
  reply: FastifyReply,
  format: TableFormat,
  name: FileName,
  tables: readonly [Table, ...Table[]],
): FastifyReply {
  const pieces = format === 'xlsx' ? workbookOf(tables) : csvOf(tables[0]);
  return sendPieces(reply.type(mediaTypes[format]), format, name, pieces);
}

/** Sends a download that is made while it is read. */
export function sendPieces(
  reply: FastifyReply,
  ending: string,
  { plain, title }: FileName,
  pieces: AsyncIterable<string | Buffer>,
): FastifyReply {
  const encoded = encodeURIComponent(`${title}.${ending}`);
  reply.header(
    'content-disposition',
    `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${encoded}`,
  );
  // Whoever only asks what there is must not have it made.
  if (reply.request.method === 'HEAD') return reply.send();
  return reply.send(Readable.from(pieces, { objectMode: false }));
}

/** A table as CSV for spreadsheets: UTF-8 with a byte order mark. */
export async function* csvOf({ columns, portions }: Table): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(({ heading }) => heading));
  for await (const rows of portions) yield rows.map(csvLine).join('');
}

/** Portions of the rows that `read` gives, each made into cells, until it gives none. */
export async function* portionsOf<Row>(
  read: (last: Row | undefined) => Promise<readonly Row[]>,
  cellsOf: (row: Row, index: number) => readonly (string | number)[],
): Portions {
  let last: Row | undefined;
  for (let passed = 0; ; ) {
    const rows = await read(last);
    if (rows.length === 0) return;
    const from = passed;
    yield rows.map((row, index) => cellsOf(row, from + index));
    passed += rows.length;
    last = rows.at(-1);
  }
}
