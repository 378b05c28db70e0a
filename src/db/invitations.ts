import type { Db, Trx } from './session.ts';

/** A one-time link: for an officer who was invited, or for the first officer of all (`officerId` null). */
export interface Invitation {
  readonly tokenHash: Buffer;
  readonly officerId: number | null;
}

/** Keeps an invitation until it is used or expires. */
export async function insertInvitation(
  db: Db,
  invitation: Invitation,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await db
    .insertInto('officer_invitations')
    .values({
      token_hash: invitation.tokenHash,
      officer_id: invitation.officerId,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
}

/** An invitation that is still good, or undefined. */
export async function goodInvitation(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<{ officerId: number | null } | undefined> {
  const row = await db
    .selectFrom('officer_invitations')
    .select('officer_id')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && { officerId: row.officer_id };
}

/** Uses an invitation up; false when it was used already or is too old. */
export async function claimInvitation(trx: Trx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const used = await trx
    .updateTable('officer_invitations')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

/** Uses up every other invitation of an officer: one password, one link. */
export async function cancelInvitations(trx: Trx, officerId: number, now: Date): Promise<void> {
  await trx
    .updateTable('officer_invitations')
    .set({ used_at: now })
    .where('officer_id', '=', officerId)
    .where('used_at', 'is', null)
    .execute();
}
