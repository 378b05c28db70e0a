import type { Db, Trx } from './session.ts';

/** What a one-time link is for. Without an officer, `setUp` is for the first of all, `newAgency` for an agency's first. */
export type LinkPurpose = 'setUp' | 'newPassword' | 'newAgency';

/** A one-time link, for an officer or for whoever will be the first one. */
export interface Invitation {
  readonly tokenHash: Buffer;
  readonly officerId: number | null;
  readonly purpose: LinkPurpose;
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
      purpose: invitation.purpose,
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
): Promise<Omit<Invitation, 'tokenHash'> | undefined> {
  return db
    .selectFrom('officer_invitations')
    .select(['officer_id as officerId', 'purpose'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
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
