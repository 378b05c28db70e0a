import { sql } from 'kysely';
import { segmentSize } from './letter-tallies.ts';
import type { Db, Trx } from './session.ts';

/** How far letters are counted, and how far they may be. */
export interface LetterHead {
  readonly countedTo: number;
  readonly nextLetter: number;
  /** True when nothing up to `nextLetter` can still be on its way into the database. */
  readonly settled: boolean;
  /** True when letters changed since their tallies were added up. */
  readonly moved: boolean;
}

const columns = sql`
  counted_to as "countedTo", next_letter as "nextLetter",
  next_snapshot > '0' and pg_snapshot_xmin(pg_current_snapshot()) >= next_snapshot as settled,
  exists (select from letter_moves) as moved`;

/** How far counting has come. */
export async function letterHead(db: Db): Promise<LetterHead> {
  const { rows } = await sql<LetterHead>`select ${columns} from letter_heads`.execute(db);
  if (!rows[0]) throw new Error('the migration makes the one row of letter_heads');
  return rows[0];
}

/** As letterHead, held against whoever else counts; undefined while somebody does. */
export async function holdLetterHead(trx: Trx): Promise<LetterHead | undefined> {
  const { rows } = await sql<LetterHead>`
    select ${columns} from letter_heads for update skip locked`.execute(trx);
  return rows[0];
}

/** Notes how far counting may go once every transaction that runs now has ended, where `least` letters wait for it. */
export async function noteNextLetter(db: Db, least: number): Promise<void> {
  await sql`
    update letter_heads h set next_snapshot = pg_snapshot_xmax(pg_current_snapshot()),
      next_letter = (select max(id) from letters)
    where next_letter <= counted_to
      and exists (select from letters where id > h.counted_to order by id offset ${least - 1} limit 1)`.execute(
    db,
  );
}

/** Adds what changed to the tallies, of a held head. */
export async function addMoves(trx: Trx): Promise<void> {
  await sql`
    with gone as (delete from letter_moves returning *)
    insert into letter_tallies as kept (consultation_id, segment, letters, sent, failed)
    select consultation_id, segment, sum(letters), sum(sent), sum(failed) from gone group by 1, 2
    ${orAdd}`.execute(trx);
}

/** Counts the next `portion` ids of a held head; whatever became of their letters stands in what changed. */
export async function countNextLetters(
  trx: Trx,
  { countedTo, nextLetter }: LetterHead,
  portion: number,
): Promise<void> {
  const end = Math.min(nextLetter, countedTo + portion);
  await sql`
    insert into letter_tallies as kept (consultation_id, segment, letters, sent, failed)
    select s.consultation_id, l.id / ${sql.lit(segmentSize)}, count(*), 0, 0
    from letters l join submissions s on s.id = l.submission_id
    where l.id > ${countedTo} and l.id <= ${end} group by 1, 2
    ${orAdd}`.execute(trx);
  await sql`update letter_heads set counted_to = ${end}`.execute(trx);
}

const orAdd = sql`
  on conflict (consultation_id, segment) do update set letters = kept.letters + excluded.letters,
    sent = kept.sent + excluded.sent, failed = kept.failed + excluded.failed`;
