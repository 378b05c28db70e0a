import { type Kysely, sql } from 'kysely';

/** The desk lists a consultation's letters, and counts those that were set aside on every visit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index letters_by_submission on letters (submission_id)`.execute(db);
  await sql`
    create index letters_set_aside on letters (submission_id) where failed_at is not null and sent_at is null
  `.execute(db);
}
