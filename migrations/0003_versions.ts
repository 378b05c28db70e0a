import { type Kysely, sql } from 'kysely';

/** New versions of a draft: what became of each clause, and where comments on older versions stand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table drafts add column note text not null default ''`,

  // What became of each clause from the version before: a row for each pair, rows of one link share their position.
  `create table clause_links (
    id bigint generated always as identity primary key,
    draft_id bigint not null references drafts,
    position integer not null,
    kind text not null check (kind in ('same', 'renumbered', 'moved', 'amended', 'split', 'merged', 'deleted', 'new')),
    from_clause_id bigint references clauses,
    to_clause_id bigint references clauses,
    by_officer bigint references officers,
    similarity double precision not null check (similarity between 0 and 1),
    unique nulls not distinct (draft_id, from_clause_id, to_clause_id),
    check ((kind = 'new') = (from_clause_id is null)),
    check ((kind = 'deleted') = (to_clause_id is null))
  )`,
  'create index clause_links_in_order on clause_links (draft_id, position, id)',

  // Corrections of the links before publication, against the newest published draft; the latest for a clause counts.
  `create table link_choices (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references consultations,
    draft_id bigint not null references drafts,
    from_clause_id bigint not null references clauses,
    targets jsonb not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index link_choices_by_draft on link_choices (draft_id, id)',

  // Where an officer put a comment; the latest counts, and one that is undone leaves it to the links again.
  `create table comment_placements (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    draft_id bigint not null references drafts,
    clause_id bigint references clauses,
    undone boolean not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (not undone or clause_id is null)
  )`,
  'create index comment_placements_latest on comment_placements (comment_id, id desc)',

  ...['clause_links', 'link_choices', 'comment_placements'].map(
    (table) =>
      `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
  ),
  `create trigger clause_links_public after insert on clause_links
   for each statement execute function public_content_changed()`,
  `create function refuse_other_version() returns trigger language plpgsql as $$
   begin
     raise exception 'a comment stays on its version' using errcode = 'restrict_violation';
   end $$`,
  `create trigger comments_stay before update on comments for each row
   when ((old.draft_id, old.clause_id) is distinct from (new.draft_id, new.clause_id))
   execute function refuse_other_version()`,
];
