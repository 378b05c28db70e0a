import { asideMessage, holdAsideMessage } from '../db/desk-mail.ts';
import { writeLedger } from '../db/ledger.ts';
import { leaveMessageAside } from '../db/mail-messages.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';

/** Leaves a message set aside for good. Throws RuleBroken `stale` when somebody else decided, `notAllowed`. */
export async function leaveMessage(
  db: Db,
  { officer, messageId }: { readonly officer: Officer; readonly messageId: number },
  now: Date,
): Promise<void> {
  const found = await asideMessage(db, officer.agencyId, messageId);
  if (!found || !may(officer, 'enter')) throw new RuleBroken('notAllowed');
  await transaction(db, async (trx) => {
    const message = await holdAsideMessage(trx, messageId);
    if (!message || message.decidedAt) throw new RuleBroken('stale');
    await leaveMessageAside(trx, messageId, officer.id, now);
    const about = found.consultationId === null ? {} : { consultationId: found.consultationId };
    const detail = { messageId, reason: found.reason };
    await writeLedger(trx, { what: 'mailLeft', ...about, officer, detail }, now);
  });
}
