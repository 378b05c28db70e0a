import { type Db, transaction } from '../db/session.ts';
import { countUnsent, holdForm, insertUnsent, unsentTwin } from '../db/unsent-attachments.ts';
import { type AttachedFile, mostAttachments, mostUnsent } from '../domain/attachment.ts';

/** The stored file's id, or that the form has all it may have, or that all forms together have. */
export type KeptAttachment = { readonly id: number } | { readonly refusal: 'tooMany' | 'noRoom' };

/** Stores a file that was checked with a form that is not sent yet. The same file twice is stored once. */
export function keepAttachment(
  db: Db,
  { formToken, file }: { readonly formToken: string; readonly file: AttachedFile },
  now: Date,
): Promise<KeptAttachment> {
  return transaction(db, async (trx) => {
    await holdForm(trx, formToken);
    const twin = await unsentTwin(trx, formToken, file);
    if (twin !== undefined) return { id: twin };
    const { files, bytes } = await countUnsent(trx, formToken);
    if (files >= mostAttachments) return { refusal: 'tooMany' };
    if (bytes + file.size > mostUnsent) return { refusal: 'noRoom' };
    return { id: await insertUnsent(trx, formToken, file, now) };
  });
}
