import { type Kysely, sql } from 'kysely';

/** What a notice says beside its facts, corrections after publication, and what was found in each channel. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The words of one paragraph as an officer wrote them; the latest counts, empty words take them back.
  `create table notice_wordings (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    part text not null check (part ~ '^[a-z]+(-[0-9]{1,4})?$'),
    standard text not null,
    wording text not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index notice_wordings_latest on notice_wordings (consultation_id, part, id desc)',

  // Whether the draft is dropped, and why; the latest counts, an empty reason takes it back.
  `create table draft_droppings (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    reason text not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index draft_droppings_latest on draft_droppings (consultation_id, id desc)',

  ...['notice_wordings', 'draft_droppings'].map(
    (table) =>
      `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
  ),

  // The second notice and each after it corrects the one before it.
  `alter table feedback_notices
     add column correction text not null default '',
     add column begun_by bigint references officers,
     add constraint corrections_say_what check ((sequence = 1) = (correction = '')),
     add constraint corrections_are_begun check ((sequence = 1) = (begun_by is null))`,

  // Dispositions up to this id are those that were signed: the ones that a publication makes public.
  'alter table notice_signings add column last_disposition bigint not null default 0',
  'alter table notice_signings disable trigger notice_signings_insert_only',
  'update notice_signings set last_disposition = (select coalesce(max(id), 0) from dispositions)',
  'alter table notice_signings enable trigger notice_signings_insert_only',
  'alter table notice_signings alter column last_disposition drop default',

  // One that is stopped is closed then.
  `alter table consultations
     drop constraint closed_after_deadline,
     add constraint closed_after_deadline_or_stop check (
       closed_at is null or closed_at >= closes_at or withdrawn_at is not null)`,

  // Null: ticked before this was asked.
  'alter table channel_checks add column found integer check (found >= 0)',

  `alter table letters
     add column notice_id bigint references feedback_notices,
     drop constraint letters_kind_check,
     add constraint letters_kind_check check (
       kind <> '' and (officer_id is not null or kind in ('receipt', 'answer', 'correction', 'proof'))),
     add constraint corrections_by_letter_are_of_a_notice check ((kind = 'correction') = (notice_id is not null)),
     drop constraint letters_kind_submission_id_key`,
  `create unique index letters_once on letters (kind, submission_id, coalesce(notice_id, 0))
   where submission_id is not null`,
];
