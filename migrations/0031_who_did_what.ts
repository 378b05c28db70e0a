import { type Kysely, sql } from 'kysely';

/** Who did a certain thing on a consultation is found by officer, not by reading all that was ever done on it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index ledger_entries_by_officer on ledger_entries (consultation_id, officer_id, what)`.execute(
    db,
  );
}
