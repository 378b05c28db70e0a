import type { Db, Trx } from './session.ts';

/** A department of an agency, or another office that is asked for its opinion. */
export interface Department {
  readonly id: number;
  readonly name: string;
  /** Since when it is given nothing any more; null while it is. */
  readonly removedAt: Date | null;
}

/** Departments of an agency by name, those that ended too. */
export async function departmentsOf(db: Db, agencyId: number): Promise<Department[]> {
  return db
    .selectFrom('departments')
    .select(['id', 'name', 'removed_at as removedAt'])
    .where('agency_id', '=', agencyId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** A department of an agency, or undefined. */
export async function departmentOf(db: Db, agencyId: number, id: number): Promise<Department | undefined> {
  return (await departmentsOf(db, agencyId)).find((each) => each.id === id);
}

/** Adds a department. */
export async function insertDepartment(trx: Trx, agencyId: number, name: string, now: Date): Promise<void> {
  await trx.insertInto('departments').values({ agency_id: agencyId, name, created_at: now }).execute();
}

/** A department as somebody saw it. */
export interface SeenDepartment {
  readonly agencyId: number;
  readonly id: number;
  readonly seenName: string;
}

/** Gives a department that is still as it was seen another name, or ends it; false when it is not. */
export async function changeDepartment(
  trx: Trx,
  { agencyId, id, seenName }: SeenDepartment,
  change: { readonly name: string } | { readonly removedAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('departments')
    .set('name' in change ? { name: change.name } : { removed_at: change.removedAt })
    .where('id', '=', id)
    .where('agency_id', '=', agencyId)
    .where('name', '=', seenName)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** True for the error of a second department with one name. */
export function isDepartmentNameTaken(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && constraint === 'departments_once';
}
