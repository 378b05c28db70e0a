import { type Kysely, sql } from 'kysely';

/** Files that people send with their comments, kept in the database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Belongs to a form until that is sent, then to its submission.
  `create table attachments (
    id bigint generated always as identity primary key,
    form_token text,
    submission_id bigint references submissions,
    name text not null check (name <> ''),
    media_type text not null check (media_type <> ''),
    size integer not null,
    sha256 bytea not null check (length(sha256) = 32),
    bytes bytea not null,
    created_at timestamptz not null,
    check (num_nonnulls(form_token, submission_id) = 1),
    check (size = length(bytes))
  )`,
  // Packed already, and read in pieces.
  'alter table attachments alter column bytes set storage external',
  'create index attachments_by_form on attachments (form_token) where form_token is not null',
  'create index attachments_by_submission on attachments (submission_id) where submission_id is not null',
  `create function refuse_other_file() returns trigger language plpgsql as $$
   begin
     raise exception 'a file that was sent stays as it is' using errcode = 'restrict_violation';
   end $$`,
  `create trigger attachments_stay before update on attachments for each row
   when (old.submission_id is not null) execute function refuse_other_file()`,
];
