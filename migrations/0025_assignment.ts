import { type Kysely, sql } from 'kysely';

/** Comments are given to officers and departments: with a remark, found by whose they are, and counted by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Whose a comment is, as one key: `o` and an officer's id, `d` and a department's, or nobody's.
  `alter table comment_assignments
     add column remark text not null default '',
     add column assignee text not null generated always as (case
       when to_officer_id is not null then 'o' || to_officer_id::text
       when department_id is not null then 'd' || department_id::text else '' end) stored`,
  'drop index comment_assignments_latest, comment_assignments_to_officer, comment_assignments_to_department',
  'create index comment_assignments_latest on comment_assignments (comment_id, id desc) include (assignee)',
  `create index comment_assignments_by_assignee on comment_assignments (assignee, comment_id) where assignee <> ''`,

  // One tally more is told apart; nobody could give comments to anybody before.
  `alter table segment_tallies add column assignee text not null default ''`,
  `alter table tally_sums add column assignee text not null default '', drop constraint tally_sums_pkey,
     add primary key (consultation_id, channel, part, screening, disposition, stance, numbers, assignee)`,
  // As touch_comments, but that the notice says nothing of assignments: whoever has it before them goes on signing.
  // The head is held all the same, against whoever counts.
  `create function touch_assigned() returns trigger language plpgsql as $$
   begin
     perform from tally_heads
     where consultation_id in (select k.consultation_id from fresh join comments k on k.id = fresh.comment_id)
     order by consultation_id for update;
     update tally_segments t set counted = false
     from (
       select distinct s.id from fresh join comments k on k.id = fresh.comment_id cross join lateral (
         select id, high from tally_segments
         where consultation_id = k.consultation_id and clause_id = coalesce(k.clause_id, 0) and low <= k.id
         order by low desc limit 1
       ) s
       where k.id <= s.high
     ) touched
     where t.id = touched.id and t.counted;
     return null;
   end $$`,
  `create trigger comment_assignments_tallied after insert on comment_assignments
   referencing new table as fresh for each statement execute function touch_assigned()`,
];
