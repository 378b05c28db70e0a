import { type Kysely, sql } from 'kysely';

/** Every trace says from where, and belongs to an agency, so that its administrators can look through all of theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table ledger_entries
    add column agency_id bigint references agencies,
    add column origin text not null default ''`,
  // Entries from before get the agency of their consultation, or of their officer; nothing else of them changes.
  'alter table ledger_entries disable trigger ledger_entries_insert_only',
  `update ledger_entries e set agency_id = coalesce(
    (select c.agency_id from consultations c where c.id = e.consultation_id),
    (select o.agency_id from officers o where o.id = e.officer_id))`,
  'alter table ledger_entries enable trigger ledger_entries_insert_only',
  'create index ledger_entries_by_agency on ledger_entries (agency_id, id)',
];
