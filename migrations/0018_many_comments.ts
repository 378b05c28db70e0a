import { type Kysely, sql } from 'kysely';

/** What lets a consultation have 100,000 comments: kept tallies of what was received, and notices in rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The table of a notice stands in rows of its own, so that one of 100,000 is read by the page.
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

  // Comments up to counted_to (and submissions up to submissions_to) are counted in segments; the others are counted
  // when somebody asks. What comes in never touches these tables, so that it waits for nothing here. next_* is where
  // counting may go once every transaction that ran at next_snapshot has ended.
  `create table tally_heads (
    consultation_id bigint primary key references consultations,
    changes bigint not null default 0,
    counted_to bigint not null default 0,
    counted_comments bigint not null default 0,
    submissions_to bigint not null default 0,
    counted_submissions bigint not null default 0,
    next_comment bigint not null default 0,
    next_submission bigint not null default 0,
    next_snapshot xid8 not null default '0'
  )`,
  'insert into tally_heads (consultation_id) select id from consultations',
  // Comments of one clause (0: the whole draft) from low to high. Not counted: something changed since.
  `create table tally_segments (
    id bigint generated always as identity primary key,
    consultation_id bigint not null references tally_heads,
    clause_id bigint not null,
    low bigint not null,
    high bigint not null,
    size integer not null,
    counted boolean not null,
    check (low <= high)
  )`,
  'create index tally_segments_by_clause on tally_segments (consultation_id, clause_id, low)',
  'create index tally_segments_to_count on tally_segments (consultation_id) where not counted',
  `create table segment_tallies (
    segment_id bigint not null references tally_segments on delete cascade,
    channel text not null,
    part text not null,
    screening text not null,
    disposition text not null,
    stance text not null,
    numbers text not null,
    submissions integer not null,
    comments integer not null
  )`,
  'create index segment_tallies_by_segment on segment_tallies (segment_id)',
  // Comments up to counted_to whose words hold personal numbers.
  'create table comments_with_numbers (comment_id bigint primary key references comments)',

  `create function begin_tallies() returns trigger language plpgsql as $$
   begin
     insert into tally_heads (consultation_id) select id from fresh on conflict do nothing;
     return null;
   end $$`,
  `create trigger consultations_tallied after insert on consultations
   referencing new table as fresh for each statement execute function begin_tallies()`,

  // Says that what is counted of these comments has changed. Whoever counts waits for whoever changes, by the head.
  `create function touch_comments(ids bigint[]) returns void language plpgsql as $$
   begin
     update tally_heads set changes = changes + 1
     where consultation_id in (select consultation_id from comments where id = any(ids));
     update tally_segments t set counted = false
     from (
       select distinct s.id from comments k cross join lateral (
         select id, high from tally_segments
         where consultation_id = k.consultation_id and clause_id = coalesce(k.clause_id, 0) and low <= k.id
         order by low desc limit 1
       ) s
       where k.id = any(ids) and k.id <= s.high
     ) touched
     where t.id = touched.id and t.counted;
   end $$`,
  `create function touch_new_rows() returns trigger language plpgsql as $$
   begin
     perform touch_comments(array(select distinct comment_id from fresh));
     return null;
   end $$`,
  ...['screenings', 'redactions', 'dispositions'].map(
    (table) => `create trigger ${table}_tallied after insert on ${table}
      referencing new table as fresh for each statement execute function touch_new_rows()`,
  ),
  `create function touch_submissions() returns trigger language plpgsql as $$
   begin
     perform touch_comments(array(
       select k.id from fresh join gone using (id) join comments k on k.submission_id = fresh.id
       where (fresh.channel, fresh.dated_at, fresh.withdrawn_at, fresh.consent)
         is distinct from (gone.channel, gone.dated_at, gone.withdrawn_at, gone.consent)));
     return null;
   end $$`,
  `create trigger submissions_tallied after update on submissions
   referencing old table as gone new table as fresh for each statement execute function touch_submissions()`,

  // A comment whose guessed clause is corrected goes to a segment of the other clause.
  `create function move_comment() returns trigger language plpgsql as $$
   declare
     target bigint;
   begin
     update tally_heads set changes = changes + 1 where consultation_id = new.consultation_id;
     update tally_segments set counted = false
     where consultation_id = old.consultation_id and clause_id = coalesce(old.clause_id, 0)
       and old.id between low and high;
     if new.id <= (select counted_to from tally_heads where consultation_id = new.consultation_id) then
       select id into target from tally_segments
       where consultation_id = new.consultation_id and clause_id = coalesce(new.clause_id, 0) and low <= new.id
       order by low desc limit 1;
       if found then
         update tally_segments set counted = false, high = greatest(high, new.id) where id = target;
       else
         insert into tally_segments (consultation_id, clause_id, low, high, size, counted)
         values (new.consultation_id, coalesce(new.clause_id, 0), new.id, new.id, 0, false);
       end if;
     end if;
     return null;
   end $$`,
  `create trigger comments_moved after update on comments for each row
   when ((old.clause_id, old.stance) is distinct from (new.clause_id, new.stance))
   execute function move_comment()`,

  // What else changes all counts at once, and seldom: a closing that is put off, and rows that are deleted.
  `create function forget_tallies(ids bigint[]) returns void language plpgsql as $$
   begin
     update tally_heads set changes = changes + 1, counted_to = 0, counted_comments = 0, submissions_to = 0,
       counted_submissions = 0, next_comment = 0, next_submission = 0, next_snapshot = '0'
     where consultation_id = any(ids);
     delete from tally_segments where consultation_id = any(ids);
   end $$`,
  `create function forget_changed_period() returns trigger language plpgsql as $$
   begin
     perform forget_tallies(array[new.id]);
     return null;
   end $$`,
  `create trigger consultations_period_tallied after update on consultations for each row
   when (old.closes_at is distinct from new.closes_at) execute function forget_changed_period()`,
  `create function forget_deleted() returns trigger language plpgsql as $$
   begin
     perform forget_tallies(array(select distinct consultation_id from gone));
     return null;
   end $$`,
  ...['comments', 'submissions'].map(
    (table) => `create trigger ${table}_deleted after delete on ${table}
      referencing old table as gone for each statement execute function forget_deleted()`,
  ),
];
