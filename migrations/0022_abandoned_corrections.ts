import { type Kysely, sql } from 'kysely';

/** A correction that was begun can be given up; another one may then be begun under the same number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table feedback_notices
     add column attempt integer not null default 1 check (attempt > 0),
     drop constraint feedback_notices_consultation_id_sequence_key,
     add constraint feedback_notices_once unique (consultation_id, sequence, attempt),
     add constraint first_notices_are_no_attempts check (sequence > 1 or attempt = 1)`,
  `create table abandoned_corrections (
    notice_id bigint primary key references feedback_notices,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  `create trigger abandoned_corrections_insert_only before update or delete or truncate on abandoned_corrections
   for each statement execute function refuse_change()`,
];
