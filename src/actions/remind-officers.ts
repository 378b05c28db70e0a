import { holdConsultation, isPublished, type PublishedConsultation } from '../db/consultations.ts';
import { queueOfficerLetter } from '../db/officer-letters.ts';
import {
  insertReminder,
  lastReminded,
  officersToRemind,
  type Remindable,
  remindable,
} from '../db/reminders.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { type FeedbackSetting, feedbackClock } from '../domain/feedback-clock.ts';
import { fill } from '../domain/fill.ts';
import { earliestReminder, type Reminder, type ReminderKind, reminderDue } from '../domain/reminder.ts';
import { officialDay, officialDeadline } from '../domain/shanghai.ts';

/** What a reminder says: its subject, and its text with {closesAt}, {dueOn} and {days}. */
export type ReminderWords = Readonly<
  Record<ReminderKind, { readonly subject: string; readonly text: string }>
>;

/**
 * Writes letters about everything that officers have to be reminded of, once each however many processes do this at
 * the same time. After a time in which none ran, only the newest reminder of each consultation is sent. Gives how many
 * letters it queued.
 */
export async function remindOfficers(
  db: Db,
  setting: FeedbackSetting,
  words: ReminderWords,
  now: Date,
): Promise<number> {
  const all = await remindable(db, earliestReminder(now));
  const before = await lastReminded(
    db,
    all.map(({ id }) => id),
  );
  const isNew = (each: Remindable) => {
    const due = reminderDue(each, setting, now);
    return due && !before.get(each.id)?.some((reminder) => isSame(reminder, due));
  };
  let queued = 0;
  for (const { id } of all.filter(isNew))
    queued += await transaction(db, (trx) => remindOf(trx, id, { setting, words }, now));
  return queued;
}

interface Reminding {
  readonly setting: FeedbackSetting;
  readonly words: ReminderWords;
}

// Judged again while the row is held: it may be extended, answered or withdrawn by now.
async function remindOf(trx: Trx, id: number, { setting, words }: Reminding, now: Date): Promise<number> {
  const consultation = await holdConsultation(trx, id);
  if (!consultation || !isPublished(consultation) || consultation.answeredAt || consultation.withdrawnAt)
    return 0;
  const reminder = reminderDue(consultation, setting, now);
  if (!reminder || !(await insertReminder(trx, id, reminder, now))) return 0;
  const detail = detailOf(consultation, reminder, { setting, words }, now);
  let queued = 0;
  for (const officerId of await officersToRemind(trx, consultation))
    if (await queueOfficerLetter(trx, { kind: 'reminder', officerId, detail }, now)) queued += 1;
  return queued;
}

function detailOf(
  { id, number, announcement, closesAt }: PublishedConsultation,
  { kind }: Reminder,
  { setting, words }: Reminding,
  now: Date,
) {
  const { dueOn, daysLeft } = feedbackClock(closesAt, setting, now);
  const { subject, text } = words[kind];
  const values = {
    closesAt: officialDeadline(closesAt),
    dueOn: officialDay(dueOn),
    days: Math.abs(daysLeft),
  };
  return { what: subject, text: fill(text, values), title: announcement.title, number, id: String(id) };
}

function isSame(one: Reminder, other: Reminder): boolean {
  return one.kind === other.kind && one.dueAt.getTime() === other.dueAt.getTime();
}
