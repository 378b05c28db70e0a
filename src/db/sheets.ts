import { sql } from 'kysely';
import type { SheetProblem } from '../domain/sheets/lines.ts';
import type { Db, Trx } from './session.ts';
import type { SheetState } from './sheet-tables.ts';

/** A table of comments, without its file. */
export interface SheetImport {
  readonly id: number;
  readonly name: string;
  readonly state: SheetState;
  /** Why nothing came of it, or why it stopped half-way; null otherwise. */
  readonly refusal: string | null;
  readonly rowsRead: number;
  readonly badRows: number;
  /** Good submissions (件), their comments (条), and how many of the submissions are late. */
  readonly entries: number;
  readonly comments: number;
  readonly lateEntries: number;
  readonly entriesStored: number;
  readonly officerName: string;
  readonly createdAt: Date;
  readonly storedAt: Date | null;
}

/** The tables brought for a consultation, newest first. */
export async function sheetsOf(db: Db, consultationId: number): Promise<SheetImport[]> {
  return sheetQuery(db)
    .where('s.consultation_id', '=', consultationId)
    .orderBy('s.id', 'desc')
    .limit(50)
    .execute();
}

/** How many tables with good entries were brought for a consultation and neither entered to the end nor discarded. */
export async function countOpenSheets(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sheet_imports
    where consultation_id = ${consultationId} and bytes is not null
      and (state in ('waiting', 'storing', 'stopped') or (state = 'checked' and entries > 0))`.execute(db);
  return rows[0]?.count ?? 0;
}

/** One of them, or undefined. */
export async function sheetById(
  db: Db,
  consultationId: number,
  id: number,
): Promise<SheetImport | undefined> {
  return sheetQuery(db)
    .where('s.consultation_id', '=', consultationId)
    .where('s.id', '=', id)
    .executeTakeFirst();
}

/** Some of a table's problems, in the order of its rows; nothing once its file is gone. */
export async function sheetProblems(
  db: Db,
  id: number,
  from: number,
  count: number,
): Promise<SheetProblem[]> {
  const { rows } = await sql<{ problem: SheetProblem }>`
    select p.problem from sheet_imports s, jsonb_array_elements(s.problems) with ordinality as p(problem, nr)
    where s.id = ${id} and p.nr > ${from} and p.nr <= ${from + count} order by p.nr`.execute(db);
  return rows.map(({ problem }) => problem);
}

/** How many problems a table has. */
export async function countProblems(db: Db, id: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select jsonb_array_length(problems) as count from sheet_imports where id = ${id}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** When the same file was entered for the consultation before, or undefined. */
export async function sameSheetStored(db: Db, consultationId: number, id: number): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select o.stored_at as at from sheet_imports s join sheet_imports o on o.sha256 = s.sha256
      and o.consultation_id = s.consultation_id and o.id <> s.id and o.state = 'stored'
    where s.id = ${id} and s.consultation_id = ${consultationId} order by o.id desc limit 1`.execute(db);
  return rows[0]?.at;
}

/** Holds a table's row; undefined when the consultation has no such table. */
export async function holdSheet(
  trx: Trx,
  consultationId: number,
  id: number,
): Promise<SheetImport | undefined> {
  await trx.selectFrom('sheet_imports').select('id').where('id', '=', id).forUpdate().execute();
  return sheetById(trx, consultationId, id);
}

function sheetQuery(db: Db) {
  return db
    .selectFrom('sheet_imports as s')
    .innerJoin('officers as o', 'o.id', 's.officer_id')
    .select(['s.id', 's.name', 's.state', 's.refusal', 's.entries', 's.comments'])
    .select(['s.rows_read as rowsRead', 's.bad_rows as badRows', 's.late_entries as lateEntries'])
    .select(['s.entries_stored as entriesStored', 's.created_at as createdAt', 's.stored_at as storedAt'])
    .select('o.name as officerName');
}
