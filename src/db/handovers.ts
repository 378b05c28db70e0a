import type { Trx } from './session.ts';

/** Makes a consultation another officer's; earlier handovers stay as history. */
export async function insertHandover(
  trx: Trx,
  handover: { readonly consultationId: number; readonly officerId: number; readonly by: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('handovers')
    .values({
      consultation_id: handover.consultationId,
      officer_id: handover.officerId,
      handed_over_by: handover.by,
      created_at: now,
    })
    .execute();
}
