import { insertHandover } from '../db/handovers.ts';
import { writeLedger } from '../db/ledger.ts';
import { officerById } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Makes another officer of the agency responsible for a consultation, one who works here and may prepare. `seen` is
 * who was responsible on the page. Gives what is wrong with the choice, or null. Throws RuleBroken `stale` when
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
    await writeLedger(
      trx,
      { what: 'handedOver', consultationId: id, officer, detail: { to: next.name } },
      now,
    );
    return null;
  });
}
