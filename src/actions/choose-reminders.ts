import { insertReminderChoice } from '../db/reminders.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';

/** Notes whether an officer wants letters that remind; what waits stands at the home page in any case. */
export async function chooseReminders(db: Db, officer: Officer, wanted: boolean, now: Date): Promise<void> {
  await transaction(db, (trx) => insertReminderChoice(trx, officer.id, wanted, now));
}
