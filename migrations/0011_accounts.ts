import { type Kysely, sql } from 'kysely';

/** Officers' accounts: letters to them, links to set a password anew, lock-out, sessions one by one, a second factor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table officers
     add column email text not null default '' check (email = '' or email ~ '^[^@\\s]+@[^@\\s]+$'),
     add column disabled_at timestamptz`,

  // What a letter to an officer is called is not listed here: whoever adds one names it in src/db/officer-letters.ts.
  `alter table letters
     add column officer_id bigint references officers,
     add column detail jsonb,
     drop constraint letters_kind_check,
     add constraint letters_kind_check check (
       kind <> '' and (officer_id is not null or kind in ('receipt', 'answer', 'proof'))),
     drop constraint letters_are_about_one_thing,
     add constraint letters_are_about_one_thing check (
       num_nonnulls(submission_id, captcha_id, officer_id) = 1 and (kind = 'proof') = (captcha_id is not null)),
     add constraint letters_to_officers_have_detail check ((detail is null) = (officer_id is null))`,
  'create index letters_by_officer on letters (officer_id) where officer_id is not null',

  `alter table officer_invitations
     add column purpose text not null default 'setUp' check (purpose in ('setUp', 'newPassword', 'newAgency')),
     add check (case purpose when 'newPassword' then officer_id is not null
       when 'newAgency' then officer_id is null else true end)`,

  // Keys are hashes: a login may be a password that was typed into the wrong field.
  `create table sign_in_failures (
    key bytea primary key,
    failures integer not null,
    locked_until timestamptz,
    failed_at timestamptz not null
  )`,

  `alter table sessions
     add column id bigint generated always as identity unique,
     add column officer_id bigint references officers,
     add column signed_in_at timestamptz,
     add column seen_at timestamptz,
     add column ended_at timestamptz,
     add column browser text not null default '',
     add column origin text not null default ''`,
  'create index sessions_by_officer on sessions (officer_id) where officer_id is not null',

  `alter table agencies add column needs_second_factor boolean not null default false`,
  // The secret is encrypted with a key that is not in the database.
  `create table second_factors (
    officer_id bigint primary key references officers,
    secret bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint
  )`,
  `create table recovery_codes (
    officer_id bigint not null references second_factors on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    primary key (officer_id, code_hash)
  )`,
];
