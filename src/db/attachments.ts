import { sql } from 'kysely';
import type { AttachedFile } from '../domain/attachment.ts';
import type { Db, Trx } from './session.ts';

/** What is known of a stored file without reading it. */
export interface Attachment {
  readonly id: number;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
}

/** Stores files with a submission, in their order. */
export async function insertAttachments(
  trx: Trx,
  submissionId: number,
  files: readonly AttachedFile[],
  now: Date,
): Promise<void> {
  for (const file of files)
    await trx
      .insertInto('attachments')
      .values({ ...columnsOf(file, now), submission_id: submissionId })
      .execute();
}

/** The files of submissions, in the order of sending, by submission. */
export async function attachmentsOf(
  db: Db,
  submissionIds: readonly number[],
): Promise<ReadonlyMap<number, Attachment[]>> {
  const found = new Map<number, Attachment[]>();
  if (submissionIds.length === 0) return found;
  const rows = await listed(db)
    .select('submission_id')
    .where('submission_id', 'in', submissionIds)
    .orderBy('id')
    .execute();
  for (const { submission_id, ...attachment } of rows)
    found.set(Number(submission_id), [...(found.get(Number(submission_id)) ?? []), attachment]);
  return found;
}

/** A file of the submission at an unguessable address. */
export function attachmentOfReceipt(db: Db, token: string, id: number): Promise<Attachment | undefined> {
  return listed(db)
    .where('id', '=', id)
    .where('submission_id', 'in', (given) =>
      given.selectFrom('submissions').select('id').where('receipt_token', '=', token),
    )
    .executeTakeFirst();
}

/** A file of any submission to a consultation. */
export function attachmentOfConsultation(
  db: Db,
  consultationId: number,
  id: number,
): Promise<Attachment | undefined> {
  return listed(db)
    .where('id', '=', id)
    .where('submission_id', 'in', (given) =>
      given.selectFrom('submissions').select('id').where('consultation_id', '=', consultationId),
    )
    .executeTakeFirst();
}

/** The content of a file, piece by piece, so that no query is long and no process holds it whole. */
export async function* attachmentPieces(db: Db, { id, size }: Attachment): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += pieceSize) {
    const { piece } = await db
      .selectFrom('attachments')
      .select(sql<Buffer>`substring(bytes from ${at + 1} for ${pieceSize})`.as('piece'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    yield piece;
  }
}

const pieceSize = 512 * 1024;

/** A query for what is known of files. */
export function listed(db: Db) {
  return db.selectFrom('attachments').select(['id', 'name', 'media_type as mediaType', 'size']);
}

/** A file as a row of its table, without whom it belongs to. */
export function columnsOf({ name, mediaType, size, sha256, bytes }: AttachedFile, now: Date) {
  return {
    ...{ name, media_type: mediaType, size, created_at: now },
    sha256: Buffer.from(sha256, 'hex'),
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}
