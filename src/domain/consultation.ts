import type { Issue } from './issue.ts';
import { addDays, type Day, dayMs, dayOf } from './shanghai.ts';

/** What kind of document is put to the public; it decides the shortest period. */
export const consultationKinds = [
  'majorDecision',
  'rule',
  'normativeDocument',
  'normativeDocumentMarket',
  'other',
] as const;
export type ConsultationKind = (typeof consultationKinds)[number];

export const phases = ['upcoming', 'open', 'closed', 'answered', 'withdrawn'] as const;
export type Phase = (typeof phases)[number];

/** What the phase of a published consultation follows from. `closesAt` is the first instant that is too late. */
export interface Schedule {
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly withdrawnAt: Date | null;
  readonly answeredAt: Date | null;
}

/** The phase at an instant; derived each time, stored nowhere. */
export function phaseOf(schedule: Schedule, now: Date): Phase {
  if (schedule.withdrawnAt) return 'withdrawn';
  if (schedule.answeredAt) return 'answered';
  if (now < schedule.opensAt) return 'upcoming';
  return now < schedule.closesAt ? 'open' : 'closed';
}

/** A shortest period and the text it rests on. Not law as such: configuration with its basis (see docs/glossary). */
export interface MinimumPeriod {
  readonly days: number;
  readonly unit: 'day' | 'workingDay';
  readonly basis: string;
}

const thirtyDays = (basis: string): MinimumPeriod => ({ days: 30, unit: 'day', basis });

export const minimumPeriods: { readonly [kind in ConsultationKind]: MinimumPeriod | null } = {
  majorDecision: thirtyDays('《重大行政决策程序暂行条例》（国务院令第713号）第十五条'),
  rule: thirtyDays('《规章制定程序条例》第十五条、第二十一条'),
  normativeDocument: { days: 7, unit: 'workingDay', basis: '国办发〔2018〕37号（转引）' },
  normativeDocumentMarket: thirtyDays('国办发〔2018〕37号（转引）'),
  other: null,
};

/** Says whether a day is a working day, by the State Council's calendar. */
export type IsWorkingDay = (day: Day) => boolean;

/** Length of a half-open period in the unit of the minimum: whole days, or working days it touches. */
export function periodLength(
  opensAt: Date,
  closesAt: Date,
  unit: MinimumPeriod['unit'],
  isWorkingDay: IsWorkingDay,
): number {
  if (unit === 'day') return Math.floor((closesAt.getTime() - opensAt.getTime()) / dayMs);
  const last = dayOf(new Date(closesAt.getTime() - 1));
  let count = 0;
  for (let day = dayOf(opensAt); day <= last; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
  return count;
}

/** The minimum a period falls short of, with its own length; null when it is long enough. */
export function shortfall(
  kind: ConsultationKind,
  period: { readonly opensAt: Date; readonly closesAt: Date },
  isWorkingDay: IsWorkingDay,
): { readonly minimum: MinimumPeriod; readonly length: number } | null {
  const minimum = minimumPeriods[kind];
  if (!minimum) return null;
  const length = periodLength(period.opensAt, period.closesAt, minimum.unit, isWorkingDay);
  return length < minimum.days ? { minimum, length } : null;
}

/** What stands in the way of a period: nothing, or issues on `opensAt`, `closesAt`, `reasonForShortening`. */
export function periodIssues(
  input: {
    readonly kind: ConsultationKind;
    readonly opensAt: Date | null;
    readonly closesAt: Date | null;
    readonly reasonForShortening: string;
  },
  isWorkingDay: IsWorkingDay,
  now: Date,
): Issue[] {
  const { opensAt, closesAt } = input;
  if (!opensAt) return [{ field: 'opensAt', key: 'required' }];
  if (!closesAt) return [{ field: 'closesAt', key: 'required' }];
  if (closesAt <= opensAt) return [{ field: 'closesAt', key: 'endBeforeStart' }];
  if (closesAt <= now) return [{ field: 'closesAt', key: 'inThePast' }];
  if (closesAt.getTime() - opensAt.getTime() > 366 * dayMs) return [{ field: 'closesAt', key: 'tooFar' }];
  const short = shortfall(input.kind, { opensAt, closesAt }, isWorkingDay);
  if (!short || input.reasonForShortening.trim()) return [];
  const { minimum, length } = short;
  return [
    {
      field: 'reasonForShortening',
      key: minimum.unit === 'day' ? 'shorterThanDays' : 'shorterThanWorkingDays',
      values: { days: minimum.days, length, basis: minimum.basis },
    },
  ];
}
