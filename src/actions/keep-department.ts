import {
  changeDepartment,
  insertDepartment,
  isDepartmentNameTaken,
  type SeenDepartment,
} from '../db/departments.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { departmentIssues } from '../domain/assignment.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';

type Place = 'new' | Pick<SeenDepartment, 'id' | 'seenName'>;

/**
 * Puts a department on the list of the officer's agency, or gives one another name. Gives what is wrong with the name,
 * nothing when it is done. Throws RuleBroken `stale` when somebody renamed or ended it meanwhile, `notAllowed`.
 */
export async function keepDepartment(
  db: Db,
  input: { readonly officer: Officer; readonly place: Place; readonly name: string },
  now: Date,
): Promise<readonly Issue[]> {
  const { officer, place, name } = input;
  const issues = departmentIssues(name);
  if (issues.length > 0) return issues;
  return transaction(db, async (trx) => {
    await keep(trx, officer, place, name, now);
    const before = place === 'new' ? '' : place.seenName;
    await writeLedger(trx, { what: 'departmentKept', officer, detail: { name, nameBefore: before } }, now);
    return [];
  }).catch((error: unknown) => {
    if (isDepartmentNameTaken(error)) return [{ field: 'departmentName', key: 'departmentNameTaken' }];
    throw error;
  });
}

async function keep(trx: Trx, officer: Officer, place: Place, name: string, now: Date): Promise<void> {
  if (!may(officer, 'keepDepartments')) throw new RuleBroken('notAllowed');
  if (place === 'new') return insertDepartment(trx, officer.agencyId, name, now);
  const seen = { ...place, agencyId: officer.agencyId };
  if (!(await changeDepartment(trx, seen, { name }))) throw new RuleBroken('stale');
}

/**
 * Ends a department: nothing is given to it any more, and what was keeps its name. Throws RuleBroken `stale` when
 * somebody renamed or ended it meanwhile, `notAllowed`.
 */
export async function endDepartment(
  db: Db,
  input: { readonly officer: Officer; readonly place: Pick<SeenDepartment, 'id' | 'seenName'> },
  now: Date,
): Promise<void> {
  const { officer, place } = input;
  await transaction(db, async (trx) => {
    if (!may(officer, 'keepDepartments')) throw new RuleBroken('notAllowed');
    const seen = { ...place, agencyId: officer.agencyId };
    if (!(await changeDepartment(trx, seen, { removedAt: now }))) throw new RuleBroken('stale');
    await writeLedger(trx, { what: 'departmentEnded', officer, detail: { name: place.seenName } }, now);
  });
}
