import type { EditName } from '../domain/outline-edit.ts';
import type { Content } from '../domain/work-imports.ts';
import type { Db, Trx } from './session.ts';

/** Adds an edit; gives its id. */
export async function insertEdit(
  trx: Trx,
  edit: Content & {
    readonly consultationId: number;
    readonly officerId: number;
    readonly what: EditName;
    readonly previousId: number | null;
  },
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('draft_edits')
    .values({
      consultation_id: edit.consultationId,
      previous_id: edit.previousId,
      what: edit.what,
      outline: JSON.stringify(edit.blocks),
      imports: JSON.stringify(edit.used),
      officer_id: edit.officerId,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Makes an edit the current one. */
export async function goToEdit(trx: Trx, consultationId: number, editId: number, now: Date): Promise<void> {
  await trx
    .updateTable('draft_work')
    .set({ edit_id: editId, updated_at: now })
    .where('consultation_id', '=', consultationId)
    .execute();
}

/** The edit that the working draft stands at, or undefined when no work is under way. */
export function currentEdit(db: Db, consultationId: number) {
  return db
    .selectFrom('draft_work as w')
    .innerJoin('draft_edits as e', 'e.id', 'w.edit_id')
    .select(['e.id', 'e.what', 'e.outline', 'e.imports', 'e.created_at'])
    .where('w.consultation_id', '=', consultationId)
    .executeTakeFirst();
}

/** The edit that undoing leads to. */
export function editBefore(db: Db, consultationId: number) {
  return db
    .selectFrom('draft_work as w')
    .innerJoin('draft_edits as e', 'e.id', 'w.edit_id')
    .innerJoin('draft_edits as other', 'other.id', 'e.previous_id')
    .select(['other.id', 'other.what', 'other.created_at'])
    .where('w.consultation_id', '=', consultationId)
    .executeTakeFirst();
}

/** The edit that was undone last: the newest of those made on top of the current one. */
export function editAfter(db: Db, consultationId: number) {
  return db
    .selectFrom('draft_work as w')
    .innerJoin('draft_edits as other', 'other.previous_id', 'w.edit_id')
    .select(['other.id', 'other.what', 'other.created_at'])
    .where('w.consultation_id', '=', consultationId)
    .orderBy('other.id', 'desc')
    .executeTakeFirst();
}

const editsKept = 100;

/** Deletes the edits of a consultation but the last hundred. */
export async function pruneEdits(trx: Trx, consultationId: number): Promise<void> {
  const newest = trx
    .selectFrom('draft_edits')
    .select('id')
    .where('consultation_id', '=', consultationId)
    .orderBy('id', 'desc')
    .offset(editsKept)
    .limit(1);
  await trx
    .deleteFrom('draft_edits')
    .where('consultation_id', '=', consultationId)
    .where('id', '<=', newest)
    .execute();
}
