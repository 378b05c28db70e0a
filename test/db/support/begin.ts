import { type Kysely, sql } from 'kysely';
import { prepared } from '../../../src/db/prepared.ts';
import type { Tables } from '../../../src/db/tables.ts';

/** All rows of a database at some moment, as JSON. */
export interface Rows {
  readonly shape: string;
  /** `columns` without those that the database works out. */
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: string;
  }[];
  readonly sequences: readonly { readonly name: string; readonly value: number | null }[];
}

let beginning: Rows | undefined;

/**
 * Puts a database back to what the migrations left; false when a test changed more than rows, so that it is of no more
 * use. The first one of a process must be new; the others are the same one, or of the same migrations.
 */
export async function begin(db: Kysely<Tables>): Promise<boolean> {
  beginning ??= await readRows(db);
  if ((await shapeOf(db)) !== beginning.shape) return false;
  await putBack(db, beginning);
  return true;
}

/** Reads what is in a database, for `putBack`. */
export async function readRows(db: Kysely<Tables>): Promise<Rows> {
  const found = await sql<{ name: string; columns: string[] }>`
    select table_name as name, array_agg(column_name::text) as columns
    from information_schema.tables join information_schema.columns using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely_%'
      and is_generated = 'NEVER' group by table_name`.execute(db);
  const tables = [];
  for (const { name, columns } of found.rows) {
    const { rows } = await sql<{ rows: string }>`
      select coalesce(jsonb_agg(t), '[]')::text as rows from ${sql.table(name)} t`.execute(db);
    tables.push({ name, columns, rows: rows[0]?.rows ?? '[]' });
  }
  const sequences = await sql<{ name: string; value: number | null }>`
    select format('%I', sequencename) as name, last_value as value
    from pg_sequences where schemaname = 'public'`.execute(db);
  return { shape: await shapeOf(db), tables, sequences: sequences.rows };
}

// Tables, columns, indexes, constraints, triggers and functions, by their numbers and names.
async function shapeOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ shape: string }>`
    with ours as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace)
    select concat(
      (select md5(string_agg(ours::text, ',' order by oid)) from ours),
      (select md5(string_agg(concat(attrelid, attname, atttypid, attnotnull), ',' order by attrelid, attnum))
        from pg_attribute where attnum > 0 and attrelid in (select oid from ours)),
      (select md5(string_agg(concat(oid, conname), ',' order by oid))
        from pg_constraint where connamespace = 'public'::regnamespace),
      (select md5(string_agg(concat(oid, tgname, tgenabled), ',' order by oid))
        from pg_trigger where tgrelid in (select oid from ours)),
      (select md5(string_agg(concat(oid, prosrc), ',' order by oid))
        from pg_proc where pronamespace = 'public'::regnamespace)) as shape
    ${prepared('the shape of a test database')}`.execute(db);
  return rows[0]?.shape ?? '';
}

/** Puts what was read from a database of the same migrations in the place of all that is in this one. */
export async function putBack(db: Kysely<Tables>, { tables, sequences }: Rows): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx); // insert-only tables refuse otherwise
    await empty(trx, tables);
    for (const { name, columns, rows } of tables.filter((table) => table.rows !== '[]')) {
      const given = sql.join(columns.map((column) => sql.ref(column)));
      await sql`insert into ${sql.table(name)} (${given}) overriding system value
        select ${given} from jsonb_populate_recordset(null::${sql.table(name)}, ${rows}::jsonb)`.execute(trx);
    }
    const starts = sequences.map(({ name, value }) => sql`setval(${name}, ${value ?? 1}, ${value !== null})`);
    await sql`select ${sql.join(starts)}`.execute(trx);
  });
}

// Truncating makes new files for every table and index, which takes much longer than deleting some rows.
async function empty(db: Kysely<Tables>, tables: Rows['tables']): Promise<void> {
  const filled = tables.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, pg_relation_size(${sql.lit(name)}) > 1000000 as large
      where exists (select 1 from ${sql.table(name)})`,
  );
  const { rows } = await sql<{ name: string; large: boolean }>`
    ${sql.join(filled, sql` union all `)} ${prepared('the filled tables')}`.execute(db);
  if (rows.some(({ large }) => large))
    await sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(db);
  else for (const { name } of rows) await sql`delete from ${sql.table(name)}`.execute(db);
}
