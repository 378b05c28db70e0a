import { type Kysely, sql } from 'kysely';

/** Several comments in one submission, every channel in one ledger, and a salted hash of each submission. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // What a consultation asks of those who comment, and whether it shows comments; fixed with the announcement.
  `alter table announcements
     add column asks_name text not null default 'optional' check (asks_name in ('no', 'optional', 'required')),
     add column asks_phone text not null default 'optional' check (asks_phone in ('no', 'optional', 'required')),
     add column asks_email text not null default 'optional' check (asks_email in ('no', 'optional', 'required')),
     add column shows_comments boolean not null default false`,

  // Comments are given at hearings, too.
  ...['submissions', 'channel_checks'].flatMap((table) => [
    `alter table ${table} drop constraint ${table}_channel_check`,
    `alter table ${table} add constraint ${table}_channel_check
       check (channel in ('online', 'email', 'phone', 'fax', 'letter', 'inPerson', 'hearing'))`,
  ]),

  // dated_at decides whether a submission came in time; a day known only by its date is its first instant.
  `alter table submissions
     add column salt bytea,
     add column hash bytea,
     add column dated_at timestamptz,
     add column postmarked_on date,
     add column entered_by bigint references officers,
     add column entered_at timestamptz`,
  'update submissions set dated_at = received_at',
  `alter table submissions
     alter column dated_at set not null,
     add constraint sealed_whole check ((salt is null) = (hash is null)),
     add constraint entered_by_somebody check ((entered_by is null) = (entered_at is null)),
     add constraint nobody_enters_online check (channel <> 'online' or entered_by is null)`,

  `alter table comments
     add column quotation jsonb,
     add column clause_from text not null default 'sender' check (clause_from in ('sender', 'guess', 'officer'))`,
  // A clause that the program guessed may be confirmed or corrected once, by an officer; nothing else moves a comment.
  'drop trigger comments_stay on comments',
  `create trigger comments_stay before update on comments for each row
   when ((old.draft_id, old.clause_id) is distinct from (new.draft_id, new.clause_id)
     and not (old.clause_from = 'guess' and new.clause_from = 'officer' and old.draft_id = new.draft_id))
   execute function refuse_other_version()`,
];
