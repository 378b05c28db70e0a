import { type Consultation, holdConsultation } from '../db/consultations.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { type Deed, may, type Officer } from '../domain/officer.ts';

/** Holds a consultation of the officer's agency for a deed. Throws RuleBroken `notAllowed` when it is none of theirs. */
export async function holdFor(trx: Trx, officer: Officer, deed: Deed, id: number): Promise<Consultation> {
  const consultation = await holdConsultation(trx, id);
  if (!consultation || consultation.agencyId !== officer.agencyId || !may(officer, deed))
    throw new RuleBroken('notAllowed');
  return consultation;
}

/** As holdFor, for work before publication: throws `alreadyPublished`, or `stale` when the page is older. */
export async function holdUnpublished(
  trx: Trx,
  officer: Officer,
  deed: Deed,
  page: { readonly id: number; readonly revision: number },
): Promise<Consultation> {
  const consultation = await holdFor(trx, officer, deed, page.id);
  if (consultation.publishedAt) throw new RuleBroken('alreadyPublished');
  if (consultation.revision !== page.revision) throw new RuleBroken('stale');
  return consultation;
}
