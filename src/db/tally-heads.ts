import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** How far the comments of a consultation are counted in segments, and how far they may be. */
export interface TallyHead {
  readonly consultationId: number;
  readonly countedTo: number;
  readonly nextComment: number;
  readonly nextSubmission: number;
  /** True when nothing up to `next…` can still be on its way into the database. */
  readonly settled: boolean;
}

/** Ids of the consultations with something to count: changed segments, or at least `least` comments in none. */
export async function consultationsToTally(db: Db, least: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select h.consultation_id as id from tally_heads h
    where exists (select from tally_segments t where t.consultation_id = h.consultation_id and not t.counted)
      or h.next_comment > h.counted_to
      or exists (select from comments k where k.consultation_id = h.consultation_id and k.id > h.counted_to
        order by k.id offset ${least - 1} limit 1)
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

const headColumns = sql`
  consultation_id as "consultationId", counted_to as "countedTo", next_comment as "nextComment",
  next_submission as "nextSubmission",
  next_snapshot > '0' and pg_snapshot_xmin(pg_current_snapshot()) >= next_snapshot as settled`;

/** How far counting has come. Throws an Error for a consultation that there is none of. */
export async function tallyHead(db: Db, consultationId: number): Promise<TallyHead> {
  const { rows } = await sql<TallyHead>`
    select ${headColumns} from tally_heads where consultation_id = ${consultationId}`.execute(db);
  if (!rows[0]) throw new Error(`consultation ${consultationId} has no tally head`);
  return rows[0];
}

/** As tallyHead, held against everybody who changes or counts; undefined while somebody else holds it. */
export async function holdTallyHead(trx: Trx, consultationId: number): Promise<TallyHead | undefined> {
  const { rows } = await sql<TallyHead>`
    select ${headColumns} from tally_heads where consultation_id = ${consultationId} for update skip locked`.execute(
    trx,
  );
  return rows[0];
}

/**
 * Notes how far counting may go once every transaction that runs now has ended: ids are given in order, but what has
 * a lower one may appear later.
 */
export async function noteNext(db: Db, consultationId: number): Promise<void> {
  await sql`
    update tally_heads h set next_snapshot = pg_snapshot_xmax(pg_current_snapshot()),
      next_comment = greatest(counted_to, (select max(id) from comments where consultation_id = h.consultation_id)),
      next_submission =
        greatest(submissions_to, (select max(id) from submissions where consultation_id = h.consultation_id))
    where consultation_id = ${consultationId}`.execute(db);
}

/** The id up to which the next `size` comments go, at most `nextComment`. */
export async function portionEnd(db: Db, head: TallyHead, size: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from comments where consultation_id = ${head.consultationId} and id > ${head.countedTo}
      and id <= ${head.nextComment} order by id offset ${size - 1} limit 1`.execute(db);
  return rows[0]?.id ?? head.nextComment;
}
