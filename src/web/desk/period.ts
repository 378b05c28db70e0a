import type { Consultation } from '../../db/consultations.ts';
import {
  type ConsultationKind,
  consultationKinds,
  minimumPeriods,
  shortfall,
} from '../../domain/consultation.ts';
import { readDay } from '../../domain/days.ts';
import { fill } from '../../domain/fill.ts';
import { addDays, inputMinute, instantFromInput } from '../../domain/shanghai.ts';
import type { Sentences } from '../../sentences.ts';
import type { Site } from '../site.ts';
import type { HintedChoice } from './contexts.ts';

/** A period shorter than its kind asks for. */
export interface Short {
  readonly length: number;
  readonly days: number;
  readonly basis: string;
  readonly inWorkingDays: boolean;
}

/** The kinds of documents, each with its shortest period and what that rests on. */
export function kindChoices(sentences: Sentences): HintedChoice[] {
  return consultationKinds.map((kind) => ({
    value: kind,
    label: sentences.kinds[kind],
    hint: minimumHint(kind, sentences),
  }));
}

/** The kind with that code, or undefined. */
export function kindIn(code: string): ConsultationKind | undefined {
  return consultationKinds.find((kind) => kind === code);
}

/** By how much a period is too short for its kind; null when it is long enough or not known. */
export function shortOf(
  site: Site,
  period: Pick<Consultation, 'kind' | 'opensAt' | 'closesAt'>,
): Short | null {
  const { kind, opensAt, closesAt } = period;
  if (!opensAt || !closesAt || closesAt <= opensAt) return null;
  const short = shortfall(kind, { opensAt, closesAt }, site.isWorkingDay);
  return (
    short && {
      length: short.length,
      days: short.minimum.days,
      basis: short.minimum.basis,
      inWorkingDays: short.minimum.unit === 'workingDay',
    }
  );
}

/** An instant as a field shows it: `2021-08-03 18:00`; as an end, midnight belongs to the day before: `… 24:00`. */
export function shownInstant(instant: Date | null, isEnd: boolean): string {
  if (!instant) return '';
  const [day = '', minute = ''] = inputMinute(instant).split('T');
  return isEnd && minute === '00:00' ? `${addDays(day, -1)} 24:00` : `${day} ${minute}`;
}

/**
 * The instant that was typed (`2021-08-03T18:00`, `2021年8月3日18时`, `24:00`), null for none, undefined when it
 * cannot be read. A day alone begins at 0:00, as an end it ends at 24:00.
 */
export function readInstant(typed: string, isEnd: boolean): Date | null | undefined {
  if (typed === '') return null;
  const match = /^(\D*\d+\D+\d+\D+\d+日?)(?:[\sT]*(\d{1,2})(?:[:：时](\d{1,2})?分?))?$/.exec(typed);
  const day = readDay(match?.[1] ?? '');
  if (!match || !day) return undefined;
  const hour = (match[2] ?? (isEnd ? '24' : '0')).padStart(2, '0');
  return instantFromInput(`${day}T${hour}:${(match[3] ?? '0').padStart(2, '0')}`) ?? undefined;
}

function minimumHint(kind: ConsultationKind, sentences: Sentences): string {
  const minimum = minimumPeriods[kind];
  if (!minimum) return sentences.desk.noMinimum;
  const { days, basis } = minimum;
  return fill(minimum.unit === 'day' ? sentences.desk.minimumDays : sentences.desk.minimumWorkingDays, {
    days,
    basis,
  });
}

/** The instant that a form carries in milliseconds, or null. */
export function instantIn(milliseconds: string): Date | null {
  return /^\d{1,15}$/.test(milliseconds) ? new Date(Number(milliseconds)) : null;
}
