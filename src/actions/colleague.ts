import { type OfficerAccount, officerById } from '../db/officers.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';

/** An officer of the administrator's own agency, perhaps themselves. Throws RuleBroken `notAllowed`. */
export async function memberOf(trx: Trx, administrator: Officer, officerId: number): Promise<OfficerAccount> {
  const member = await officerById(trx, officerId);
  if (!may(administrator, 'manageOfficers') || member?.agencyId !== administrator.agencyId)
    throw new RuleBroken('notAllowed');
  return member;
}

/** As memberOf, and somebody else. */
export async function colleagueOf(
  trx: Trx,
  administrator: Officer,
  officerId: number,
): Promise<OfficerAccount> {
  if (officerId === administrator.id) throw new RuleBroken('notAllowed');
  return memberOf(trx, administrator, officerId);
}
