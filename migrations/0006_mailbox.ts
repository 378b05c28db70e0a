import { type Kysely, sql } from 'kysely';

/** Mailboxes that are read, how far each was read, and what became of every message. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table mailboxes (
    mailbox text primary key check (mailbox = lower(mailbox) and mailbox <> ''),
    uid_validity bigint not null default 0,
    last_uid bigint not null default 0,
    due_at timestamptz not null,
    read_at timestamptz,
    failures integer not null default 0,
    not_given_out integer not null default 0,
    failed_since timestamptz,
    failure text check (failure in ('refused', 'noFolder', 'unreachable', 'tls', 'broken', 'message')),
    constraint failing check ((failures = 0) = (failed_since is null) and (failures = 0) = (failure is null))
  )`,

  // A message is known by its Message-ID and what it says. Its words stand here only while it is set aside, or while
  // a file of it could not be kept elsewhere.
  `create table mail_messages (
    id bigint generated always as identity primary key,
    mailbox text not null references mailboxes,
    message_id text not null check (message_id <> ''),
    digest bytea not null,
    received_at timestamptz not null,
    stored_at timestamptz not null,
    state text not null check (state in ('taken', 'setAside')),
    reason text check (reason in
      ('bounce', 'autoReply', 'spam', 'noConsultation', 'empty', 'tooLarge', 'unreadable', 'repeated')),
    consultation_id bigint references consultations,
    submission_id bigint unique references submissions,
    sender text not null default '',
    subject text not null default '',
    excerpt text not null default '',
    size bigint not null,
    raw bytea,
    unkept_files integer not null default 0,
    decided_by bigint references officers,
    decided_at timestamptz,
    unique (mailbox, message_id, digest),
    constraint taken_is_a_submission check ((state = 'taken') = (submission_id is not null)),
    constraint set_aside_for_a_reason check ((state = 'setAside') = (reason is not null)),
    constraint decided_by_somebody check ((decided_by is null) = (decided_at is null)),
    constraint taken_leaves_its_words check (state <> 'taken' or (sender = '' and subject = '' and excerpt = '')),
    constraint taken_leaves_its_bytes check (state <> 'taken' or raw is null or unkept_files > 0)
  )`,
  // Packed already for the most part, and exported in small portions.
  'alter table mail_messages alter column raw set storage external',
  'create index mail_messages_by_consultation on mail_messages (consultation_id, id)',
  'create index mail_messages_by_mailbox on mail_messages (mailbox, stored_at)',
  `create index comments_to_confirm on comments (consultation_id, id) where clause_from = 'guess'`,
];
