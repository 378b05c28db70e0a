import { type Kysely, sql } from 'kysely';

/** Drafts are made of several imports, and every change of a working draft is kept and can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table draft_imports (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    officer_id bigint not null references officers,
    draft_id bigint references drafts,
    replaces bigint references draft_imports,
    name text not null,
    kind text not null check (kind in ('paste', 'file', 'docx', 'html', 'txt', 'pdf')),
    bytes bytea,
    settings jsonb not null,
    state text not null check (state in ('waiting', 'reading', 'ready', 'failed')),
    refusal text,
    percent integer not null default 0 check (percent between 0 and 100),
    attempts integer not null default 0,
    text text not null,
    notes jsonb not null,
    leased_until timestamptz,
    created_at timestamptz not null,
    read_at timestamptz,
    discarded_at timestamptz,
    constraint read_when_ready check (state <> 'ready' or read_at is not null),
    constraint failure_has_refusal check ((state = 'failed') = (refusal is not null)),
    constraint leased_while_reading check ((state = 'reading') = (leased_until is not null)),
    constraint file_is_kept_until_read check (bytes is null or state in ('waiting', 'reading'))
  )`,
  'create index draft_imports_by_consultation on draft_imports (consultation_id, id)',
  `create index draft_imports_to_read on draft_imports (id)
     where state in ('waiting', 'reading') and discarded_at is null and draft_id is null`,

  // previous_id is no foreign key: pruning leaves the oldest edit that is kept without the one before it.
  `create table draft_edits (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    previous_id bigint check (previous_id < id),
    what text not null,
    outline jsonb not null,
    imports jsonb not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index draft_edits_by_consultation on draft_edits (consultation_id, id)',
  'create index draft_edits_by_previous on draft_edits (previous_id)',

  // What officers worked on so far becomes one pasted import each, and one edit. Published drafts keep their source.
  `delete from draft_work w using consultations c where c.id = w.consultation_id and c.published_at is not null`,
  `insert into draft_imports
     (consultation_id, officer_id, name, kind, settings, state, percent, text, notes, created_at, read_at)
   select w.consultation_id, c.created_by, '', 'paste', '{"whole":"auto","family":"auto","lines":"auto"}', 'ready', 100,
     w.source, '[]', c.created_at, w.updated_at
   from draft_work w join consultations c on c.id = w.consultation_id order by w.consultation_id`,
  `insert into draft_edits (consultation_id, what, outline, imports, officer_id, created_at)
   select i.consultation_id, 'saved',
     (select coalesce(jsonb_agg(block || jsonb_build_object('importId', i.id) order by position), '[]')
      from jsonb_array_elements(w.outline) with ordinality as blocks (block, position)),
     jsonb_build_array(jsonb_build_object('importId', i.id, 'settings', i.settings, 'found', null)),
     i.officer_id, w.updated_at
   from draft_work w join draft_imports i on i.consultation_id = w.consultation_id order by i.id`,
  'alter table draft_work add column edit_id bigint references draft_edits',
  'update draft_work w set edit_id = e.id from draft_edits e where e.consultation_id = w.consultation_id',
  'alter table draft_work alter column edit_id set not null, drop column source, drop column outline',

  // An edit is never changed, and deleted only when a hundred newer ones of its consultation are kept.
  `create trigger draft_edits_insert_only before update or truncate on draft_edits
   for each statement execute function refuse_change()`,
  `create function refuse_recent_edit() returns trigger language plpgsql as $$
   begin
     if (select count(*) from (select 1 from draft_edits e
         where e.consultation_id = old.consultation_id and e.id > old.id limit 100) newer) < 100 then
       raise exception 'draft_edits keeps the last 100 of a consultation' using errcode = 'restrict_violation';
     end if;
     return old;
   end $$`,
  `create trigger draft_edits_kept before delete on draft_edits for each row execute function refuse_recent_edit()`,
];
