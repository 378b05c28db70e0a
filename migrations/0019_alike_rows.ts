import { type Kysely, sql } from 'kysely';

/** A row of a notice's table may stand for several comments that are alike; a notice read before a group changed is stale. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'alter table notice_rows add column alike integer not null default 1 check (alike > 0)',
  `create function touch_groups() returns trigger language plpgsql as $$
   begin
     update tally_heads set changes = changes + 1
     where consultation_id in (
       select g.consultation_id from fresh f join comment_groups g on g.id = f.group_id);
     return null;
   end $$`,
  `create trigger comment_group_members_tallied after insert on comment_group_members
   referencing new table as fresh for each statement execute function touch_groups()`,
];
