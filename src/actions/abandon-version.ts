import { touchConsultation } from '../db/consultation-writes.ts';
import { isPublished } from '../db/consultations.ts';
import { abandonWork } from '../db/draft-work.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdWork, type Page } from './hold.ts';

/**
 * Gives up the next version that is being prepared: its working draft and corrections count no longer, its imports are
 * kept as discarded, the published versions stay. Throws RuleBroken `stale`, `alreadyPublished` when no version is
 * under way, `notPublished` when it is the first, `notAllowed`.
 */
export async function abandonVersion(
  db: Db,
  input: Page & { readonly officer: Officer },
  now: Date,
): Promise<void> {
  const { officer, id } = input;
  await transaction(db, async (trx) => {
    const { consultation, work } = await holdWork(trx, officer, 'prepare', input);
    if (!isPublished(consultation)) throw new RuleBroken('notPublished');
    await abandonWork(trx, id, now);
    await touchConsultation(trx, id);
    const detail = { editId: work.editId, imports: work.imports.map((each) => each.id) };
    await writeLedger(trx, { what: 'versionAbandoned', consultationId: id, officer, detail }, now);
  });
}
