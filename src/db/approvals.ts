import type { Approval } from '../domain/approval.ts';
import { workOnDraft } from './ledger.ts';
import type { Db, Trx } from './session.ts';

/** A step of approval as the desk lists it. */
export interface ApprovalRow extends Approval {
  readonly remark: string;
  readonly officerName: string;
  readonly at: Date;
}

/** Writes down one step of approval. */
export async function insertApproval(
  trx: Trx,
  approval: Approval & { readonly consultationId: number; readonly remark: string },
  now: Date,
): Promise<void> {
  const { consultationId, officerId, step, fingerprint, remark } = approval;
  await trx
    .insertInto('approvals')
    .values({
      consultation_id: consultationId,
      officer_id: officerId,
      step,
      fingerprint,
      remark,
      created_at: now,
    })
    .execute();
}

/** All steps of approval of a consultation, the latest first. */
export function approvalsOf(db: Db, consultationId: number): Promise<ApprovalRow[]> {
  return db
    .selectFrom('approvals as a')
    .innerJoin('officers as o', 'o.id', 'a.officer_id')
    .select([
      'a.step',
      'a.fingerprint',
      'a.remark',
      'a.officer_id as officerId',
      'o.name as officerName',
      'a.created_at as at',
    ])
    .where('a.consultation_id', '=', consultationId)
    .orderBy('a.id', 'desc')
    .execute();
}

/** True while a consultation that is not published waits for a decision on its approval. */
export async function awaitsApproval(db: Db, consultationId: number): Promise<boolean> {
  const row = await db
    .selectFrom('consultations as c')
    .innerJoin('approvals as a', 'a.consultation_id', 'c.id')
    .select(['c.published_at', 'a.step'])
    .where('c.id', '=', consultationId)
    .orderBy('a.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined && row.published_at === null && row.step === 'asked';
}

/** Officers who worked on what is to be approved: they prepared it, or asked for the approval. */
export async function preparersOf(db: Db, consultationId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('ledger_entries')
    .select('officer_id')
    .distinct()
    .where('consultation_id', '=', consultationId)
    .where('what', 'in', workOnDraft)
    .execute();
  return rows.flatMap((row) => row.officer_id ?? []);
}

/** True where an agency publishes only what a second officer approved. */
export async function requiresApproval(db: Db, agencyId: number): Promise<boolean> {
  const row = await db
    .selectFrom('agencies')
    .select('requires_approval')
    .where('id', '=', agencyId)
    .executeTakeFirstOrThrow();
  return row.requires_approval;
}

/** Sets whether an agency publishes only what a second officer approved; false when it was set so before. */
export async function setRequiresApproval(trx: Trx, agencyId: number, required: boolean): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('agencies')
    .set({ requires_approval: required })
    .where('id', '=', agencyId)
    .where('requires_approval', '<>', required)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
