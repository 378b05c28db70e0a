import { type Kysely, sql } from 'kysely';

/** Who is responsible for a consultation, and the reminders of what it waits for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table handovers (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    officer_id bigint not null references officers,
    handed_over_by bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index handovers_latest on handovers (consultation_id, id desc)',

  // A deadline that moves makes its reminders anew: they are for another instant.
  `create table reminders (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    kind text not null check (kind in ('closingSoon', 'closed', 'feedbackDue', 'feedbackOverdue')),
    due_at timestamptz not null,
    created_at timestamptz not null,
    unique (consultation_id, kind, due_at)
  )`,
  `create table reminder_choices (
    id bigint generated always as identity primary key,
    officer_id bigint not null references officers,
    wanted boolean not null,
    created_at timestamptz not null
  )`,
  'create index reminder_choices_latest on reminder_choices (officer_id, id desc)',
  ...['handovers', 'reminders', 'reminder_choices'].map(
    (table) =>
      `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
  ),
];
