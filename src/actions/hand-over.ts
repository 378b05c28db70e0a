import { insertAssignments, undisposedIdsOf } from '../db/assignments.ts';
import { type Consultation, isPublished } from '../db/consultations.ts';
import { insertHandover } from '../db/handovers.ts';
import { writeLedger } from '../db/ledger.ts';
import { officerById } from '../db/officers.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import { tellOfficer } from './assign-comments.ts';
import { holdFor } from './hold.ts';

/**
 * Makes another officer of the agency responsible for a consultation, one who works here and may prepare, and gives
 * them what of it was assigned to the one before and waits for a disposition. `seen` is who was responsible on the page. Gives what is wrong with the choice, or null. Throws RuleBroken `stale` when
 * somebody was quicker, `notAllowed`.
 */
export async function handOver(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly id: number;
    readonly seen: number;
    readonly to: number | null;
  },
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  const { officer, id, seen, to } = input;
  return transaction(db, async (trx) => {
    const consultation = await holdFor(trx, officer, 'handOver', id);
    if (consultation.responsibleId !== seen) throw new RuleBroken('stale');
    const next = to === null ? undefined : await officerById(trx, to);
    const fits = next && next.agencyId === officer.agencyId && !next.disabledAt && may(next, 'prepare');
    if (!fits || next.id === seen) return { issues: [{ field: 'responsible', key: 'choose' }] };
    await insertHandover(trx, { consultationId: id, officerId: next.id, by: officer.id }, now);
    const count = await giveAssigned(trx, { officer, consultation, to: next.id }, now);
    const detail = { to: next.name, count };
    await writeLedger(trx, { what: 'handedOver', consultationId: id, officer, detail }, now);
    return null;
  });
}

/** Gives what was assigned to the one who was responsible; gives how many comments that were. */
async function giveAssigned(
  trx: Trx,
  given: { readonly officer: Officer; readonly consultation: Consultation; readonly to: number },
  now: Date,
): Promise<number> {
  const { officer, consultation } = given;
  const to = `o${given.to}` as const;
  const ids = await undisposedIdsOf(trx, consultation.id, `o${consultation.responsibleId}`);
  if (ids.length === 0 || !isPublished(consultation)) return 0;
  await insertAssignments(trx, ids, { to, remark: '', officerId: officer.id }, now);
  await tellOfficer(trx, { officer, consultation, to, count: ids.length }, now);
  return ids.length;
}
