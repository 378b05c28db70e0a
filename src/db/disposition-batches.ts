import { sql } from 'kysely';
import type { Disposition, Outcome } from '../domain/disposition.ts';
import type { Db, Trx } from './session.ts';

/** Comments that were disposed of together. */
export interface Batch {
  readonly id: number;
  readonly outcome: Outcome;
  readonly size: number;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Writes down that so many comments are disposed of together; gives the batch's id. */
export async function insertBatch(
  trx: Trx,
  batch: Disposition & { readonly consultationId: number; readonly size: number; readonly officerId: number },
  now: Date,
): Promise<number> {
  const { consultationId, outcome, reason, size, officerId } = batch;
  const { id } = await trx
    .insertInto('disposition_batches')
    .values({
      consultation_id: consultationId,
      outcome,
      reason,
      size,
      officer_id: officerId,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes down that so many of a batch's comments are taken back; gives the id of the batch that does. */
export async function insertBatchBack(
  trx: Trx,
  back: {
    readonly consultationId: number;
    readonly batchId: number;
    readonly size: number;
    readonly officerId: number;
  },
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('disposition_batches')
    .values({
      consultation_id: back.consultationId,
      reason: '',
      size: back.size,
      takes_back: back.batchId,
      officer_id: back.officerId,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The last batch of a consultation, while it was not taken back and something of it still counts; else undefined. */
export async function lastBatch(db: Db, consultationId: number): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`
    select b.id, b.outcome, b.size, o.name as "officerName", b.created_at as "createdAt"
    from disposition_batches b join officers o on o.id = b.officer_id
    where b.id = (select max(id) from disposition_batches where consultation_id = ${consultationId})
      and b.takes_back is null and exists (select from dispositions d where d.batch_id = b.id
        and not exists (select from dispositions later where later.comment_id = d.comment_id and later.id > d.id))`.execute(
    db,
  );
  return rows[0];
}

/** Ids of the dispositions of a batch that still count: nobody decided on their comments since. */
export async function countingOf(db: Db, batchId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from dispositions d where d.batch_id = ${batchId}
      and not exists (select from dispositions later where later.comment_id = d.comment_id and later.id > d.id)
    order by d.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Adds for each of these dispositions a row that says what stood before it: nothing is a row without outcome. */
export async function insertTakenBack(
  trx: Trx,
  dispositionIds: readonly number[],
  { officerId, batchId = null }: { readonly officerId: number; readonly batchId?: number | null },
  now: Date,
): Promise<void> {
  await sql`
    insert into dispositions (comment_id, outcome, reason, batch_id, takes_back, officer_id, created_at)
    select d.comment_id, b.outcome, coalesce(b.reason, ''), ${batchId}::bigint, d.id, ${officerId}::bigint,
      ${now}::timestamptz
    from dispositions d left join lateral (
      select outcome, reason from dispositions where comment_id = d.comment_id and id < d.id order by id desc limit 1
    ) b on true
    where d.id = any(${[...dispositionIds]}::bigint[]) order by d.comment_id`.execute(trx);
}
