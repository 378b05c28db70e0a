import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: it takes whatever tables there are
type AnyDb = Kysely<any>;

/** A table as the export sees it; names are quoted. */
interface Table {
  name: string;
  columns: string[];
  /** Tables its foreign keys point to, itself left out. */
  needs: string[];
}

const ROWS_AT_ONCE = 200;

/**
 * Hands all data to `write` as SQL for psql, in pieces, as of one moment. Restored by the owner of a PostgreSQL database
 * that has the same migrations and no data yet, it makes the same rows; on any other it changes nothing and says why.
 */
export function exportData(db: AnyDb, write: (text: string) => Promise<void>): Promise<void> {
  const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return transaction.execute(async (trx) => {
    await sql`set local datestyle = 'ISO, YMD'`.execute(trx);
    const tables = inOrder(await readTables(trx));
    await write(head(await readMigrations(trx), tables));
    for (const table of tables) await exportRows(trx, table, write);
    await write(tail(tables, await readSequences(trx)));
  });
}

async function readTables(db: AnyDb): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select format('%I', attname) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      array(select distinct format('%I.%I', fn.nspname, f.relname) from pg_constraint
        join pg_class f on f.oid = confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where conrelid = c.oid and contype = 'f' and confrelid <> c.oid order by 1) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'kysely\_%'
    order by name`.execute(db);
  return rows;
}

/** Each table after those it needs, so that no foreign key is ever broken while restoring. */
function inOrder(tables: Table[]): Table[] {
  const done = new Set<string>();
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const next = tables.filter(({ name, needs }) => !done.has(name) && needs.every((need) => done.has(need)));
    if (next.length === 0) throw new Error('Tables that need each other in a circle cannot be exported.');
    for (const table of next) done.add(table.name);
    ordered.push(...next);
  }
  return ordered;
}

async function readMigrations(db: AnyDb): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from public.kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

async function readSequences(db: AnyDb): Promise<{ name: string; value: string }[]> {
  const { rows } = await sql<{ name: string; value: string }>`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
    from pg_sequences where schemaname = 'public' and last_value is not null order by name`.execute(db);
  return rows;
}

function head(migrations: string[], tables: Table[]): string {
  // What migrations put in stands in tables that no other needs; there the exported rows take its place.
  const tied = new Set(tables.flatMap(({ name, needs }) => (needs.length > 0 ? [name, ...needs] : [])));
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
begin
  if to_regclass('public.kysely_migration') is null
    or array(select name from public.kysely_migration order by name collate "C")::text[] <> ${array(migrations)} then
    raise exception 'This database has not exactly the migrations of the export: %. Run db:migrate of that version.',
      ${quote(migrations.join(', '))};
  end if;
${[...tied].sort().map(refuseRows).join('\n')}
end $check$;
${tables.map(({ name }) => `alter table ${name} disable trigger user;`).join('\n')}
${tables
  .filter(({ name }) => !tied.has(name))
  .map(({ name }) => `delete from ${name};`)
  .join('\n')}
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
  const fetch = sql<{ cells: (string | null)[] }>`fetch ${sql.raw(String(ROWS_AT_ONCE))} from export_rows`;
  for (;;) {
    const { rows } = await fetch.execute(db);
    if (rows.length === 0) break;
    const values = rows.map((row) => `(${row.cells.map(literal).join(', ')})`);
    const into = `${table.name} (${table.columns.join(', ')}) overriding system value`;
    await write(`insert into ${into} values\n${values.join(',\n')};\n`);
  }
  await sql`close export_rows`.execute(db);
}

function tail(tables: Table[], sequences: { name: string; value: string }[]): string {
  const continued = sequences.map(({ name, value }) => `select setval(${quote(name)}, ${value});`);
  const enabled = tables.map(({ name }) => `alter table ${name} enable trigger user;`);
  return [...continued, ...enabled, 'commit;', 'analyze;', ''].join('\n');
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
