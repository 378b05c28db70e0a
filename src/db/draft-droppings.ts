import type { Db, Trx } from './session.ts';

/** An officer's word that the draft is not pursued, with the reason; empty took it back. */
export interface Dropping {
  readonly id: number;
  readonly reason: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Every such word on a consultation's draft, latest first: the first one counts. */
export async function draftDroppings(db: Db, consultationId: number): Promise<Dropping[]> {
  return db
    .selectFrom('draft_droppings as d')
    .innerJoin('officers as o', 'o.id', 'd.officer_id')
    .select(['d.id', 'd.reason', 'o.name as officerName', 'd.created_at as createdAt'])
    .where('d.consultation_id', '=', consultationId)
    .orderBy('d.id', 'desc')
    .execute();
}

/** Declares the draft dropped, or takes that back with an empty reason. */
export async function insertDropping(
  trx: Trx,
  dropping: { readonly consultationId: number; readonly reason: string; readonly officerId: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('draft_droppings')
    .values({
      consultation_id: dropping.consultationId,
      reason: dropping.reason,
      officer_id: dropping.officerId,
      created_at: now,
    })
    .execute();
}
