import { type Kysely, sql } from 'kysely';

/** The life of a consultation: approval, schedule, preview by a secret link, extension, withdrawal, further rounds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'alter table agencies add column requires_approval boolean not null default false',
  `alter table consultations
     add column publish_at timestamptz,
     add column scheduled_by bigint references officers,
     add column publish_failed_at timestamptz,
     add column follows_id bigint unique references consultations,
     add constraint schedule_is_somebodys check ((publish_at is null) = (scheduled_by is null)),
     add constraint schedule_ends_with_publication check (publish_at is null or published_at is null),
     add constraint follows_another check (follows_id <> id)`,
  'create index consultations_to_publish on consultations (publish_at) where publish_at is not null',

  `create table extensions (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    old_closes_at timestamptz not null,
    new_closes_at timestamptz not null,
    reason text not null check (reason <> ''),
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (new_closes_at > old_closes_at),
    check (created_at < old_closes_at)
  )`,
  'create index extensions_by_consultation on extensions (consultation_id, id)',
  `create function refuse_shorter_period() returns trigger language plpgsql as $$
   begin
     if new.closes_at < old.closes_at or old.closed_at is not null then
       raise exception 'a published period only grows, and only before its closing' using errcode = 'restrict_violation';
     end if;
     return new;
   end $$`,
  `create trigger consultations_only_longer before update of closes_at on consultations
   for each row when (old.published_at is not null and new.closes_at is distinct from old.closes_at)
   execute function refuse_shorter_period()`,

  `create table approvals (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    step text not null check (step in ('asked', 'approved', 'returned')),
    fingerprint text not null,
    remark text not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (step <> 'returned' or remark <> '')
  )`,
  'create index approvals_latest on approvals (consultation_id, id desc)',

  `create table preview_links (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique,
    consultation_id bigint not null references consultations,
    created_by bigint not null references officers,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
  )`,
  'create index preview_links_by_consultation on preview_links (consultation_id, id)',

  `alter table letters
     drop constraint letters_kind_check,
     add constraint letters_kind_check check (
       kind <> '' and (officer_id is not null or kind in ('receipt', 'answer', 'correction', 'proof', 'withdrawal')))`,

  ...['extensions', 'approvals'].map(
    (table) =>
      `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
  ),
  `create trigger extensions_public after insert on extensions
   for each statement execute function public_content_changed()`,
];
