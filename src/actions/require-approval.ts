import { setRequiresApproval } from '../db/approvals.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';

/** Sets whether the officer's agency publishes only what a second officer approved; twice is as once. Throws RuleBroken `notAllowed`. */
export async function requireApproval(
  db: Db,
  input: { readonly officer: Officer; readonly required: boolean },
  now: Date,
): Promise<void> {
  const { officer, required } = input;
  if (!may(officer, 'manageOfficers')) throw new RuleBroken('notAllowed');
  await transaction(db, async (trx) => {
    if (!(await setRequiresApproval(trx, officer.agencyId, required))) return;
    await writeLedger(trx, { what: required ? 'approvalRequired' : 'approvalNotRequired', officer }, now);
  });
}
