import { touchConsultation } from '../db/consultation-writes.ts';
import { stepTo } from '../db/draft-work.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';
import { noteEditing } from './edit-outline.ts';
import { holdWork, type Page } from './hold.ts';

type Input = Page & { readonly officer: Officer };

/**
 * Takes back the last change of the draft that is being prepared, whatever it was; the announcement stays. False when
 * there is none. Throws RuleBroken `stale`, `alreadyPublished`, `notAllowed`.
 */
export function undoEdit(db: Db, input: Input, now: Date): Promise<boolean> {
  return step(db, input, 'before', now);
}

/** Does the change again that was taken back last, unless another was made since. False, and throws, as undoEdit. */
export function redoEdit(db: Db, input: Input, now: Date): Promise<boolean> {
  return step(db, input, 'after', now);
}

function step(db: Db, input: Input, side: 'before' | 'after', now: Date): Promise<boolean> {
  const { officer, id } = input;
  return transaction(db, async (trx) => {
    await holdWork(trx, officer, 'prepare', input);
    if (!(await stepTo(trx, id, side, now))) return false;
    await touchConsultation(trx, id);
    await noteEditing(trx, { consultationId: id, officer }, now);
    return true;
  });
}
