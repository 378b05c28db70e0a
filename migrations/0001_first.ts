import { type Kysely, sql } from 'kysely';

/** Everything of the main job: consultation, draft, submission, disposition, feedback notice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'create extension if not exists pg_trgm',

  // People of the house
  `create table agencies (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    short_name text not null,
    site_name text not null default '',
    created_at timestamptz not null
  )`,
  `create table officers (
    id bigint generated always as identity primary key,
    agency_id bigint not null references agencies,
    login text not null unique check (login = lower(login) and login <> ''),
    name text not null check (name <> ''),
    role text not null check (role in ('caseworker', 'approver', 'administrator')),
    password_hash text,
    is_sample boolean not null default false,
    created_at timestamptz not null
  )`,
  `create table officer_invitations (
    token_hash bytea primary key,
    officer_id bigint references officers,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create table sessions (
    id_hash bytea primary key,
    data jsonb not null,
    expires_at timestamptz not null
  )`,
  `create unlogged table rate_windows (
    key text not null,
    starts_at timestamptz not null,
    count integer not null,
    primary key (key, starts_at)
  )`,

  // A consultation, its announcement and its drafts
  'create sequence consultation_numbers',
  `create table consultations (
    id bigint generated always as identity primary key,
    number text not null unique,
    agency_id bigint not null references agencies,
    kind text not null check (kind in ('majorDecision', 'rule', 'normativeDocument', 'normativeDocumentMarket', 'other')),
    revision integer not null default 1,
    opens_at timestamptz,
    closes_at timestamptz,
    created_by bigint not null references officers,
    created_at timestamptz not null,
    published_by bigint references officers,
    published_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    closed_at timestamptz,
    constraint period check (closes_at > opens_at),
    constraint published_has_period check (published_at is null or (opens_at is not null and closes_at is not null)),
    constraint closed_after_deadline check (closed_at is null or closed_at >= closes_at),
    constraint withdrawal_has_reason check ((withdrawn_at is null) = (withdrawn_reason is null))
  )`,
  `create index consultations_to_close on consultations (closes_at)
     where published_at is not null and closed_at is null and withdrawn_at is null`,
  `create table announcements (
    consultation_id bigint primary key references consultations,
    title text not null default '',
    document_number text not null default '',
    addressee text not null default '',
    agency_name text not null default '',
    agency_short text not null default '',
    site_name text not null default '',
    purpose text not null default '',
    draft_name text not null default '',
    mailbox text not null default '',
    phone text not null default '',
    fax text not null default '',
    address text not null default '',
    postcode text not null default '',
    contact_person text not null default '',
    announced_on date,
    text text not null default '',
    reason_for_shortening text not null default ''
  )`,
  `create table draft_work (
    consultation_id bigint primary key references consultations,
    source text not null,
    outline jsonb not null,
    updated_at timestamptz not null
  )`,
  `create table drafts (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    version integer not null check (version > 0),
    title text not null,
    source text not null,
    created_at timestamptz not null,
    unique (consultation_id, version)
  )`,
  `create table clauses (
    id bigint generated always as identity primary key,
    draft_id bigint not null references drafts,
    position integer not null,
    parent_position integer,
    address text not null,
    kind text not null,
    level text,
    label text not null,
    heading text not null,
    citation text not null,
    text text not null,
    rows jsonb,
    unique (draft_id, position),
    unique (draft_id, address),
    check ((kind = 'clause') = (level is not null)),
    check (parent_position < position)
  )`,

  'create sequence receipt_numbers',
  // What people send. Personal data stands in submissions and nowhere else.
  `create table captchas (
    id text primary key,
    answer text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  'create index captchas_expired on captchas (expires_at)',
  `create table submissions (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    form_token text not null unique,
    receipt_number text not null unique,
    receipt_token text not null unique,
    channel text not null check (channel in ('online', 'email', 'phone', 'fax', 'letter', 'inPerson')),
    received_at timestamptz not null,
    commenter_kind text not null check (commenter_kind in ('individual', 'organisation')),
    name text not null,
    phone text not null,
    email text not null,
    consent text not null check (consent in ('withName', 'withoutName', 'no')),
    withdrawn_at timestamptz
  )`,
  'create index submissions_by_consultation on submissions (consultation_id, id)',
  `create table comments (
    id bigint generated always as identity primary key,
    submission_id bigint not null references submissions,
    consultation_id bigint not null references consultations,
    draft_id bigint not null references drafts,
    clause_id bigint references clauses,
    position integer not null,
    stance text not null check (stance in ('support', 'amend', 'delete', 'add', 'question', 'other')),
    text text not null check (text <> ''),
    proposed_wording text not null,
    unique (submission_id, position)
  )`,
  'create index comments_by_consultation on comments (consultation_id, id)',
  'create index comments_by_clause on comments (clause_id)',

  // After closing
  `create table dispositions (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    outcome text not null check (outcome in ('adopted', 'partlyAdopted', 'notAdopted', 'alreadyProvided', 'outOfScope')),
    reason text not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (outcome = 'adopted' or reason <> '')
  )`,
  'create index dispositions_latest on dispositions (comment_id, id desc)',
  `create table channel_checks (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    channel text not null check (channel in ('online', 'email', 'phone', 'fax', 'letter', 'inPerson')),
    checked boolean not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index channel_checks_latest on channel_checks (consultation_id, channel, id desc)',
  `create table feedback_notices (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    sequence integer not null check (sequence > 0),
    drawn_up_at timestamptz not null,
    unique (consultation_id, sequence)
  )`,
  `create table notice_signings (
    id bigint generated always as identity primary key,
    notice_id bigint not null references feedback_notices,
    officer_id bigint not null references officers,
    verdict text not null check (verdict in ('signed', 'returned')),
    remark text not null,
    content jsonb,
    created_at timestamptz not null,
    check ((verdict = 'signed') = (content is not null)),
    check (verdict = 'signed' or remark <> '')
  )`,
  'create index notice_signings_latest on notice_signings (notice_id, id desc)',
  `create table notice_publications (
    notice_id bigint primary key references feedback_notices,
    signing_id bigint not null references notice_signings,
    officer_id bigint not null references officers,
    published_at timestamptz not null
  )`,

  // Letters wait here; the address stands in the submission
  `create table letters (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('receipt', 'answer')),
    submission_id bigint not null references submissions,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    locked_until timestamptz,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text not null default '',
    unique (kind, submission_id)
  )`,
  'create index letters_due on letters (due_at) where sent_at is null and failed_at is null',

  `create table ledger_entries (
    id bigint generated always as identity primary key,
    consultation_id bigint references consultations,
    officer_id bigint references officers,
    what text not null,
    detail jsonb not null,
    created_at timestamptz not null
  )`,
  'create index ledger_entries_by_consultation on ledger_entries (consultation_id, id)',

  // Insert-only tables
  `create function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception '% is insert-only', tg_table_name using errcode = 'restrict_violation';
   end $$`,
  ...[
    'drafts',
    'clauses',
    'dispositions',
    'channel_checks',
    'feedback_notices',
    'notice_signings',
    'notice_publications',
    'ledger_entries',
  ].map(
    (table) =>
      `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
  ),
  `create function refuse_change_once_published() returns trigger language plpgsql as $$
   begin
     if exists (select 1 from consultations c where c.id = old.consultation_id and c.published_at is not null) then
       raise exception '% of a published consultation is fixed', tg_table_name using errcode = 'restrict_violation';
     end if;
     return case when tg_op = 'DELETE' then old else new end;
   end $$`,
  `create trigger announcements_fixed before update or delete on announcements
   for each row execute function refuse_change_once_published()`,

  // One number that changes with everything a public page can show: the page cache asks for nothing else
  `create table public_version (single boolean primary key default true check (single), version bigint not null)`,
  'insert into public_version (version) values (1)',
  `create function public_content_changed() returns trigger language plpgsql as $$
   begin
     update public_version set version = version + 1;
     return null;
   end $$`,
  ...['consultations', 'announcements', 'drafts', 'notice_publications', 'agencies'].map(
    (table) =>
      `create trigger ${table}_public after insert or update or delete on ${table}
       for each statement execute function public_content_changed()`,
  ),
];
