import { type FeedbackSetting, feedbackDueOn } from './feedback-clock.ts';
import { addDays, dayMs, startOf } from './shanghai.ts';

export const reminderKinds = ['closingSoon', 'closed', 'feedbackDue', 'feedbackOverdue'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** Something that officers are reminded of, and since when. */
export interface Reminder {
  readonly kind: ReminderKind;
  readonly dueAt: Date;
}

interface Period {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

const daysBeforeClosing = 3;
const daysBeforeFeedback = [7, 1];
const weekDays = 7;
// Letters about a day go out when offices open.
const morningMs = 9 * 3_600_000;

/** Consultations that close later than this have no reminder that is due. */
export function earliestReminder(now: Date): Date {
  return new Date(now.getTime() + daysBeforeClosing * dayMs);
}

/**
 * The newest reminder that is due for a published consultation that is neither answered nor withdrawn, or undefined:
 * three days before the closing, at the closing, seven days and one day before feedback is due, the day after that
 * day, and then every week. Earlier ones that nobody sent are left out by it.
 */
export function reminderDue(period: Period, setting: FeedbackSetting, now: Date): Reminder | undefined {
  const { opensAt, closesAt } = period;
  const warnAt = new Date(closesAt.getTime() - daysBeforeClosing * dayMs);
  if (now < closesAt)
    return warnAt > opensAt && now >= warnAt ? { kind: 'closingSoon', dueAt: warnAt } : undefined;
  const due = feedbackReminders(closesAt, setting, now).filter(
    ({ dueAt }) => dueAt > closesAt && dueAt <= now,
  );
  return due.at(-1) ?? { kind: 'closed', dueAt: closesAt };
}

function feedbackReminders(closesAt: Date, setting: FeedbackSetting, now: Date): Reminder[] {
  const dueOn = feedbackDueOn(closesAt, setting);
  const morning = (days: number) => new Date(startOf(addDays(dueOn, days)).getTime() + morningMs);
  const late = Math.floor((now.getTime() - morning(1).getTime()) / (weekDays * dayMs));
  return [
    ...daysBeforeFeedback.map((days) => ({ kind: 'feedbackDue', dueAt: morning(-days) }) as const),
    ...(late >= 0 ? [{ kind: 'feedbackOverdue', dueAt: morning(1 + late * weekDays) } as const] : []),
  ];
}
