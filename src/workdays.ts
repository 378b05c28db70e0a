import chineseDays from 'chinese-days';
import type { IsWorkingDay } from './domain/consultation.ts';

/** True on working days by the State Council's calendar, make-up days included (library: chinese-days). */
export const isWorkingDay: IsWorkingDay = (day) => chineseDays.isWorkday(day);
