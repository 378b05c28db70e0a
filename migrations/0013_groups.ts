import { type Kysely, sql } from 'kysely';

/** Comments of the same or nearly the same words: what the program suggests, and what a person confirmed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table group_searches (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    officer_id bigint references officers,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    percent integer not null default 0 check (percent between 0 and 100),
    comments integer not null default 0,
    attempts integer not null default 0,
    leased_until timestamptz,
    created_at timestamptz not null,
    finished_at timestamptz,
    constraint finished_when_done check ((state = 'waiting') = (finished_at is null)),
    constraint leased_while_waiting check (leased_until is null or state = 'waiting')
  )`,
  `create unique index group_searches_waiting on group_searches (consultation_id) where state = 'waiting'`,
  'create index group_searches_by_consultation on group_searches (consultation_id, id)',

  // A group that a person confirmed. How many are in it now, and on which clauses, is kept with it: lists need not count.
  `create table comment_groups (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    number integer not null,
    label text not null check (label <> ''),
    members integer not null default 0,
    clause_ids integer[] not null default '{}',
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    unique (consultation_id, number)
  )`,

  // A comment joined a group or left it, or (without a group) is to stay by itself; the latest row counts.
  `create table comment_group_members (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    group_id bigint references comment_groups,
    joined boolean not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (not joined or group_id is not null)
  )`,
  'create index comment_group_members_latest on comment_group_members (comment_id, id desc) include (group_id, joined)',
  'create index comment_group_members_by_group on comment_group_members (group_id, comment_id, id)',
  `create trigger comment_group_members_insert_only before update or delete or truncate on comment_group_members
     for each statement execute function refuse_change()`,

  // What the latest search found, the largest first; made anew by each search.
  `create table suggested_groups (
    search_id bigint not null references group_searches,
    position integer not null,
    size integer not null check (size > 0),
    sample_id bigint not null references comments,
    clause_ids integer[] not null,
    joins_id bigint references comment_groups,
    decided_at timestamptz,
    primary key (search_id, position)
  )`,
  `create index suggested_groups_open on suggested_groups (search_id, position) where decided_at is null`,
  `create table suggested_members (
    search_id bigint not null,
    position integer not null,
    comment_id bigint not null references comments,
    primary key (search_id, position, comment_id),
    foreign key (search_id, position) references suggested_groups on delete cascade
  )`,
];
