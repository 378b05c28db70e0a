import { type Kysely, sql } from 'kysely';

/** A second one, so that there is an order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table a_children add column later text not null default ''`.execute(db);
}
