import { type Kysely, sql } from 'kysely';

/** The table of a notice stands in rows of its own, so that one of 100,000 is read by the page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table notice_rows (
    signing_id bigint not null references notice_signings,
    number integer not null check (number > 0),
    clause text not null,
    text text not null,
    commenter text not null,
    outcome text,
    reason text not null,
    primary key (signing_id, number)
  )`,
  `insert into notice_rows (signing_id, number, clause, text, commenter, outcome, reason)
   select g.id, r.number, r.clause, r.text, r.commenter, r.outcome, r.reason
   from notice_signings g, jsonb_to_recordset(g.content -> 'rows')
     as r(number integer, clause text, text text, commenter text, outcome text, reason text)
   where jsonb_typeof(g.content -> 'rows') = 'array'`,
  `create trigger notice_rows_insert_only before update or delete or truncate on notice_rows
   for each statement execute function refuse_change()`,
];
