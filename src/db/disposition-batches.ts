import type { Disposition } from '../domain/disposition.ts';
import type { Trx } from './session.ts';

/** Writes down that so many comments are disposed of together; gives the batch's id. */
export async function insertBatch(
  trx: Trx,
  batch: Disposition & { readonly consultationId: number; readonly size: number; readonly officerId: number },
  now: Date,
): Promise<number> {
  const { consultationId, outcome, reason, size, officerId } = batch;
  const row = {
    consultation_id: consultationId,
    outcome,
    reason,
    size,
    officer_id: officerId,
    created_at: now,
  };
  const { id } = await trx
    .insertInto('disposition_batches')
    .values({ ...row, takes_back: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
