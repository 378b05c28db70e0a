import { type Kysely, sql } from 'kysely';

/** What finds the comments of a consultation by two characters or more that stand side by side in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The pairs of characters in a comment and its receipt number, each with its consultation in one number.
  `create table comment_pairs (
    comment_id bigint primary key references comments on delete cascade,
    pairs integer[] not null
  )`,
  // Written portion by portion in the background; without a list of what is pending no search reads one.
  'create index comment_pairs_by_pair on comment_pairs using gin (pairs) with (fastupdate = off)',
  // Comments up to pairs_to have their pairs; the others are read by whoever searches.
  `create table pair_heads (
    consultation_id bigint primary key references consultations,
    pairs_to bigint not null default 0
  )`,
];
