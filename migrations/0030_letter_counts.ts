import { type Kysely, sql } from 'kysely';

/** What lets the page of letters cost the same with 100,000 letters as with 1,000: kept counts of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Letters up to counted_to are counted; those above are counted by whoever asks. next_* as in tally_heads.
  `create table letter_heads (
    single boolean primary key default true check (single),
    counted_to bigint not null default 0,
    next_letter bigint not null default 0,
    next_snapshot xid8 not null default '0'
  )`,
  'insert into letter_heads (single) values (true)',
  // A segment: 500 ids of letters, whosever they are. Only whoever counts writes here.
  `create table letter_tallies (
    consultation_id bigint not null,
    segment bigint not null,
    letters integer not null,
    sent integer not null,
    failed integer not null,
    primary key (consultation_id, segment)
  )`,
  'create index letter_tallies_set_aside on letter_tallies (consultation_id) where failed <> 0',
  // What is to be added to that: a letter waits when it is queued, and every later change of its state is a row here.
  // So whoever sends waits for nobody, and whoever queues a letter writes nothing besides.
  `create table letter_moves (
    consultation_id bigint not null,
    segment bigint not null,
    letters integer not null,
    sent integer not null,
    failed integer not null
  )`,
  'create index letter_moves_of_consultation on letter_moves (consultation_id)',

  // Looked up letter by letter: a join of two tables of changes is planned once, for one or for 100,000 rows.
  `create function note_letter_changes() returns trigger language plpgsql as $$
   begin
     insert into letter_moves (consultation_id, segment, letters, sent, failed)
     select s.consultation_id, m.id / 500, 0, sum(m.sent), sum(m.failed) from (
       select id, submission_id, (sent_at is not null)::int as sent,
         (sent_at is null and failed_at is not null)::int as failed
       from fresh
       union all
       select id, submission_id, -(sent_at is not null)::int, -(sent_at is null and failed_at is not null)::int
       from gone
     ) m cross join lateral (select consultation_id from submissions where id = m.submission_id offset 0) s
     group by 1, 2 having sum(m.sent) <> 0 or sum(m.failed) <> 0;
     return null;
   end $$`,
  `create trigger letters_counted after update on letters
   referencing old table as gone new table as fresh for each statement execute function note_letter_changes()`,
  `create function note_letter() returns trigger language plpgsql as $$
   declare
     letter letters := coalesce(new, old);
     sign integer := case when tg_op = 'INSERT' then 1 else -1 end;
     lost integer := 0;
   begin
     if tg_op = 'DELETE' then
       -- Held: nobody counts it meanwhile.
       select -(letter.id <= counted_to)::int into lost from letter_heads for update;
     end if;
     insert into letter_moves (consultation_id, segment, letters, sent, failed)
     select consultation_id, letter.id / 500, lost, sign * (letter.sent_at is not null)::int,
       sign * (letter.sent_at is null and letter.failed_at is not null)::int
     from submissions where id = letter.submission_id;
     return null;
   end $$`,
  `create trigger letters_uncounted after delete on letters for each row
   when (old.submission_id is not null) execute function note_letter()`,
  // What is copied in, such as by whoever moves a database: the portal itself queues letters that wait.
  `create trigger letters_counted_at_once after insert on letters for each row
   when (new.submission_id is not null and (new.sent_at is not null or new.failed_at is not null))
   execute function note_letter()`,

  `insert into letter_moves (consultation_id, segment, letters, sent, failed)
   select s.consultation_id, l.id / 500, 0, count(l.sent_at), count(*) filter (where l.sent_at is null)
   from letters l join submissions s on s.id = l.submission_id
   where l.sent_at is not null or l.failed_at is not null group by 1, 2`,
];
