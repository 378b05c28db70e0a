import { type Kysely, sql } from 'kysely';

/** What lets a form be about all comments of a list without reading them: tallies know the mark of theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // A number that a comment and the latest deed of a kind done to it (0: none) are known by. Many are known by the
  // bits that an odd number of them has, so that they are added and taken off in any order. These hashes go by value,
  // and partitions and indexes on disk rest on them: they are the same in every version of PostgreSQL so far.
  `create function deed_mark(comment_id bigint, deed_id bigint) returns bigint language sql immutable parallel safe
   return hashint8extended(comment_id, hashint8extended(deed_id, 1))`,
  ...['segment_tallies', 'tally_sums'].map(
    (table) => `alter table ${table} add column disposition_mark bigint not null default 0,
      add column screening_mark bigint not null default 0, add column assignee_mark bigint not null default 0`,
  ),
  // What was counted before there were marks is counted once more.
  'update tally_segments set counted = false where counted',
];
