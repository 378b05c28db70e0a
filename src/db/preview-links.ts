import type { Db, Trx } from './session.ts';

/** A secret link as the desk lists it. */
export interface PreviewLink {
  readonly id: number;
  readonly officerName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Stores a link by the hash of its token. */
export async function insertPreviewLink(
  trx: Trx,
  link: {
    readonly consultationId: number;
    readonly officerId: number;
    readonly tokenHash: Buffer;
    readonly expiresAt: Date;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('preview_links')
    .values({
      consultation_id: link.consultationId,
      created_by: link.officerId,
      token_hash: link.tokenHash,
      expires_at: link.expiresAt,
      created_at: now,
      revoked_at: null,
    })
    .execute();
}

/** Takes a link of this consultation back; false when there is none that is still good. */
export async function revokePreviewLinkRow(
  trx: Trx,
  consultationId: number,
  id: number,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('preview_links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('consultation_id', '=', consultationId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The links of a consultation, the newest first. */
export function previewLinksOf(db: Db, consultationId: number): Promise<PreviewLink[]> {
  return db
    .selectFrom('preview_links as p')
    .innerJoin('officers as o', 'o.id', 'p.created_by')
    .select([
      'p.id',
      'o.name as officerName',
      'p.created_at as createdAt',
      'p.expires_at as expiresAt',
      'p.revoked_at as revokedAt',
    ])
    .where('p.consultation_id', '=', consultationId)
    .orderBy('p.id', 'desc')
    .execute();
}

/** What a link is good for at an instant: a consultation and until when; undefined for one that is not good. */
export function previewedBy(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<{ readonly id: number; readonly agencyId: number; readonly expiresAt: Date } | undefined> {
  return db
    .selectFrom('preview_links as p')
    .innerJoin('consultations as c', 'c.id', 'p.consultation_id')
    .select(['c.id', 'c.agency_id as agencyId', 'p.expires_at as expiresAt'])
    .where('p.token_hash', '=', tokenHash)
    .where('p.revoked_at', 'is', null)
    .where('p.expires_at', '>', now)
    .executeTakeFirst();
}
