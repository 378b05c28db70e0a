import { type Kysely, sql } from 'kysely';

/** What lets a notice be drawn up without looking at the comments of a group: those that share a row are tallied. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // How many standing comments of a counted segment are in one confirmed group with one disposition, and which is the
  // oldest. Reasons are told apart by a short mark. Only whoever counts writes here, as in the tallies.
  `create table segment_alikes (
    segment_id bigint not null,
    group_id bigint not null,
    clause_id bigint not null,
    channel text not null,
    disposition text not null,
    reason_mark text not null,
    unprinted boolean not null,
    comments integer not null,
    first_id bigint not null
  )`,
  'create index segment_alikes_by_segment on segment_alikes (segment_id)',
  `create index segment_alikes_first on segment_alikes
     (group_id, clause_id, disposition, reason_mark, unprinted, first_id) include (segment_id)`,
  // The same of all segments, as they were counted last. latest_* only grow: they tell whether something came after.
  `create table alike_sums (
    consultation_id bigint not null,
    group_id bigint not null,
    clause_id bigint not null,
    channel text not null,
    disposition text not null,
    reason_mark text not null,
    unprinted boolean not null,
    comments integer not null,
    latest_member bigint not null,
    latest_disposition bigint not null,
    primary key (consultation_id, group_id, clause_id, channel, disposition, reason_mark, unprinted)
  )`,
  // How many of a segment's standing comments are in groups, and where some are, the ids of the others.
  'alter table tally_segments add column grouped integer not null default 0, add column lone_ids bigint[]',

  // Where a comment was put is counted now. One that is only to stay by itself was counted so before.
  `create or replace function touch_groups() returns trigger language plpgsql as $$
   begin
     perform touch_comments(array(
       select distinct f.comment_id from fresh f
       where f.group_id is not null
         or exists (select from comment_group_members b where b.comment_id = f.comment_id and b.id < f.id)));
     return null;
   end $$`,
  `create or replace function forget_tallies(ids bigint[]) returns void language plpgsql as $$
   begin
     update tally_heads set changes = changes + 1, counted_to = 0, counted_comments = 0, submissions_to = 0,
       counted_submissions = 0, next_comment = 0, next_submission = 0, next_snapshot = '0'
     where consultation_id = any(ids);
     delete from tally_sums where consultation_id = any(ids);
     delete from alike_sums where consultation_id = any(ids);
     delete from segment_tallies where segment_id in (select id from tally_segments where consultation_id = any(ids));
     delete from segment_alikes where segment_id in (select id from tally_segments where consultation_id = any(ids));
     delete from tally_segments where consultation_id = any(ids);
   end $$`,
  // What was counted before is counted once more, where there are groups.
  'select forget_tallies(array(select distinct consultation_id from comment_groups))',
];
