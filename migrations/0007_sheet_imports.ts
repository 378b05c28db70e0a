import { type Kysely, sql } from 'kysely';

/** Tables of comments that officers bring: tried first, then entered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The file holds what people sent, and the words in its problems may: they are forgotten, the file once it is stored.
  `create table sheet_imports (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    draft_id bigint not null references drafts,
    officer_id bigint not null references officers,
    name text not null,
    sha256 bytea not null check (length(sha256) = 32),
    bytes bytea,
    state text not null check (
      state in ('waiting', 'failed', 'checked', 'storing', 'stopped', 'stored', 'discarded')),
    refusal text,
    rows_read integer not null default 0,
    bad_rows integer not null default 0,
    entries integer not null default 0,
    comments integer not null default 0,
    late_entries integer not null default 0,
    problems jsonb not null default '[]',
    entries_stored integer not null default 0,
    attempts integer not null default 0,
    leased_until timestamptz,
    created_at timestamptz not null,
    checked_at timestamptz,
    confirmed_by bigint references officers,
    confirmed_at timestamptz,
    stored_at timestamptz,
    constraint file_until_it_is_done check ((bytes is null) = (state in ('failed', 'stored', 'discarded'))),
    constraint no_words_of_what_was_set_aside check (problems = '[]' or state not in ('failed', 'discarded')),
    constraint refusal_when_refused check (refusal is null or state in ('failed', 'stopped', 'discarded')),
    constraint leased_at_work check (leased_until is null or state in ('waiting', 'storing')),
    constraint confirmed_by_somebody check ((confirmed_by is null) = (confirmed_at is null)),
    constraint stored_whole check (state <> 'stored' or (stored_at is not null and entries_stored = entries))
  )`,
  'create index sheet_imports_by_consultation on sheet_imports (consultation_id, id)',
  `create index sheet_imports_at_work on sheet_imports (id) where state in ('waiting', 'storing')`,
];
