import { sql } from 'kysely';
import type { AttachedFile } from '../domain/attachment.ts';
import type { SealedAttachment } from '../domain/canonical.ts';
import { type Attachment, columnsOf, listed } from './attachments.ts';
import type { Db, Trx } from './session.ts';

/** The files of a form that is not sent, in the order in which they were added. */
export function unsentAttachments(db: Db, formToken: string): Promise<Attachment[]> {
  return listed(db).where('form_token', '=', formToken).orderBy('id').execute();
}

/** Lets nobody else add files to a form until the transaction ends. */
export async function holdForm(trx: Trx, formToken: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${formToken}, 0))`.execute(trx);
}

/** The id of the same file under the same name, when the form has it already. */
export async function unsentTwin(
  trx: Trx,
  formToken: string,
  { name, sha256 }: AttachedFile,
): Promise<number | undefined> {
  const row = await trx
    .selectFrom('attachments')
    .select('id')
    .where('form_token', '=', formToken)
    .where('name', '=', name)
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .executeTakeFirst();
  return row?.id;
}

/** How many files a form has, and how many bytes all forms together that are not sent. */
export async function countUnsent(trx: Trx, formToken: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select count(*) filter (where form_token = ${formToken})::integer as files,
      coalesce(sum(size), 0)::float8 as bytes
    from attachments where form_token is not null`.execute(trx);
  return rows[0] ?? { files: 0, bytes: 0 };
}

/** Stores a file with a form; gives its id. */
export async function insertUnsent(
  trx: Trx,
  formToken: string,
  file: AttachedFile,
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('attachments')
    .values({ ...columnsOf(file, now), form_token: formToken })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Forgets one file of a form; one that was sent, or is another form's, stays. */
export async function removeUnsent(db: Db, formToken: string, id: number): Promise<void> {
  await db.deleteFrom('attachments').where('form_token', '=', formToken).where('id', '=', id).execute();
}

/** Gives the files of a form that grew too old to its successor, as if they had been added `now`. */
export async function renewUnsent(db: Db, formToken: string, successor: string, now: Date): Promise<void> {
  await db
    .updateTable('attachments')
    .set({ form_token: successor, created_at: now })
    .where('form_token', '=', formToken)
    .execute();
}

/** Forgets files that were added before an instant and never sent. */
export async function forgetUnsent(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('attachments')
    .where('form_token', 'is not', null)
    .where('created_at', '<', before)
    .execute();
}

/** True when one of these files of a form is none of those of the submission that the form became. */
export async function anyUnsentBeside(db: Db, formToken: string, ids: readonly number[]): Promise<boolean> {
  const { rows } = await sql`
    select from attachments a where a.form_token = ${formToken} and a.id = any(${ids}) and not exists (
      select from attachments s join submissions on submissions.id = s.submission_id
      where submissions.form_token = ${formToken} and s.name = a.name and s.sha256 = a.sha256)
    limit 1`.execute(db);
  return rows.length > 0;
}

/** What the seal says of these files of a form, in their order; those that are gone are missing. They stay until the end of the transaction. */
export async function holdUnsent(
  trx: Trx,
  formToken: string,
  ids: readonly number[],
): Promise<SealedAttachment[]> {
  const rows = await trx
    .selectFrom('attachments')
    .select(['name', 'media_type', 'size', 'sha256'])
    .where('form_token', '=', formToken)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ name, media_type, size, sha256 }) => ({
    ...{ name, mediaType: media_type, size },
    sha256: sha256.toString('hex'),
  }));
}

/** Makes these files of a form those of the submission that it became. */
export async function sendUnsent(trx: Trx, formToken: string, ids: readonly number[]): Promise<void> {
  await trx
    .updateTable('attachments')
    .set({
      form_token: null,
      submission_id: (given) =>
        given.selectFrom('submissions').select('id').where('submissions.form_token', '=', formToken),
    })
    .where('form_token', '=', formToken)
    .where('id', 'in', ids)
    .execute();
}
