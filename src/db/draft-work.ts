import type { EditName } from '../domain/outline-edit.ts';
import type { Content } from '../domain/work-imports.ts';
import { currentEdit, editAfter, editBefore, goToEdit, insertEdit, pruneEdits } from './draft-edits.ts';
import { discardImports } from './import-writes.ts';
import { type Import, importsFor, textsOf } from './imports.ts';
import type { Db, Trx } from './session.ts';

/** An edit that can be undone or done again. */
export interface EditMark {
  readonly what: EditName;
  readonly at: Date;
}

/** The draft an officer still works on, as the last edit left it. */
export interface DraftWork extends Content {
  readonly editId: number;
  readonly imports: readonly Import[];
  readonly undo: EditMark | null;
  readonly redo: EditMark | null;
}

/** The working draft of a consultation, or undefined when no work is under way. */
export async function draftWork(db: Db, consultationId: number): Promise<DraftWork | undefined> {
  const edit = await currentEdit(db, consultationId);
  if (!edit) return undefined;
  const [previous, next] = [await editBefore(db, consultationId), await editAfter(db, consultationId)];
  return {
    editId: edit.id,
    blocks: edit.outline,
    used: edit.imports,
    imports: await importsFor(db, consultationId, edit.imports),
    undo: previous ? { what: edit.what, at: edit.created_at } : null,
    redo: next ? { what: next.what, at: next.created_at } : null,
  };
}

/** True when a draft of the consultation is being prepared, its first or the next version. */
export async function hasWork(db: Db, consultationId: number): Promise<boolean> {
  const row = await db
    .selectFrom('draft_work')
    .select('edit_id')
    .where('consultation_id', '=', consultationId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The text a working draft was made from: those of its imports, one after the other. */
export async function sourceOf(db: Db, consultationId: number): Promise<string> {
  const edit = await currentEdit(db, consultationId);
  const texts = await textsOf(db, edit?.imports.map(({ importId }) => importId) ?? []);
  return texts.join('\n');
}

/** Begins a working draft, empty. */
export async function beginWork(
  trx: Trx,
  work: { readonly consultationId: number; readonly officerId: number },
  now: Date,
): Promise<void> {
  const edit = { ...work, what: 'begun' as const, previousId: null, blocks: [], used: [] };
  const editId = await insertEdit(trx, edit, now);
  await trx
    .insertInto('draft_work')
    .values({ consultation_id: work.consultationId, edit_id: editId, updated_at: now })
    .execute();
}

/** Puts an edit on top of the current one: its blocks are the working draft now. */
export async function pushEdit(
  trx: Trx,
  edit: { readonly consultationId: number; readonly officerId: number; readonly what: EditName } & Content,
  now: Date,
): Promise<void> {
  const { id } = await trx
    .selectFrom('draft_work')
    .select('edit_id as id')
    .where('consultation_id', '=', edit.consultationId)
    .executeTakeFirstOrThrow();
  await goToEdit(trx, edit.consultationId, await insertEdit(trx, { ...edit, previousId: id }, now), now);
}

/** Makes the edit before or after the current one the current one; false when there is none. */
export async function stepTo(
  trx: Trx,
  consultationId: number,
  side: 'before' | 'after',
  now: Date,
): Promise<boolean> {
  const find = side === 'before' ? editBefore : editAfter;
  const edit = await find(trx, consultationId);
  if (edit) await goToEdit(trx, consultationId, edit.id, now);
  return edit !== undefined;
}

/** Ends the work on a draft that is published now; its imports go with that version, the last edits are kept. */
export async function endWork(trx: Trx, consultationId: number, draftId: number): Promise<void> {
  await trx.deleteFrom('draft_work').where('consultation_id', '=', consultationId).execute();
  await trx
    .updateTable('draft_imports')
    .set({ draft_id: draftId })
    .where('consultation_id', '=', consultationId)
    .where('draft_id', 'is', null)
    .where('discarded_at', 'is', null)
    .execute();
  await pruneEdits(trx, consultationId);
}

/** Ends the work on a draft that comes to nothing; its imports are set aside, the last edits are kept. */
export async function abandonWork(trx: Trx, consultationId: number, now: Date): Promise<void> {
  await trx.deleteFrom('draft_work').where('consultation_id', '=', consultationId).execute();
  await discardImports(trx, consultationId, now);
  await pruneEdits(trx, consultationId);
}
