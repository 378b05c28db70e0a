import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: it takes whatever tables there are
type AnyDb = Kysely<any>;
type Row = { cells: (string | null)[] };

/** A table as the export sees it; names are quoted. */
interface Table {
  name: string;
  columns: string[];
  /** True when a row may hold a whole file. */
  isWide: boolean;
}

interface ForeignKey {
  table: string;
  needs: string;
  name: string;
  definition: string;
}

const PORTION = { rows: 500, wideRows: 4, characters: 1_000_000 };

/**
 * Hands all data to `write` as SQL for psql, in pieces, as of one moment. Restored by the owner of a PostgreSQL database
 * that has the same migrations and no data yet, it makes the same rows; on any other it changes nothing and says why.
 */
export function exportData(db: AnyDb, write: (text: string) => Promise<void>): Promise<void> {
  const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return transaction.execute(async (trx) => {
    await sql`set local datestyle = 'ISO, YMD'`.execute(trx);
    const [tables, keys] = [await readTables(trx), await readForeignKeys(trx)];
    await write(head(await readMigrations(trx), tables, keys));
    for (const table of tables) await exportRows(trx, table, write);
    await write(tail(tables, keys, await readSequences(trx)));
  });
}

async function readTables(db: AnyDb): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select format('%I', attname) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      exists (select from pg_attribute where attrelid = c.oid and atttypid = 'bytea'::regtype and attstorage = 'e') as "isWide"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'kysely_%'
    order by name`.execute(db);
  return rows;
}

async function readForeignKeys(db: AnyDb): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select format('%I.%I', n.nspname, c.relname) as table, format('%I.%I', fn.nspname, f.relname) as needs,
      format('%I', conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class f on f.oid = confrelid join pg_namespace fn on fn.oid = f.relnamespace
    where contype = 'f' and n.nspname = 'public' and conparentid = 0 order by 1, 3`.execute(db);
  return rows;
}

async function readMigrations(db: AnyDb): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from public.kysely_migration order by name collate "C"`.execute(db);
  return rows.map((row) => row.name);
}

async function readSequences(db: AnyDb): Promise<{ name: string; value: string }[]> {
  const { rows } = await sql<{ name: string; value: string }>`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
    from pg_sequences where schemaname = 'public' and last_value is not null order by name`.execute(db);
  return rows;
}

function head(migrations: string[], tables: Table[], keys: ForeignKey[]): string {
  // What migrations put in stands in tables that no other needs; there the exported rows take its place.
  const tied = new Set(keys.flatMap(({ table, needs }) => [table, needs]));
  const untied = tables.filter(({ name }) => !tied.has(name));
  return `-- Data of 建言 Jianyan. To restore: bring an empty PostgreSQL database up to date with
--   DATABASE_URL=postgres://... npm run db:migrate
-- and then, as its owner: psql --file=THIS_FILE postgres://...
\\set ON_ERROR_STOP on
set client_encoding = 'UTF8';
begin;
set local standard_conforming_strings = on;
set local datestyle = 'ISO, YMD';
set local timezone = 'UTC';
do $check$
declare
  found text[] := '{}';
begin
  if to_regclass('public.kysely_migration') is not null then
    found := array(select name from public.kysely_migration order by name collate "C");
  end if;
  if found <> ${array(migrations)} then
    raise exception 'This database has not exactly the migrations of the export: %. Run db:migrate of that version.',
      ${quote(migrations.join(', '))};
  end if;
${lines([...tied].sort(), refuseRows)}
end $check$;
${lines(keys, ({ table, name }) => `alter table ${table} drop constraint ${name};`)}
${lines(tables, ({ name }) => `alter table ${name} disable trigger user;`)}
${lines(untied, ({ name }) => `delete from ${name};`)}
`;
}

function refuseRows(table: string): string {
  const refusal = quote(`This database already holds data: ${table} is not empty.`);
  return `  if exists (select 1 from ${table}) then raise exception using message = ${refusal}; end if;`;
}

async function exportRows(db: AnyDb, table: Table, write: (text: string) => Promise<void>): Promise<void> {
  const texts = table.columns.map((column) => sql`${sql.raw(column)}::text`);
  const cells = sql`array[${sql.join(texts)}]`;
  await sql`declare export_rows cursor for select ${cells} as cells from ${sql.raw(table.name)}`.execute(db);
  const most = table.isWide ? PORTION.wideRows : PORTION.rows;
  const into = `${table.name} (${table.columns.join(', ')}) overriding system value`;
  for (let count = 1; ; ) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(count))} from export_rows`.execute(db);
    if (rows.length === 0) break;
    const values = rows.map((row) => `(${row.cells.map(literal).join(', ')})`).join(',\n');
    await write(`insert into ${into} values\n${values};\n`);
    count = values.length > PORTION.characters ? Math.ceil(count / 4) : Math.min(count * 2, most);
  }
  await sql`close export_rows`.execute(db);
}

function tail(tables: Table[], keys: ForeignKey[], sequences: { name: string; value: string }[]): string {
  return `${lines(sequences, ({ name, value }) => `select setval(${quote(name)}, ${value});`)}
${lines(tables, ({ name }) => `alter table ${name} enable trigger user;`)}
${lines(keys, ({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition};`)}
commit;
analyze;
`;
}

function lines<T>(all: T[], line: (one: T) => string): string {
  return all.map(line).join('\n');
}

function literal(value: string | null): string {
  return value === null ? 'null' : quote(value);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function array(texts: string[]): string {
  return `array[${texts.map(quote).join(', ')}]::text[]`;
}
