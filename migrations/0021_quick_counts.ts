import { type Kysely, sql } from 'kysely';

/** What lets a page of the desk cost the same with 100,000 comments as with 1,000: sums of the kept tallies. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The tallies of all segments as they were counted last, those that changed since too. Only whoever counts writes
  // here and in the tallies of segments: nothing need be checked row by row.
  `create table tally_sums (
    consultation_id bigint not null,
    channel text not null,
    part text not null,
    screening text not null,
    disposition text not null,
    stance text not null,
    numbers text not null,
    submissions integer not null,
    comments integer not null,
    primary key (consultation_id, channel, part, screening, disposition, stance, numbers)
  )`,
  'alter table segment_tallies drop constraint segment_tallies_segment_id_fkey',
  // How many comments of a segment have a row in the notice's table, as it was counted last.
  'alter table tally_segments add column standing integer not null default 0',
  `create or replace function forget_tallies(ids bigint[]) returns void language plpgsql as $$
   begin
     update tally_heads set changes = changes + 1, counted_to = 0, counted_comments = 0, submissions_to = 0,
       counted_submissions = 0, next_comment = 0, next_submission = 0, next_snapshot = '0'
     where consultation_id = any(ids);
     delete from tally_sums where consultation_id = any(ids);
     delete from segment_tallies where segment_id in (select id from tally_segments where consultation_id = any(ids));
     delete from tally_segments where consultation_id = any(ids);
   end $$`,
  // What was counted before there were sums is counted once more.
  'select forget_tallies(array(select consultation_id from tally_heads))',

  // The placements of a consultation are found by its versions.
  'create index comment_placements_of_draft on comment_placements (draft_id, id)',
];
