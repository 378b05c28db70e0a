import type { ReplyTemplate } from '../domain/reply-template.ts';
import type { Db, Trx } from './session.ts';

/** A template as it is kept; `revision` grows with every change. */
export interface KeptTemplate extends ReplyTemplate {
  readonly id: number;
  readonly revision: number;
}

/** Templates of an agency, by name. */
export async function templatesOf(db: Db, agencyId: number): Promise<KeptTemplate[]> {
  return db
    .selectFrom('reply_templates')
    .select(['id', 'name', 'outcome', 'text', 'revision'])
    .where('agency_id', '=', agencyId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** A template of an agency, or undefined. */
export async function templateOf(db: Db, agencyId: number, id: number): Promise<KeptTemplate | undefined> {
  return (await templatesOf(db, agencyId)).find((each) => each.id === id);
}

/** Keeps a new template. */
export async function insertTemplate(
  trx: Trx,
  by: { readonly agencyId: number; readonly id: number },
  { name, outcome, text }: ReplyTemplate,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('reply_templates')
    .values({ agency_id: by.agencyId, name, outcome, text, officer_id: by.id, updated_at: now })
    .execute();
}

/** Changes a template that still has this revision; false when it has not, or is gone. */
export async function updateTemplate(
  trx: Trx,
  by: { readonly agencyId: number; readonly id: number },
  { id, revision, name, outcome, text }: KeptTemplate,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('reply_templates')
    .set({ name, outcome, text, revision: revision + 1, officer_id: by.id, updated_at: now })
    .where('id', '=', id)
    .where('agency_id', '=', by.agencyId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Removes a template that still has this revision; false when it has not, or is gone. */
export async function deleteTemplate(
  trx: Trx,
  agencyId: number,
  { id, revision }: Pick<KeptTemplate, 'id' | 'revision'>,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('reply_templates')
    .where('id', '=', id)
    .where('agency_id', '=', agencyId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** True for the error of a second template with one name. */
export function isNameTaken(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && constraint === 'reply_templates_once';
}
