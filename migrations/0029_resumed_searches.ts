import { type Kysely, sql } from 'kysely';

/** A search for alike comments that broke off is gone on with, and says what it only held to be the same or not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'alter table group_searches add column passed_over integer not null default 0',
  // What was compared so far, until the search is done: for each text, in the order of the search, the place of the one
  // that leads its group. `mark` says of which comments.
  `create table compared_texts (
    search_id bigint not null references group_searches,
    mark text not null,
    from_text integer not null,
    leaders integer[] not null,
    primary key (search_id, mark, from_text)
  )`,
];
