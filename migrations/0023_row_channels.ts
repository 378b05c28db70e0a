import { type Kysely, sql } from 'kysely';

/** A row of a signed notice knows through which channels its comments came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table notice_rows add column channels jsonb not null default '{}'`).execute(db);
}
