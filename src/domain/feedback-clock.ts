import type { IsWorkingDay } from './consultation.ts';
import { addDays, type Day, dayMs, dayOf, startOf } from './shanghai.ts';

/** How the clock that runs from the closing to the published notice is set: by the portal, not by law. */
export interface FeedbackSetting {
  /** Working days after the closing day within which feedback is owed. */
  readonly days: number;
  readonly isWorkingDay: IsWorkingDay;
}

/** Where that clock stands for a consultation that is closed and not answered. */
export interface FeedbackClock {
  /** The last day on which feedback is in time. */
  readonly dueOn: Day;
  /** Calendar days until that day: 0 on it, negative after it. */
  readonly daysLeft: number;
}

/** The day in whose course a period ends; a period until 24:00 ends on the day before. */
export function closingDay(closesAt: Date): Day {
  return dayOf(new Date(closesAt.getTime() - 1));
}

/** The last day on which feedback is in time: the given number of working days after the closing day, not counted itself. */
export function feedbackDueOn(closesAt: Date, { days, isWorkingDay }: FeedbackSetting): Day {
  let day = closingDay(closesAt);
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Reads the clock at an instant. */
export function feedbackClock(closesAt: Date, setting: FeedbackSetting, now: Date): FeedbackClock {
  const dueOn = feedbackDueOn(closesAt, setting);
  const daysLeft = (startOf(dueOn).getTime() - startOf(dayOf(now)).getTime()) / dayMs;
  return { dueOn, daysLeft };
}
