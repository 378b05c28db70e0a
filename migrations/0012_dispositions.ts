import { type Kysely, sql } from 'kysely';

/** Dispositions of many comments at once and taken back, reply templates, assignments and internal notes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One row says how many comments were disposed of together; one that takes another back has no outcome.
  `create table disposition_batches (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    outcome text check (outcome in ('adopted', 'partlyAdopted', 'notAdopted', 'alreadyProvided', 'outOfScope')),
    reason text not null,
    size integer not null check (size > 0),
    takes_back bigint unique references disposition_batches,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check ((outcome is null) = (takes_back is not null))
  )`,
  'create index disposition_batches_latest on disposition_batches (consultation_id, id desc)',

  // Undoing is a new row that says what stood before, or (no outcome) that nothing did.
  `alter table dispositions
     alter column outcome drop not null,
     add column batch_id bigint references disposition_batches,
     add column takes_back bigint references dispositions,
     add constraint without_outcome_only_taken_back check (outcome is not null or (reason = '' and takes_back is not null))`,
  'create index dispositions_of_batch on dispositions (batch_id) where batch_id is not null',

  `create table departments (
    id bigint generated always as identity primary key,
    agency_id bigint not null references agencies,
    name text not null check (name <> ''),
    created_at timestamptz not null,
    removed_at timestamptz
  )`,
  'create unique index departments_once on departments (agency_id, name) where removed_at is null',

  // Whose a comment is; the latest counts, neither officer nor department takes it back.
  `create table comment_assignments (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    to_officer_id bigint references officers,
    department_id bigint references departments,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (to_officer_id is null or department_id is null)
  )`,
  'create index comment_assignments_latest on comment_assignments (comment_id, id desc) include (to_officer_id, department_id)',
  'create index comment_assignments_to_officer on comment_assignments (to_officer_id, comment_id) where to_officer_id is not null',
  'create index comment_assignments_to_department on comment_assignments (department_id, comment_id) where department_id is not null',

  // What officers tell each other about a comment; never public.
  `create table comment_notes (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    text text not null check (text <> ''),
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index comment_notes_of_comment on comment_notes (comment_id, id)',

  ...['disposition_batches', 'comment_assignments', 'comment_notes'].map(
    (table) => `create trigger ${table}_insert_only before update or delete or truncate on ${table}
      for each statement execute function refuse_change()`,
  ),

  `create table reply_templates (
    id bigint generated always as identity primary key,
    agency_id bigint not null references agencies,
    name text not null check (name <> ''),
    outcome text check (outcome in ('adopted', 'partlyAdopted', 'notAdopted', 'alreadyProvided', 'outOfScope')),
    text text not null check (text <> ''),
    revision integer not null default 1,
    officer_id bigint not null references officers,
    updated_at timestamptz not null
  )`,
  'create unique index reply_templates_once on reply_templates (agency_id, name)',
];
