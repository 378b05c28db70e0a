import { type Kysely, sql } from 'kysely';

/** Screening and redaction of comments, what makes them public or takes them back, and lists of any length. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Whether a comment is shown to the public; the latest counts, none means that it waits.
  `create table screenings (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    verdict text not null check (verdict in ('shown', 'hidden')),
    reason text not null,
    officer_id bigint not null references officers,
    created_at timestamptz not null,
    check (verdict = 'shown' or reason <> '')
  )`,
  'create index screenings_latest on screenings (comment_id, id desc) include (verdict)',

  // The words of a comment as they are published, with passages covered; the latest counts, the comment stays.
  `create table redactions (
    id bigint generated always as identity primary key,
    comment_id bigint not null references comments,
    text text not null check (text <> ''),
    proposed_wording text not null,
    quotation text not null,
    reason text not null check (reason <> ''),
    officer_id bigint not null references officers,
    created_at timestamptz not null
  )`,
  'create index redactions_latest on redactions (comment_id, id desc)',

  ...['screenings', 'redactions'].flatMap((table) => [
    `create trigger ${table}_insert_only before update or delete or truncate on ${table}
       for each statement execute function refuse_change()`,
    `create trigger ${table}_public after insert on ${table}
       for each statement execute function public_content_changed()`,
  ]),

  // What else decides which comments the public reads, where, and under whose name.
  `create trigger submissions_public after update of withdrawn_at, consent, commenter_kind, name on submissions
     for each statement execute function public_content_changed()`,
  `create trigger comments_public after update of clause_id on comments
     for each statement execute function public_content_changed()`,
  `create trigger comment_placements_public after insert on comment_placements
     for each statement execute function public_content_changed()`,

  // Lists go clause by clause and continue after a comment, so that the last page costs what the first costs.
  'drop index comments_by_clause',
  'create index comments_on_clause on comments (clause_id, id)',
  'create index comments_on_whole_draft on comments (consultation_id, id) where clause_id is null',
  'create index comment_placements_on_clause on comment_placements (clause_id, comment_id)',

  // What is counted apart is seldom, and online submissions are never late: they pay for neither index.
  'create index submissions_withdrawn on submissions (consultation_id) where withdrawn_at is not null',
  `create index submissions_not_online on submissions (consultation_id, channel, dated_at) where channel <> 'online'`,
];
