import type { Db, Trx } from './session.ts';

/** One extension of a period, as the public reads it. */
export interface Extension {
  readonly oldClosesAt: Date;
  readonly newClosesAt: Date;
  readonly reason: string;
  readonly at: Date;
}

/** Moves the end of a published consultation and writes down by whom, from when to when, and why. */
export async function insertExtension(
  trx: Trx,
  extension: Omit<Extension, 'at'> & { readonly consultationId: number; readonly officerId: number },
  now: Date,
): Promise<void> {
  const { consultationId, officerId, oldClosesAt, newClosesAt, reason } = extension;
  await trx
    .insertInto('extensions')
    .values({
      consultation_id: consultationId,
      old_closes_at: oldClosesAt,
      new_closes_at: newClosesAt,
      reason,
      officer_id: officerId,
      created_at: now,
    })
    .execute();
  await trx
    .updateTable('consultations')
    .set({ closes_at: newClosesAt })
    .where('id', '=', consultationId)
    .execute();
}

/** The extensions of a consultation in their order. */
export function extensionsOf(db: Db, consultationId: number): Promise<Extension[]> {
  return db
    .selectFrom('extensions')
    .select(['old_closes_at as oldClosesAt', 'new_closes_at as newClosesAt', 'reason', 'created_at as at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('id')
    .execute();
}
